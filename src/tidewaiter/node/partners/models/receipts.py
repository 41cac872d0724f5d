"""Receipts: what a neighbour says became of our object, and what we said of theirs."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tidewaiter.node.partners.models.peers import Peer


class Receipt(models.Model):
    """One rung of one object. ``id`` is that of the receipt object itself, so that it is the same on both sides.

    ``came`` is a neighbour's receipt for our object, ``gave`` ours for theirs. ``content`` is the signed object.
    """

    class Direction(models.TextChoices):
        """Whose receipt it is."""

        CAME = "came", _("Came")
        GAVE = "gave", _("Given")

    key = models.BigAutoField(primary_key=True)
    id = models.UUIDField(default=uuid.uuid4, editable=False)
    direction = models.CharField(max_length=4, choices=Direction.choices)
    peer = models.ForeignKey(Peer, on_delete=models.PROTECT, related_name="receipts")
    object_id = models.CharField(max_length=120)
    object_modified = models.DateTimeField(null=True)
    state = models.CharField(max_length=24)
    reached_at = models.DateTimeField()
    reason = models.CharField(max_length=40, blank=True)
    words = models.TextField(blank=True)
    office = models.CharField(max_length=64, blank=True)
    result = models.JSONField(null=True)
    content = models.TextField()
    proof = models.JSONField(null=True)
    at = models.DateTimeField(default=timezone.now, editable=False)
    """When it was written here."""

    class Meta:
        ordering = ("key",)
        constraints = (
            models.UniqueConstraint(fields=["direction", "peer", "id", "object_id"], name="partners_receipt_once"),
        )
        indexes = (
            models.Index(fields=["object_id", "direction", "state"], name="partners_receipts_of"),
            models.Index(fields=["peer", "direction", "-key"], name="partners_receipts_last"),
        )

    def __str__(self) -> str:
        return f"{self.state} {self.object_id}"
