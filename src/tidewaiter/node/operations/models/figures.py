"""Reports and figures: the office's daily report at home, and what administrations release to each other."""

import uuid

from django.db import models
from django.utils import timezone

from tidewaiter.node.accounts.models import Office, Person
from tidewaiter.node.operations.models.operation import Operation
from tidewaiter.node.operations.queries.visible import ReportQuerySet, SharedQuerySet


class SituationReport(models.Model):
    """A day up to the cut-off hour: of one office, for its own administration, or of a whole administration.

    ``office`` is empty for the report of an administration, which alone is exchanged; ``object_id`` and ``modified``
    then name its version. ``figures`` and ``controls`` are as exchanged (STIX properties of our extension).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    operation = models.ForeignKey(Operation, on_delete=models.CASCADE, related_name="reports")
    administration = models.CharField(max_length=32)
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="situation_reports")
    day = models.DateField()
    cut_off = models.DateTimeField()
    words = models.CharField(max_length=4000, blank=True)
    status = models.CharField(max_length=12, default="provisional")
    figures = models.JSONField(default=list)
    controls = models.JSONField(default=list)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    object_id = models.CharField(max_length=120, blank=True)
    modified = models.DateTimeField(null=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ("-day", "administration", "office")
        constraints = (
            models.UniqueConstraint(
                fields=["operation", "administration", "day"],
                condition=models.Q(office__isnull=True),
                name="operations_report_party",
            ),
            models.UniqueConstraint(
                fields=["operation", "office", "day"],
                condition=models.Q(office__isnull=False),
                name="operations_report_office",
            ),
        )

    def __str__(self) -> str:
        return f"{self.operation_id} {self.administration} {self.day}"


class ReleasedFigures(models.Model):
    """One version of an administration's figures for a period. The latest version of an administration counts.

    ``content`` is the exchanged object and ``digest`` its SHA-256, which a snapshot names. ``record_counts`` repeats
    how many records each figure counts; which ones, the author alone knows.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    operation = models.ForeignKey(Operation, on_delete=models.CASCADE, related_name="released")
    administration = models.CharField(max_length=32)
    object_id = models.CharField(max_length=120)
    modified = models.DateTimeField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    status = models.CharField(max_length=12)
    at = models.DateTimeField()
    words = models.CharField(max_length=4000, blank=True)
    figures = models.JSONField(default=list)
    controls = models.JSONField(default=list)
    content = models.TextField()
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField(default=timezone.now)

    objects = SharedQuerySet.as_manager()

    class Meta:
        ordering = ("administration", "-modified")
        constraints = (models.UniqueConstraint(fields=["object_id", "modified"], name="operations_figures_version"),)

    def __str__(self) -> str:
        return f"{self.administration} {self.modified:%Y-%m-%d %H:%M}"

    @property
    def is_final(self) -> bool:
        """Whether its author calls them final."""
        return self.status == "confirmed"
