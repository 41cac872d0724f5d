"""Who is on duty."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self

from tidewaiter.node.accounts.queries import VisibleQuerySet
from tidewaiter.node.accounts.roles import Role

if TYPE_CHECKING:
    from tidewaiter.node.accounts.models import Office
    from tidewaiter.node.intelligence.models import DutyShift


class DutyShiftQuerySet(VisibleQuerySet["DutyShift"]):
    """Shifts on duty."""

    seen_by: ClassVar[tuple[Role, ...]] = (
        Role.ANALYST,
        Role.OFFICER,
        Role.INTELLIGENCE,
        Role.COORDINATOR,
        Role.AUDITOR,
    )

    def standing(self) -> Self:
        """Those that were not cancelled."""
        return self.filter(cancelled_at=None)

    def at(self, moment: datetime) -> Self:
        """Those on duty at ``moment``."""
        return self.standing().filter(starts_at__lte=moment, ends_at__gt=moment)

    def for_desk(self, office: Office, moment: datetime) -> DutyShift | None:
        """Who is on duty for ``office``: at its own desk, else at the nearest one above it; None where nobody is."""
        above = [code for code in office.path.split("/") if code]
        found = self.at(moment).filter(office__in=above, person__is_active=True).select_related("person", "office")
        return max(found, key=lambda shift: (above.index(shift.office_id), shift.starts_at), default=None)
