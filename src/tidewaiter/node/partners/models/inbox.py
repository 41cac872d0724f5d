"""What came from neighbours: the bytes, then each object of them."""

import json
import uuid
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tidewaiter.node.partners.models.peers import Peer


class InboxBatch(models.Model):
    """One request as it came, kept before it was answered. Its id is that of the TAXII status resource."""

    class State(models.TextChoices):
        """What became of it."""

        RECEIVED = "received", _("Received")
        APPLIED = "applied", _("Applied")
        REFUSED = "refused", _("Refused")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    peer = models.ForeignKey(Peer, on_delete=models.PROTECT, related_name="batches")
    received_at = models.DateTimeField(default=timezone.now, editable=False)
    content = models.BinaryField()
    digest = models.CharField(max_length=64)
    request_key_id = models.CharField(max_length=64)
    key_id = models.CharField(max_length=64, blank=True)
    sealed_at = models.DateTimeField(null=True)
    size = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State.choices, default=State.RECEIVED)
    reason = models.CharField(max_length=40, blank=True)
    applied_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["received_at"], name="partners_batch_open", condition=models.Q(state="received")),
        )

    def __str__(self) -> str:
        return str(self.pk)


class InboxObject(models.Model):
    """One version of an object that came, with the proof that its author signed it.

    ``pending`` is what could not be applied for a fault of ours; it is tried again and then set aside, visibly.
    """

    class State(models.TextChoices):
        """What became of it."""

        STORED = "stored", _("Stored")
        REJECTED = "rejected", _("Refused")
        PENDING = "pending", _("To be applied")
        SET_ASIDE = "set_aside", _("Set aside")

    id = models.BigAutoField(primary_key=True)
    batch = models.ForeignKey(InboxBatch, on_delete=models.PROTECT, related_name="contents")
    peer = models.ForeignKey(Peer, on_delete=models.PROTECT, related_name="inbox")
    object_id = models.CharField(max_length=120)
    modified = models.DateTimeField()
    created = models.CharField(max_length=40)
    kind = models.CharField(max_length=40, blank=True)
    content = models.TextField()
    digest = models.CharField(max_length=64)
    key_id = models.CharField(max_length=64)
    proof = models.JSONField(null=True)
    state = models.CharField(max_length=10, choices=State.choices)
    reason = models.CharField(max_length=40, blank=True)
    words = models.CharField(max_length=500, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    received_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["object_id", "modified"],
                condition=~models.Q(state="rejected"),
                name="partners_inbox_version",
            ),
            models.UniqueConstraint(fields=["peer", "object_id", "modified", "digest"], name="partners_inbox_content"),
        )
        indexes = (models.Index(fields=["id"], name="partners_inbox_open", condition=models.Q(state="pending")),)

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"

    @property
    def plain(self) -> dict[str, Any]:
        """The STIX object."""
        found: dict[str, Any] = json.loads(self.content)
        return found


class RecalledObject(models.Model):
    """An object that its originator took back: it does not come in again, by whatever way."""

    object_id = models.CharField(max_length=120, primary_key=True)
    peer = models.ForeignKey(Peer, on_delete=models.PROTECT, related_name="recalled")
    recalled_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.object_id


class SeenRequest(models.Model):
    """The nonce of a signed request, kept as long as its signature could be used a second time."""

    replay_key = models.CharField(max_length=64, primary_key=True)
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.replay_key[:12]
