"""One table of everything in the database that can be found."""

from django.db import models

from tidewaiter.node.accounts.models import Office
from tidewaiter.node.search.entries import SearchEntryQuerySet


class SearchEntry(models.Model):
    """One object, as it is found and shown. ``shadow`` holds its tokens (`names.shadow_text`) and is never shown.

    The index of words beside it (FTS5 on SQLite, GIN on PostgreSQL) is kept by the database itself: `word_index`.
    """

    object_type = models.CharField(max_length=100)
    object_id = models.CharField(max_length=64)
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    summary = models.CharField(max_length=500, blank=True)
    shadow = models.TextField(blank=True)
    restricted = models.BooleanField(default=False)
    consignment_id = models.CharField(max_length=400, blank=True)
    at = models.DateTimeField()

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-id")
        constraints = (models.UniqueConstraint(fields=["object_type", "object_id"], name="search_object"),)
        indexes = (
            models.Index(fields=["-at", "-id"], name="search_latest"),
            models.Index(fields=["consignment_id"], name="search_consignment"),
        )

    def __str__(self) -> str:
        return f"{self.object_type} {self.title}"
