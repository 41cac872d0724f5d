"""Right holders and rights."""

import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from tidewaiter.node.accounts.models import Office
from tidewaiter.node.rights.queries import RightHolderQuerySet, RightQuerySet


class RightHolder(models.Model):
    """The owner of rights, with whom to call. ``office`` keeps the entry; the whole administration reads it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    name_han = models.CharField(max_length=100, blank=True)
    contact_name = models.CharField(max_length=120, blank=True)
    contact_email = models.EmailField(blank=True)
    contact_phone = models.CharField(max_length=60, blank=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="right_holders")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = RightHolderQuerySet.as_manager()

    class Meta:
        ordering = ("name", "id")
        constraints = (models.UniqueConstraint(fields=["name"], name="rights_holder_name"),)

    def __str__(self) -> str:
        return self.name


class Right(models.Model):
    """One right: its mark, its kind (closed list ``right_type``), its recordal, and what to look at.

    ``recordal_number`` is empty where the administration keeps no register. ``classes`` are Nice classes as numbers.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    holder = models.ForeignKey(RightHolder, on_delete=models.PROTECT, related_name="rights")
    mark = models.CharField(max_length=120, db_index=True)
    kind = models.CharField(max_length=8)
    recordal_number = models.CharField(max_length=60, blank=True, db_index=True)
    classes = models.JSONField(default=list, blank=True)
    products = models.CharField(max_length=500, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    look_at = models.TextField(blank=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="rights")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = RightQuerySet.as_manager()

    class Meta:
        ordering = ("mark", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="rights_period",
            ),
            models.UniqueConstraint(
                fields=["recordal_number"], condition=~Q(recordal_number=""), name="rights_recordal"
            ),
        )

    def __str__(self) -> str:
        return f"{self.mark} {self.recordal_number or self.kind}"

    def in_force(self, day: date) -> bool:
        """Whether it is valid on ``day``; an open end counts as valid."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )
