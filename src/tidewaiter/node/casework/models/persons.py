"""The restricted part of a case: who was arrested."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from tidewaiter.node.casework.models.cases import Case
from tidewaiter.node.casework.queries.persons import ArrestedPersonQuerySet


class ArrestedPerson(models.Model):
    """A person arrested in a case. Read under a policy of its own, and each reading is audited; searched by nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="arrested")
    name = models.CharField(max_length=120)
    name_han = models.CharField(max_length=60, blank=True)
    document = models.CharField(max_length=60, blank=True)
    born_on = models.DateField(null=True, blank=True)
    arrested_on = models.DateField()
    note = models.CharField(max_length=500, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ArrestedPersonQuerySet.as_manager()

    class Meta:
        ordering = ("recorded_at",)

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def office_id(self) -> str:
        """The office of the case, which decides about it."""
        return self.case.office_id
