"""The criteria that the node holds: files, version by version."""

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tidewaiter.node.accounts.models import Office, Person
from tidewaiter.node.targeting.queries.runs import CriteriaFileQuerySet


class CriteriaFile(models.Model):
    """One version of one kind of criteria. Never changed or deleted: runs name the versions that they used."""

    class Kind(models.TextChoices):
        """What the file holds."""

        WATCHLIST = "watchlist", _("Watchlist")
        TERMS = "terms", _("Terms")
        PROFILES = "profiles", _("Profiles")
        RATES = "rates", _("Exchange rates")
        CAPACITY = "capacity", _("Capacity of offices")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    version = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    remark = models.CharField(max_length=300, blank=True)

    objects = CriteriaFileQuerySet.as_manager()

    class Meta:
        ordering = ("kind", "-version")
        constraints = (models.UniqueConstraint(fields=["kind", "version"], name="targeting_criteria_version"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.version}"

    @property
    def path(self) -> Path:
        """Where the file lies."""
        folder: Path = settings.CONFIG.files
        ending = ".yaml" if self.kind == self.Kind.PROFILES else ".csv"
        return folder / "criteria" / f"{self.kind}-{self.version}-{self.sha256[:12]}{ending}"
