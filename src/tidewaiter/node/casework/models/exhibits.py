"""Exhibits and their chain of custody."""

import uuid
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from tidewaiter.domain.machines import CUSTODY
from tidewaiter.node.casework.models.cases import Case
from tidewaiter.node.casework.models.lines import SeizureLine


class Exhibit(models.Model):
    """A thing kept as evidence. ``state``, ``seal_number`` and ``place`` are those of its last custody event."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="exhibits")
    number = models.PositiveSmallIntegerField()
    description = models.CharField(max_length=300)
    line = models.ForeignKey(SeizureLine, null=True, blank=True, on_delete=models.PROTECT, related_name="exhibits")
    state = models.CharField(max_length=16, default=CUSTODY.initial)
    seal_number = models.CharField(max_length=40, blank=True)
    place = models.CharField(max_length=120)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=["case", "number"], name="casework_exhibit_number"),
            models.CheckConstraint(condition=Q(state__in=CUSTODY.states), name="casework_exhibit_state"),
        )

    def __str__(self) -> str:
        return f"{self.case.number} {self.label}"

    @property
    def label(self) -> str:
        """Its number as it is written on the bag: E-03."""
        return f"E-{self.number:02d}"

    @property
    def office_id(self) -> str:
        """The office of its case, which decides about it."""
        return self.case.office_id


class Fixed(RuntimeError):
    """A custody event was to be changed or deleted. What happened is told by a further event."""


class CustodyQuerySet(models.QuerySet["CustodyEvent"]):
    """Custody events: written and read, nothing else. The database refuses too."""

    def update(self, **_values: Any) -> NoReturn:
        """Never."""
        raise Fixed("a custody event is never changed; record a further one")

    def delete(self) -> NoReturn:
        """Never."""
        raise Fixed("a custody event is never deleted; record a further one")


class CustodyEvent(models.Model):
    """One step of an exhibit: what was done, by whom, when, under which seal, where it then was."""

    id = models.BigAutoField(primary_key=True)
    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="custody")
    sequence = models.PositiveIntegerField()
    action = models.CharField(max_length=32)
    before = models.CharField(max_length=16, blank=True)
    after = models.CharField(max_length=16)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    seal_number = models.CharField(max_length=40, blank=True)
    place = models.CharField(max_length=120)
    reason = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = CustodyQuerySet.as_manager()

    class Meta:
        ordering = ("sequence",)
        constraints = (models.UniqueConstraint(fields=["exhibit", "sequence"], name="casework_custody_order"),)

    def __str__(self) -> str:
        return f"{self.exhibit_id} {self.sequence} {self.action}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write it once."""
        if not self._state.adding:
            raise Fixed("a custody event is never changed; record a further one")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Never."""
        raise Fixed("a custody event is never deleted; record a further one")
