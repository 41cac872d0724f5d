"""Views of the queue that people keep."""

import uuid

from django.db import models
from django.utils import timezone

from tidewaiter.node.accounts.models import Office, Person
from tidewaiter.node.targeting.queries.queue import SavedViewQuerySet


class SavedView(models.Model):
    """A choice of tab, filters and order under a name. A shared one is seen in its office and the offices below it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="saved_views")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=500)
    shared = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=["person", "name"], name="targeting_view_name"),)

    def __str__(self) -> str:
        return self.name
