"""A control and its finding."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from tidewaiter.node.accounts.models import Office
from tidewaiter.node.casework.queries.controls import ControlQuerySet
from tidewaiter.node.rights.models import Right
from tidewaiter.node.targeting.models import SelectedConsignment


class Control(models.Model):
    """One control of a consignment, vehicle, passenger, shop or premises. A *no find* is a full record.

    ``client_id`` is made where the control is recorded, before any connection, and is unique: the same record sent
    twice is stored once. ``began_at`` and ``recorded_at`` are the device's times, ``received_at`` the node's.
    ``references`` are ``{"type", "value"}``; ``reference_text`` holds their values folded, for look-up.
    ``selection`` is the queue item, ``message_id``, ``consignment_id`` and ``run_id`` name the declaration in the
    lake; all are empty where there is no declaration. ``not_free`` says why the queue item could not be marked as
    controlled: somebody else was faster; the record is kept all the same. The figures of a find are the officer's
    estimate; those that
    count stand on the lines of the case.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client_id = models.UUIDField(unique=True)
    device_id = models.CharField(max_length=64, blank=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="controls")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="controls")
    began_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    received_at = models.DateTimeField(default=timezone.now, editable=False)

    subject = models.CharField(max_length=16)
    subject_label = models.CharField(max_length=120)
    references = models.JSONField(default=list, blank=True)
    reference_text = models.CharField(max_length=600, blank=True)
    selection = models.ForeignKey(
        SelectedConsignment, null=True, blank=True, on_delete=models.PROTECT, related_name="controls"
    )
    message_id = models.CharField(max_length=300, blank=True)
    consignment_id = models.CharField(max_length=300, blank=True)
    run_id = models.CharField(max_length=120, blank=True)
    not_free = models.CharField(max_length=300, blank=True)

    kind = models.CharField(max_length=16)
    extent = models.CharField(max_length=8, blank=True)
    finding = models.CharField(max_length=16)
    no_find_as = models.CharField(max_length=16, blank=True)
    category = models.CharField(max_length=32, blank=True)
    mark = models.CharField(max_length=120, blank=True)
    right = models.ForeignKey(Right, null=True, blank=True, on_delete=models.PROTECT, related_name="controls")
    quantity = models.DecimalField(max_digits=18, decimal_places=3, null=True, blank=True)
    unit = models.CharField(max_length=3, blank=True)
    seal_number = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=1000, blank=True)
    photographs_expected = models.PositiveSmallIntegerField(default=0)

    operation_id = models.UUIDField(null=True, blank=True)
    tip_id = models.UUIDField(null=True, blank=True, db_index=True)

    objects = ControlQuerySet.as_manager()

    class Meta:
        ordering = ("-began_at", "-id")
        indexes = (
            models.Index(fields=["office", "-began_at"], name="casework_controls_office"),
            models.Index(fields=["-began_at", "-id", "office", "finding"], name="casework_controls_listed"),
            models.Index(fields=["operation_id", "finding"], name="casework_controls_op"),
            models.Index(fields=["officer", "-began_at"], name="casework_controls_officer"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(quantity__isnull=True) | Q(quantity__gte=0), name="casework_control_quantity"
            ),
        )

    def __str__(self) -> str:
        return f"{self.subject} {self.subject_label}"

    def audit_label(self) -> str:
        """Its id: a plate or a passenger's reference could name a person, and labels stay for good."""
        return str(self.pk)
