"""The tables of the audit log. The database itself refuses changes to them: see ``guards``."""

import json
from typing import Any

from django.conf import settings
from django.db import models

from tidewaiter.node.audit import leaf
from tidewaiter.node.audit.queries import AuditRowQuerySet
from tidewaiter.node.audit.verbs import UnknownVerb, find


class AuditRow(models.Model):
    """One deed. Written in the transaction of the deed, put into the chain afterwards by the sequencer.

    ``actor`` is empty where the node itself acted. Labels and reasons stay for good: no personal data belongs in them;
    that stands in the payload, which can be erased.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    actor_name = models.CharField(max_length=200)
    office = models.CharField(max_length=64)
    verb = models.CharField(max_length=80)
    object_type = models.CharField(max_length=80)
    object_id = models.CharField(max_length=80)
    object_label = models.CharField(max_length=200)
    reason = models.TextField()
    request_id = models.CharField(max_length=80)
    commitment = models.CharField(max_length=64)
    seq = models.BigIntegerField(null=True, unique=True)
    prev_hash = models.CharField(max_length=64, null=True)
    hash = models.CharField(max_length=64, null=True)
    txid = models.BigIntegerField(null=True, editable=False)
    """The writing transaction's number, set by a trigger on PostgreSQL; empty on SQLite."""

    objects = AuditRowQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["actor", "-id"], name="audit_by_actor"),
            models.Index(fields=["office", "-id"], name="audit_by_office"),
            models.Index(fields=["object_type", "object_id", "-id"], name="audit_by_object"),
            models.Index(fields=["verb", "-id"], name="audit_by_verb"),
            models.Index(fields=["at"], name="audit_by_time"),
            models.Index(fields=["txid", "id"], name="audit_waiting", condition=models.Q(seq__isnull=True)),
        )

    def __str__(self) -> str:
        return str(self.pk)

    def leaf(self) -> bytes:
        """Give this row's leaf; it never holds the place in the chain, so it is the same before and after."""
        return leaf.leaf_bytes(
            {
                "actor": "" if self.actor_id is None else str(self.actor_id),
                "actor_name": self.actor_name,
                "at": leaf.instant(self.at),
                "commitment": self.commitment,
                "id": str(self.pk),
                "object_id": self.object_id,
                "object_label": self.object_label,
                "object_type": self.object_type,
                "office": self.office,
                "reason": self.reason,
                "request_id": self.request_id,
                "verb": self.verb,
                "version": leaf.VERSION,
            }
        )

    def sentence(self, actor: str, office: str) -> str:
        """Tell the deed in the active language; a verb that no app knows any longer is told by its code."""
        try:
            return find(self.verb).tell(actor=actor, obj=self.object_label, office=office)
        except UnknownVerb:
            return f"{actor}: {self.verb} ({self.object_label})"


class AuditPayload(models.Model):
    """What a row commits to: the values before and after, and the salt without which nobody can guess them."""

    row = models.OneToOneField(AuditRow, primary_key=True, on_delete=models.PROTECT, related_name="payload")
    salt = models.BinaryField(max_length=leaf.SALT_BYTES)
    body = models.TextField()

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def content(self) -> dict[str, Any]:
        """The values ``before`` and ``after``."""
        found: dict[str, Any] = json.loads(self.body)
        return found

    @property
    def commitment(self) -> str:
        """The commitment that these bytes give."""
        return leaf.commitment(bytes(self.salt), self.body.encode())


class ChainHead(models.Model):
    """Where the chain ends. One row; the lock on it makes the sequencer one."""

    ONLY = 1

    id = models.SmallIntegerField(primary_key=True, default=ONLY)
    administration = models.CharField(max_length=32)
    seq = models.BigIntegerField()
    hash = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(id=1), name="audit_one_chain"),)

    def __str__(self) -> str:
        return f"{self.administration} {self.seq}"

    def audit_label(self) -> str:
        """Whose chain it is."""
        return self.administration
