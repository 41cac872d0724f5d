"""What one office does in an operation."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tidewaiter.node.accounts.models import Office, Person
from tidewaiter.node.operations.models.operation import Operation
from tidewaiter.node.operations.queries.visible import TaskingQuerySet


class Tasking(models.Model):
    """A task of an office. ``author`` is the administration that asks: one's own, or a neighbour that proposes it.

    ``lanes`` are codes of focus lanes; ``report_by`` is when the office's daily report is due.
    """

    class State(models.TextChoices):
        """Whether the office has answered."""

        NEW = "new", _("Not acknowledged yet")
        ACKNOWLEDGED = "acknowledged", _("Acknowledged")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    operation = models.ForeignKey(Operation, on_delete=models.CASCADE, related_name="taskings")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="taskings")
    author = models.CharField(max_length=32)
    title = models.CharField(max_length=200)
    instructions = models.CharField(max_length=4000)
    starts_on = models.DateField()
    ends_on = models.DateField()
    lanes = models.JSONField(default=list)
    controls_a_day = models.PositiveIntegerField(null=True)
    report_by = models.TimeField(null=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.NEW)
    issued_at = models.DateTimeField(default=timezone.now)
    issued_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    modified = models.DateTimeField(null=True)
    """The version of the exchanged object, where a neighbour proposed it."""

    objects = TaskingQuerySet.as_manager()

    class Meta:
        ordering = ("office", "issued_at")
        indexes = (models.Index(fields=["office", "state"], name="operations_tasks_office"),)

    def __str__(self) -> str:
        return self.title
