"""Which role a person has, where and when."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from tidewaiter.node.accounts.models.offices import Office
from tidewaiter.node.accounts.models.people import Person
from tidewaiter.node.accounts.queries.grants import RoleGrantQuerySet
from tidewaiter.node.accounts.roles import Role


class RoleGrant(models.Model):
    """A role, given for an office and all offices below it. Revoked, never deleted, so that one can ask who could then.

    ``granted_by`` is empty for the first administrator alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=Role.choices)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="grants")
    valid_from = models.DateTimeField(default=timezone.now)
    valid_until = models.DateTimeField(null=True, blank=True)
    granted_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="grants_given")
    granted_at = models.DateTimeField(default=timezone.now)
    reason = models.CharField(max_length=500)
    revoked_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="grants_revoked")
    revoked_at = models.DateTimeField(null=True)
    revoke_reason = models.CharField(max_length=500, blank=True)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        ordering = ("granted_at", "id")
        indexes = (models.Index(fields=["person", "role"], name="accounts_grants"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")), name="accounts_grant_period"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person.username}: {self.role} @ {self.office_id}"

    @property
    def ends_at(self) -> datetime | None:
        """When it ends or ended: revoked or run out, whichever is first; None where it is open."""
        return min((at for at in (self.valid_until, self.revoked_at) if at is not None), default=None)

    def valid_at(self, moment: datetime) -> bool:
        """Whether it holds at ``moment``."""
        return self.valid_from <= moment and (self.ends_at is None or moment < self.ends_at)

    @property
    def valid_now(self) -> bool:
        """Whether it holds now."""
        return self.valid_at(timezone.now())
