"""Who is on duty."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.db.models import Q

from tidewaiter.node.accounts.queries import VisibleQuerySet
from tidewaiter.node.accounts.roles import Role

if TYPE_CHECKING:
    from tidewaiter.node.accounts.models import Office, Person
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
        return _nearest(found, above)

    def beside(self, person: Person, moment: datetime) -> tuple[DutyShift | None, DutyShift | None]:
        """The shift that ``person`` is on now, and the one that serves the office where the person works."""
        above = [code for code in person.office.path.split("/") if code]
        found = self.at(moment).filter(Q(office__in=above, person__is_active=True) | Q(person=person))
        shifts = list(found.select_related("person"))
        own = max((one for one in shifts if one.person_id == person.pk), key=lambda one: one.ends_at, default=None)
        return own, _nearest((one for one in shifts if one.office_id in above), above)


def _nearest(shifts: Iterable[DutyShift], above: Sequence[str]) -> DutyShift | None:
    """The shift of the lowest office; of two there, the one that began later."""
    return max(shifts, key=lambda shift: (above.index(shift.office_id), shift.starts_at), default=None)
