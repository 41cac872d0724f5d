"""Which offices a person's roles reach, read from the database once and then asked often."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tidewaiter.node.accounts.models import Person


@dataclass(frozen=True, slots=True)
class Reach:
    """Office codes by role, and until when that holds: the moment at which the next grant begins or ends."""

    by_role: Mapping[str, frozenset[str]]
    since: datetime
    until: datetime | None

    @classmethod
    def of(cls, person: Person, now: datetime) -> Reach:
        """Read the reach of ``person`` at ``now``: two queries at most. A deactivated person reaches nothing."""
        from tidewaiter.node.accounts.models import Office, RoleGrant

        if not person.is_active:
            return cls({}, now, None)
        grants = list(RoleGrant.objects.filter(person=person).not_over(now).select_related("office"))
        valid = [grant for grant in grants if grant.valid_at(now)]
        offices = Office.objects.under(grant.office for grant in valid)
        by_role: dict[str, set[str]] = {}
        for grant in valid:
            below = {office.code for office in offices if office.path.startswith(grant.office.path)}
            by_role.setdefault(grant.role, set()).update(below)
        changes = [at for grant in grants for at in (grant.valid_from, grant.ends_at) if at is not None and at > now]
        return cls({role: frozenset(codes) for role, codes in by_role.items()}, now, min(changes, default=None))

    def valid_at(self, moment: datetime) -> bool:
        """Whether no grant has begun or ended since it was read."""
        return self.until is None or self.since <= moment < self.until

    @property
    def roles(self) -> frozenset[str]:
        """The roles that reach any office."""
        return frozenset(role for role, codes in self.by_role.items() if codes)

    def offices(self, *roles: str) -> frozenset[str]:
        """The codes that any of ``roles`` reaches; of all roles where none is given."""
        wanted = [str(role) for role in roles] or list(self.by_role)
        return frozenset().union(*(self.by_role.get(role, frozenset()) for role in wanted))
