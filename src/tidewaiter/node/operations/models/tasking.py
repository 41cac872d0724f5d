"""What one office does in an operation."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tidewaiter.exchange.objects import new_id
from tidewaiter.node.accounts.models import Office, Person
from tidewaiter.node.operations.models.operation import Operation
from tidewaiter.node.operations.queries.visible import TaskingQuerySet


class Tasking(models.Model):
    """A task of an office. ``author`` is the administration that asks: one's own, or a neighbour that proposes it.

    A task that one's own administration proposed to a neighbour's office has no ``office`` here; ``administration`` and
    ``place``, the code of that office, say whose it is. ``modified`` and ``digest`` are those of the exchanged object.
    ``lanes`` are codes of focus lanes; ``report_by`` is when the office's daily report is due.
    """

    class State(models.TextChoices):
        """Whether the office has answered."""

        NEW = "new", _("Not acknowledged yet")
        ACKNOWLEDGED = "acknowledged", _("Acknowledged")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    operation = models.ForeignKey(Operation, on_delete=models.CASCADE, related_name="taskings")
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="taskings")
    administration = models.CharField(max_length=32, blank=True, default="")
    place = models.CharField(max_length=64, blank=True, default="")
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
    digest = models.CharField(max_length=64, blank=True, default="")

    objects = TaskingQuerySet.as_manager()

    class Meta:
        ordering = ("office", "issued_at")
        indexes = (models.Index(fields=["office", "state"], name="operations_tasks_office"),)

    def __str__(self) -> str:
        return self.title

    @property
    def object_id(self) -> str:
        """Its identifier in exchanged objects."""
        return new_id("course-of-action", self.pk)

    @property
    def office_name(self) -> str:
        """The name of the office, one's own or the neighbour's, in the language of the page."""
        return self.office.name if self.office is not None else Office(code=self.place).name
