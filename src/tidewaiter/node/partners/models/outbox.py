"""What is to be sent, and one delivery for each neighbour to which it is to go."""

import json
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tidewaiter.node.partners.models.peers import Peer
from tidewaiter.node.partners.queries.lanes import DeliveryQuerySet


class OutboxObject(models.Model):
    """One version of an object of ours, in canonical form, written in the transaction of the deed that made it.

    ``releasable_to`` holds the codes of the administrations that may have it; nobody else ever gets it.
    """

    id = models.BigAutoField(primary_key=True)
    object_id = models.CharField(max_length=120)
    modified = models.DateTimeField()
    kind = models.CharField(max_length=40)
    content = models.TextField()
    digest = models.CharField(max_length=64)
    releasable_to = models.JSONField(default=list)
    purpose = models.CharField(max_length=60)
    nominal = models.BooleanField(default=False)
    recalled_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["object_id", "modified"], name="partners_outbox_version"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"

    @property
    def plain(self) -> dict[str, Any]:
        """The STIX object."""
        found: dict[str, Any] = json.loads(self.content)
        return found

    @property
    def size(self) -> int:
        """Its bytes."""
        return len(self.content.encode())


class Delivery(models.Model):
    """One object to one neighbour. ``attempts`` counts requests that carried it and ended.

    ``object_id`` repeats that of the object, because the order of the versions of one object is kept by it. All times
    are of our clock but ``reached_at``, which is the neighbour's word for when the last rung was reached.
    """

    class State(models.TextChoices):
        """How far it has come."""

        WAITING = "waiting", _("Waiting")
        SENT = "sent", _("Sent")
        RECEIVED = "received", _("Received")
        STORED = "stored", _("Stored")
        REJECTED = "rejected", _("Refused")
        SET_ASIDE = "set_aside", _("Set aside")
        WITHDRAWN = "withdrawn", _("Withdrawn before it was sent")

    id = models.BigAutoField(primary_key=True)
    outbox = models.ForeignKey(OutboxObject, on_delete=models.PROTECT, related_name="deliveries")
    peer = models.ForeignKey(Peer, on_delete=models.PROTECT, related_name="deliveries")
    object_id = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    rung = models.CharField(max_length=24, default="queued")
    """How far it has come on the whole ladder of receipts (`exchange.delivery.Rung`)."""
    attempts = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=40, blank=True)
    last_error_detail = models.CharField(max_length=300, blank=True)
    queued_at = models.DateTimeField(default=timezone.now, editable=False)
    first_sent_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    reached_at = models.DateTimeField(null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["outbox", "peer"], name="partners_delivery_once"),)
        indexes = (
            models.Index(
                fields=["peer", "id"], name="partners_lane", condition=models.Q(state__in=["waiting", "set_aside"])
            ),
            models.Index(fields=["object_id", "peer"], name="partners_delivery_object"),
        )

    def __str__(self) -> str:
        return f"{self.object_id} to {self.peer_id}"

    @property
    def is_undelivered(self) -> bool:
        """Whether the neighbour has neither stored nor refused it."""
        return self.state in UNDELIVERED


UNDELIVERED = (Delivery.State.WAITING, Delivery.State.SENT, Delivery.State.RECEIVED, Delivery.State.SET_ASIDE)
