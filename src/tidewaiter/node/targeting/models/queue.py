"""The queue: consignments that were selected, or that a tip says are coming."""

import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tidewaiter.node.accounts.models import Office, Person
from tidewaiter.node.targeting.models.runs import ScreeningRun
from tidewaiter.node.targeting.queries.queue import QueueReferenceQuerySet, QueueSet
from tidewaiter.node.ui.addresses import address

_ORDERED = ("tip", "due_at", "-priority", "mandatory", "rank", "waiting_since")
_COUNTED = ("lane", "origin", "taken_by")


class SelectedConsignment(models.Model):
    """One line of a queue.

    ``run`` and ``message_id`` name the declaration; both are empty for what a tip announced and
    nobody has declared yet.
    ``references`` are pairs of type (`vocabulary.ReferenceType`) and value; ``reasons`` are objects with ``kind``,
    ``rule``, ``source``, ``mark`` (the words that decided) and ``texts`` by BCP 47 tag; ``kinds`` holds their kinds
    between strokes. ``summary`` is what a list shows: parties, goods, quantity, masses. The value is the declared one.
    ``superseded_by`` names the line that stands for the same consignment now; such a line is in no queue.
    """

    class State(models.TextChoices):
        """As in `domain.machines.QUEUE_ITEM`."""

        WAITING = "waiting", pgettext_lazy("consignment", "Waiting")
        TAKEN = "taken", _("Taken")
        FOR_CONTROL = "for_control", _("For control")
        CONTROLLED = "controlled", _("Controlled")
        RELEASED = "released", pgettext_lazy("consignment", "Released")

    class Status(models.TextChoices):
        """Why it is a line at all."""

        SELECTED = "selected", _("Selected")
        OVERFLOW = "overflow", _("Beyond the capacity")
        EXPECTED = "expected", _("Announced by a tip")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(ScreeningRun, null=True, on_delete=models.PROTECT, related_name="selected")
    message_id = models.CharField(max_length=300, blank=True)
    consignment_id = models.CharField(max_length=300, blank=True)
    administration = models.CharField(max_length=32)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="queue")
    office_declared = models.CharField(max_length=64, blank=True)
    day = models.DateField(null=True)
    due_at = models.DateTimeField(null=True)
    waiting_since = models.DateTimeField(default=timezone.now)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.SELECTED)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    state_at = models.DateTimeField(default=timezone.now)
    taken_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="taken")
    taken_at = models.DateTimeField(null=True)
    last_actor = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    control_channel = models.CharField(max_length=20, blank=True)
    control_place = models.CharField(max_length=100, blank=True)
    release_reason = models.CharField(max_length=500, blank=True)
    origin = models.CharField(max_length=20)
    rule = models.CharField(max_length=200, blank=True)
    tip = models.CharField(max_length=100, blank=True)
    lane = models.CharField(max_length=100, blank=True)
    mandatory = models.BooleanField(default=False)
    priority = models.SmallIntegerField(default=0)
    rank = models.PositiveIntegerField(null=True)
    probability = models.FloatField(null=True)
    channel = models.CharField(max_length=20, blank=True)
    mode = models.SmallIntegerField(null=True)
    courier = models.BooleanField(default=False)
    destination = models.CharField(max_length=2, blank=True)
    destination_place = models.CharField(max_length=5, blank=True)
    category = models.CharField(max_length=40, blank=True)
    reference = models.CharField(max_length=200)
    reference_type = models.CharField(max_length=40, blank=True)
    references = models.JSONField(default=list)
    goods = models.CharField(max_length=200, blank=True)
    value = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)
    kinds = models.CharField(max_length=100, blank=True)
    reasons = models.JSONField(default=list)
    summary = models.JSONField(default=dict)
    synthetic = models.BooleanField(default=False)
    superseded_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="supersedes")

    objects = QueueSet.as_manager()

    class Meta:
        ordering = ("-priority", "due_at", "id")
        indexes = (
            # All that counts and orders of a queue ask of a line, so that no line is read for them.
            models.Index(
                fields=["state", "office", "superseded_by", *_ORDERED, *_COUNTED, "id"], name="targeting_queued"
            ),
            models.Index(fields=["administration", "consignment_id"], name="targeting_consignment"),
            models.Index(fields=["taken_by", "state"], name="targeting_mine"),
            models.Index(
                fields=["state", "state_at", "office", "superseded_by", "origin", "id"], name="targeting_done"
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["run", "message_id"], condition=Q(run__isnull=False), name="targeting_once_a_run"
            ),
            models.CheckConstraint(
                condition=Q(superseded_by__isnull=True) | ~Q(superseded_by=F("id")), name="targeting_not_itself"
            ),
        )

    def __str__(self) -> str:
        return self.reference

    def audit_label(self) -> str:
        """Its reference: no name of a person."""
        return self.reference

    def get_absolute_url(self) -> str:
        """The page with everything known of it."""
        if self.run_id is None:
            return address("targeting:expected", self.pk)
        return address("targeting:consignment", self.run_id, self.message_id)

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.state in {self.State.WAITING, self.State.TAKEN, self.State.FOR_CONTROL}

    @property
    def is_random(self) -> bool:
        """Whether chance alone put it here."""
        return self.kinds == "|random|"

    def party(self, role: str) -> dict[str, Any]:
        """The first party of that role in the summary; empty where there is none."""
        return next((one for one in self.summary.get("parties", []) if one.get("role") == role), {})


class QueueReference(models.Model):
    """A reference of a line, folded so that it is found however it is written (`lake.reference_index.spelling`)."""

    id = models.BigAutoField(primary_key=True)
    item = models.ForeignKey(SelectedConsignment, on_delete=models.CASCADE, related_name="keys")
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=200)

    objects = QueueReferenceQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["key", "kind"], name="targeting_reference_key"),)
        constraints = (models.UniqueConstraint(fields=["item", "kind", "key"], name="targeting_reference_once"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
