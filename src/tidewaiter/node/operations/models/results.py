"""How an operation ends: the frozen figures, who agreed to them, the statement."""

import uuid

from django.db import models
from django.urls import reverse
from django.utils import timezone

from tidewaiter.node.accounts.models import Person
from tidewaiter.node.operations.models.operation import Operation
from tidewaiter.node.operations.queries.visible import SharedQuerySet


class Snapshot(models.Model):
    """Frozen figures. ``content`` is the canonical snapshot of `consolidation`, which names records and is kept by its
    author alone; everybody has its digest. ``released`` gives, by party, the digest of its figures.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    operation = models.ForeignKey(Operation, on_delete=models.CASCADE, related_name="snapshots")
    number = models.CharField(max_length=80)
    author = models.CharField(max_length=32)
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    content = models.BinaryField(null=True)
    released = models.JSONField(default=dict)
    records = models.JSONField(default=list)
    object_digest = models.CharField(max_length=64)
    modified = models.DateTimeField()

    objects = SharedQuerySet.as_manager()

    class Meta:
        ordering = ("-frozen_at",)
        constraints = (models.UniqueConstraint(fields=["operation", "number"], name="operations_snapshot_number"),)

    def __str__(self) -> str:
        return self.number

    @property
    def object_id(self) -> str:
        """Its identifier in exchanged objects."""
        return f"report--{self.pk}"


class SnapshotAgreement(models.Model):
    """An administration's yes or no to the digest of a snapshot. The answer may come before the snapshot."""

    id = models.BigAutoField(primary_key=True)
    snapshot_object = models.CharField(max_length=120)
    snapshot_modified = models.DateTimeField()
    snapshot_digest = models.CharField(max_length=64)
    administration = models.CharField(max_length=32)
    agreed = models.BooleanField()
    words = models.CharField(max_length=4000, blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    object_id = models.CharField(max_length=120)

    objects = SharedQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["snapshot_object", "administration"], name="operations_agreement_once"),
        )

    def __str__(self) -> str:
        return f"{self.administration} {self.snapshot_object}"


class Statement(models.Model):
    """The joint statement: which snapshot it rests on, and its words as sent.

    Pages and papers are made from the figures that the snapshot names, the same on every node.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    operation = models.ForeignKey(Operation, on_delete=models.CASCADE, related_name="statements")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="statements")
    number = models.CharField(max_length=200)
    author = models.CharField(max_length=32)
    texts = models.JSONField(default=dict)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    modified = models.DateTimeField()

    objects = SharedQuerySet.as_manager()

    class Meta:
        ordering = ("-at",)

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("operations:statement", args=[self.pk])
