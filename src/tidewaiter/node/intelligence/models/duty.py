"""Who is on duty at which desk when, and after how long an unacknowledged tip climbs."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tidewaiter.node.accounts.models import Office, Person
from tidewaiter.node.intelligence.queries.duty import DutyShiftQuerySet


class DutyShift(models.Model):
    """One person on duty at one desk, from then until then. The desk of an office serves all offices below it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="duty_shifts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="duty_shifts")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    entered_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=timezone.now, editable=False)
    cancelled_at = models.DateTimeField(null=True)

    objects = DutyShiftQuerySet.as_manager()

    class Meta:
        ordering = ("starts_at", "id")
        indexes = (models.Index(fields=["office", "starts_at", "ends_at"], name="intelligence_duty"),)
        constraints = (
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="intelligence_duty_period"),
        )

    def __str__(self) -> str:
        return f"{self.office_id} {self.starts_at:%Y-%m-%d %H:%M}"


class EscalationStep(models.Model):
    """Whom an unacknowledged tip reaches after how many seconds; where the table is empty, `escalation.STEPS` holds."""

    class Target(models.TextChoices):
        """Whom it reaches."""

        QUEUE = "queue", _("Everybody at the desk")
        DUTY_OFFICER = "duty_officer", _("Duty officer")
        COORDINATOR = "coordinator", _("Coordinator")
        SENDER = "sender", _("The sender is told")

    target = models.CharField(max_length=16, choices=Target.choices, primary_key=True)
    after_seconds = models.PositiveIntegerField()

    class Meta:
        ordering = ("after_seconds",)

    def __str__(self) -> str:
        return f"{self.target} {self.after_seconds}"
