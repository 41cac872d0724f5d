"""An operation under its shared id, who takes part, where it looks; and what past ones published."""

import uuid
from datetime import date, datetime, time, timedelta, timezone

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone as clock
from django.utils.translation import gettext_lazy as _

from tidewaiter.domain.machines import JOINT_OPERATION
from tidewaiter.exchange.objects import new_id
from tidewaiter.node.accounts.models import Person
from tidewaiter.node.operations.queries.visible import OperationQuerySet, SharedQuerySet
from tidewaiter.node.ui.languages import tag


def in_language(texts: dict[str, str], language: str | None = None) -> str:
    """A text in the language of the page, else in English, else in any."""
    wanted = language or tag()
    fallback = texts.get("zh-Hant") if wanted == "zh-Hant-MO" else None
    return texts.get(wanted) or fallback or texts.get("en") or next(iter(texts.values()), "")


class Operation(models.Model):
    """One joint operation. Its id is the same on every node; ``lead`` is the administration that plans it.

    ``names`` and ``objective`` are texts by BCP 47 tag. ``cut_off`` is the hour of the daily report in the zone of
    ``utc_offset``. ``capacity_percent`` is the share of each office's controls that is set aside. ``created`` and
    ``modified`` are those of the exchanged object; only the lead makes a later one. ``plan_digest`` covers what is
    agreed to, which neither the state nor the version is part of.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=64, unique=True)
    lead = models.CharField(max_length=32)
    names = models.JSONField(default=dict)
    objective = models.JSONField(default=dict)
    state = models.CharField(max_length=12, default=JOINT_OPERATION.initial)
    state_at = models.DateTimeField(default=clock.now)
    state_reason = models.CharField(max_length=500, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    cut_off = models.TimeField(default=time(18))
    utc_offset = models.CharField(max_length=6, default="+08:00")
    capacity_percent = models.PositiveSmallIntegerField(default=0)
    tlp = models.CharField(max_length=16, default="amber")
    created = models.DateTimeField()
    modified = models.DateTimeField()
    plan_digest = models.CharField(max_length=64)
    planned_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    objects = OperationQuerySet.as_manager()

    class Meta:
        ordering = ("-starts_on", "-created")
        indexes = (models.Index(fields=["state"], name="operations_state"),)
        constraints = (
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="operations_period"),
            models.CheckConstraint(condition=Q(state__in=JOINT_OPERATION.states), name="operations_known_state"),
        )

    def __str__(self) -> str:
        return self.code

    def audit_label(self) -> str:
        """Its code, which reads the same in every language."""
        return self.code

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("operations:operation", args=[self.pk])

    @property
    def office_id(self) -> str:
        """The top of the administration decides about an operation."""
        return str(settings.CONFIG.administration)

    @property
    def object_id(self) -> str:
        """Its identifier in exchanged objects."""
        return new_id("grouping", self.pk)

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        return in_language(self.names)

    @property
    def goal(self) -> str:
        """The objective in the language of the page."""
        return in_language(self.objective)

    @property
    def is_lead(self) -> bool:
        """Whether this node's administration plans it."""
        return self.lead == settings.CONFIG.administration

    @property
    def days(self) -> int:
        """How many days it lasts."""
        return (self.ends_on - self.starts_on).days + 1

    @property
    def zone(self) -> timezone:
        """The zone of its days and its cut-off hour."""
        sign = -1 if self.utc_offset.startswith("-") else 1
        hours, minutes = self.utc_offset[1:].split(":")
        return timezone(sign * timedelta(hours=int(hours), minutes=int(minutes)))

    def today(self, now: datetime | None = None) -> date:
        """The day that it is in the operation's zone."""
        return (now or clock.now()).astimezone(self.zone).date()

    def day_number(self, now: datetime | None = None) -> int:
        """The present day of the operation, from 1 to ``days``."""
        return max(1, min(self.days, (self.today(now) - self.starts_on).days + 1))

    def midnight(self, day: date) -> datetime:
        """When a day of the operation begins."""
        return datetime.combine(day, time.min, self.zone)

    def cut_off_of(self, day: date) -> datetime:
        """The cut-off of a day."""
        return datetime.combine(day, self.cut_off, self.zone)


class OperationParty(models.Model):
    """An administration that takes part. ``agreed_plan`` is the digest of the plan that it agreed to; a plan that has
    changed since is not agreed. ``agreement`` is the exchanged object that says so.
    """

    class Role(models.TextChoices):
        """What it does."""

        LEAD = "lead", _("Lead")
        PARTY = "party", _("Takes part")
        OBSERVER = "observer", _("Observes")

    id = models.BigAutoField(primary_key=True)
    operation = models.ForeignKey(Operation, on_delete=models.CASCADE, related_name="parties")
    administration = models.CharField(max_length=32)
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.PARTY)
    answer = models.CharField(max_length=8, blank=True)
    agreed_plan = models.CharField(max_length=64, blank=True)
    answered_at = models.DateTimeField(null=True)
    words = models.CharField(max_length=4000, blank=True)
    agreement = models.CharField(max_length=120, blank=True)

    objects = SharedQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["operation", "administration"], name="operations_party_once"),)

    def __str__(self) -> str:
        return self.administration

    @property
    def has_agreed(self) -> bool:
        """Whether it agreed to the plan as it stands."""
        return self.answer == "yes" and self.agreed_plan == self.operation.plan_digest


class FocusLane(models.Model):
    """Where an operation concentrates. ``profile`` is the rule that runs: a file of one profile in our language."""

    id = models.BigAutoField(primary_key=True)
    operation = models.ForeignKey(Operation, on_delete=models.CASCADE, related_name="lanes")
    number = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=32)
    names = models.JSONField(default=dict)
    regions = models.JSONField(default=list)
    modes = models.JSONField(default=list)
    courier = models.BooleanField(null=True)
    categories = models.JSONField(default=list)
    control_points = models.JSONField(default=list)
    profile = models.TextField()

    objects = SharedQuerySet.as_manager()

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=["operation", "code"], name="operations_lane_once"),)

    def __str__(self) -> str:
        return f"{self.operation.code} {self.code}"

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        return in_language(self.names)

    @property
    def mark(self) -> str:
        """What a line of a queue bears that this lane selected."""
        return f"{self.operation.code} {self.code}"


class PublishedResult(models.Model):
    """What an administration published on a past operation, with its source and basis: the first entries of statistics.

    They come from the reference data of the software and are facts of press releases; nobody here made them.
    """

    id = models.BigAutoField(primary_key=True)
    row = models.PositiveIntegerField(unique=True)
    operation = models.CharField(max_length=64)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    date_note = models.CharField(max_length=200, blank=True)
    administration = models.CharField(max_length=32)
    scope = models.CharField(max_length=64)
    destinations = models.JSONField(default=list)
    cases = models.PositiveBigIntegerField(null=True)
    batches = models.PositiveBigIntegerField(null=True)
    items = models.PositiveBigIntegerField(null=True)
    qualifier = models.CharField(max_length=10)
    value = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)
    basis = models.CharField(max_length=16, blank=True)
    arrests = models.PositiveBigIntegerField(null=True)
    detail = models.CharField(max_length=500, blank=True)
    source = models.CharField(max_length=300)

    objects = SharedQuerySet.as_manager()

    class Meta:
        ordering = ("-starts_on", "administration", "row")

    def __str__(self) -> str:
        return f"{self.operation} {self.administration}"
