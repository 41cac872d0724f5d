"""A case, how it gets its number, what happened in it, and its clocks."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from tidewaiter.domain.machines import CASE, RECORD_STATUS
from tidewaiter.node.accounts.models import Office
from tidewaiter.node.casework.models.controls import Control
from tidewaiter.node.casework.queries.cases import CaseQuerySet
from tidewaiter.node.casework.queries.clocks import CaseClockQuerySet


class CaseNumber(models.Model):
    """The last number given by an office in a year. The row is the lock: one case after the other, no gap, no
    double."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["office", "year"], name="casework_number"),)

    def __str__(self) -> str:
        return f"{self.office_id} {self.year} {self.last}"


class Case(models.Model):
    """A detention or seizure and all that follows from it.

    ``state`` is of the machine ``case``, ``status`` of ``record_status``. ``origin`` is a code of that closed list,
    ``regime`` of Regime, ``mode`` of UN/ECE Recommendation 19, ``location_type`` of that closed list, ``concealment`` a
    list of codes. ``route`` is a list of ``{"role", "country", "place", "basis"}`` in order. ``arrests`` is a count;
    names stand in the restricted part alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="cases")
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    number = models.CharField(max_length=90, unique=True)
    control = models.OneToOneField(Control, null=True, on_delete=models.PROTECT, related_name="case")

    state = models.CharField(max_length=24, default=CASE.initial)
    status = models.CharField(max_length=16, default="provisional")
    title = models.CharField(max_length=200)
    detected_at = models.DateTimeField()
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="cases_opened")
    closed_at = models.DateTimeField(null=True, blank=True)

    location_type = models.CharField(max_length=32, blank=True)
    regime = models.CharField(max_length=32, blank=True)
    mode = models.CharField(max_length=1, blank=True)
    courier = models.BooleanField(default=False)
    origin = models.CharField(max_length=32, blank=True)
    declared_as = models.CharField(max_length=300, blank=True)
    concealment = models.JSONField(default=list, blank=True)
    route = models.JSONField(default=list, blank=True)
    references = models.JSONField(default=list, blank=True)
    reference_text = models.CharField(max_length=600, blank=True)
    arrests = models.PositiveIntegerField(default=0)
    tlp = models.CharField(max_length=16, default="amber")

    operation_id = models.UUIDField(null=True, blank=True)
    tip_id = models.UUIDField(null=True, blank=True, db_index=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ("-opened_at", "-id")
        indexes = (
            models.Index(fields=["office", "state", "-opened_at"], name="casework_cases_office"),
            models.Index(fields=["operation_id"], name="casework_cases_op"),
            # All that a list asks of a case before it reads any: order, who sees it, state.
            models.Index(fields=["-opened_at", "-id", "office", "state"], name="casework_cases_listed"),
            models.Index(fields=["detected_at"], name="casework_cases_day"),
        )
        constraints = (
            models.UniqueConstraint(fields=["office", "year", "serial"], name="casework_case_serial"),
            models.CheckConstraint(condition=Q(state__in=CASE.states), name="casework_case_state"),
            models.CheckConstraint(condition=Q(status__in=RECORD_STATUS.states), name="casework_case_status"),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        """Whether work on it goes on."""
        return self.state not in {"closed", "void"}


class CaseEvent(models.Model):
    """A fact that a clock depends on, such as a notice served; ``proof`` names the evidence of it.

    ``kind`` is a code of ``procedures.EventKind``. A wrong entry is voided with a reason, never changed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=32)
    day = models.DateField()
    proof = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=500, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    void_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("day", "recorded_at")

    def __str__(self) -> str:
        return f"{self.kind} {self.day}"


class CaseClock(models.Model):
    """A clock of a case that runs, kept so that the next one to end is found without computing all cases.

    What it means and how it stands today is computed by ``procedures.clocks_for``; this row holds its code, its first
    and last day, and whether all years' holidays were published when it was computed.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="clocks")
    code = models.CharField(max_length=60)
    start = models.DateField()
    due = models.DateField()
    stopped = models.BooleanField(default=False)
    published = models.BooleanField(default=True)

    objects = CaseClockQuerySet.as_manager()

    class Meta:
        ordering = ("due", "code")
        constraints = (models.UniqueConstraint(fields=["case", "code"], name="casework_clock"),)
        indexes = (models.Index(fields=["due"], condition=Q(stopped=False), name="casework_clocks_due"),)

    def __str__(self) -> str:
        return f"{self.code} {self.due}"
