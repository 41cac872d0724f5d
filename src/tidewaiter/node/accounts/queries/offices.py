"""Reading the tree of offices."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.db.models import Q

from tidewaiter.node.accounts.queries.visible import VisibleQuerySet

if TYPE_CHECKING:
    from tidewaiter.node.accounts.models import Office, Person


class OfficeQuerySet(VisibleQuerySet["Office"]):
    """Offices."""

    def under(self, offices: Iterable[Office]) -> Self:
        """These offices and all below them; none where none is given."""
        wanted = Q()
        for office in offices:
            wanted |= Q(path__startswith=office.path)
        return self.filter(wanted) if wanted else self.none()

    def visible_to(self, person: Person) -> Self:
        """Everybody who works here may know the offices of the administration: their names are public."""
        return self.all() if person.is_active else self.none()
