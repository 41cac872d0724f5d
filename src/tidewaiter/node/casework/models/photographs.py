"""Photographs and the uploads that bring them."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from tidewaiter.node.accounts.models import Office
from tidewaiter.node.casework.models.cases import Case
from tidewaiter.node.casework.models.controls import Control
from tidewaiter.node.casework.models.exhibits import Exhibit
from tidewaiter.node.casework.queries.photographs import PhotographQuerySet


class Photograph(models.Model):
    """A photograph: the original sealed as it came, and a copy without metadata that is shown.

    ``sha256`` is that of the original. ``sealed`` and ``copy`` are names below the node's folder of files.
    ``client_id`` is made by the device and unique, so that a picture sent twice is stored once.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client_id = models.UUIDField(unique=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    control = models.ForeignKey(Control, null=True, blank=True, on_delete=models.PROTECT, related_name="photographs")
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="photographs")
    exhibit = models.ForeignKey(Exhibit, null=True, blank=True, on_delete=models.PROTECT, related_name="photographs")
    shows = models.CharField(max_length=16, blank=True)
    caption = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveIntegerField()
    format = models.CharField(max_length=8)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    sealed = models.CharField(max_length=200)
    copy = models.CharField(max_length=200)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PhotographQuerySet.as_manager()

    class Meta:
        ordering = ("received_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(control__isnull=False) | Q(case__isnull=False), name="casework_photograph_of"
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)


class Upload(models.Model):
    """A photograph on its way in pieces. ``id`` is the device's; ``received`` says where to go on."""

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    control_client_id = models.UUIDField()
    shows = models.CharField(max_length=16, blank=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    received = models.PositiveIntegerField(default=0)
    refused = models.CharField(max_length=300, blank=True)
    begun_at = models.DateTimeField(default=timezone.now, db_index=True)
    photograph = models.OneToOneField(Photograph, null=True, on_delete=models.PROTECT, related_name="upload")

    def __str__(self) -> str:
        return f"{self.id} {self.received}/{self.size}"
