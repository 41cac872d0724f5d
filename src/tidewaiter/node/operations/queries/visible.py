"""Who sees operations, tasks, reports and figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from tidewaiter.node.accounts.queries import VisibleQuerySet
from tidewaiter.node.accounts.roles import Role

if TYPE_CHECKING:
    from tidewaiter.node.accounts.models import Person
    from tidewaiter.node.operations.models import Operation, SituationReport, Tasking  # noqa: F401 - named in texts

TAKE_PART = (
    Role.OFFICER,
    Role.ANALYST,
    Role.INTELLIGENCE,
    Role.COORDINATOR,
    Role.CASE_OFFICER,
    Role.AUDITOR,
)
"""Who works in an operation, or looks after it; system administrators do not."""


class SharedQuerySet(models.QuerySet[Any]):
    """What belongs to the whole operation and was released to all who take part: plan, figures, snapshot, statement."""

    seen_by: ClassVar[tuple[Role, ...]] = TAKE_PART

    def visible_to(self, person: Person) -> Self:
        """All of it to whoever has one of the roles anywhere in the administration."""
        return self.all() if person.is_active and person.reach(*self.seen_by) else self.none()


class OperationQuerySet(SharedQuerySet):
    """Operations."""

    def live(self) -> Self:
        """Those that run."""
        return self.filter(state="running")

    def open(self) -> Self:
        """Those that are neither closed nor cancelled."""
        return self.exclude(state__in=("closed", "cancelled"))


class TaskingQuerySet(VisibleQuerySet["Tasking"]):
    """Tasks: those of one's own offices follow the office; all who work here see what was proposed to neighbours."""

    seen_by = TAKE_PART

    def visible_to(self, person: Person) -> Self:
        """See the class."""
        reached = person.reach(*self.seen_by) if person.is_active else frozenset()
        return self.filter(Q(office__in=reached) | Q(office__isnull=True)) if reached else self.none()


class ReportQuerySet(VisibleQuerySet["SituationReport"]):
    """Daily reports: those of offices follow the office; those of administrations were released to all."""

    seen_by = TAKE_PART

    def visible_to(self, person: Person) -> Self:
        """See the class."""
        reached = person.reach(*self.seen_by) if person.is_active else frozenset()
        return self.filter(Q(office__in=reached) | Q(office__isnull=True)) if reached else self.none()
