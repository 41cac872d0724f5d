"""Reading the clocks that run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from tidewaiter.node.accounts.queries import VisibleQuerySet
from tidewaiter.node.accounts.roles import Role
from tidewaiter.node.casework.queries.cases import OPEN

if TYPE_CHECKING:
    from tidewaiter.node.accounts.models import Person
    from tidewaiter.node.casework.models import CaseClock


class CaseClockQuerySet(VisibleQuerySet["CaseClock"]):
    """Clocks of cases."""

    seen_by = (Role.CASE_OFFICER, Role.COORDINATOR, Role.OFFICER)
    office_field = "case__office"

    def running(self) -> Self:
        """Those that nothing has stopped, of cases on which work goes on."""
        return self.filter(stopped=False, case__state__in=OPEN)

    def next_for(self, person: Person) -> CaseClock | None:
        """The one that ends next, or ended first, among the cases that ``person`` works on."""
        return self.visible_to(person).running().select_related("case", "case__office").order_by("due", "id").first()
