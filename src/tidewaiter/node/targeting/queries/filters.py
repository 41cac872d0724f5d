"""What a person wants to see of the queue: tab, office, filters, order. All stand in the address, so it can be sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.db.models import F, Q

from tidewaiter.node.accounts.models import Office
from tidewaiter.node.targeting.queries.queue import TABS
from tidewaiter.node.targeting.reasons import KINDS
from tidewaiter.refdata import categories, regions

if TYPE_CHECKING:
    from tidewaiter.node.accounts.models import Person
    from tidewaiter.node.targeting.queries.queue import QueueSet

ORDERS = ("next", "urgent", "newest")
MODES: Mapping[str, Q] = {
    "road": Q(mode=3, courier=False),
    "courier": Q(courier=True),
    "sea": Q(mode=1),
    "river": Q(mode=8),
    "air": Q(mode=4, courier=False),
    "rail": Q(mode=2),
    "mail": Q(mode=5),
}
"""Choices of transport, by a word for the address: a lorry, an express courier, and so on."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One view of the queue. Empty means all; ``office`` is a code and takes in all offices below."""

    tab: str = "waiting"
    office: str = ""
    region: str = ""
    category: str = ""
    kind: str = ""
    mode: str = ""
    order: str = "next"

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Choice:
        """Read a choice; what is not known counts as not given, because people shorten addresses."""
        allowed = {
            "tab": TABS,
            "region": regions.codes(),
            "category": tuple(categories.PRODUCT_CATEGORIES),
            "kind": KINDS,
            "mode": tuple(MODES),
            "order": ORDERS,
        }
        found = {name: given[name] for name, known in allowed.items() if given.get(name) in known}
        return cls(**found, office=given.get("office", "")[:64])

    def query(self, **changed: str) -> str:
        """The address's query of this choice, with some parts changed; what is the usual is left out."""
        usual = Choice()
        values = {name: getattr(self, name) for name in self.__slots__} | changed
        return urlencode({name: value for name, value in values.items() if value and value != getattr(usual, name)})

    @property
    def narrowed(self) -> bool:
        """Whether a filter is set."""
        return bool(self.region or self.category or self.kind or self.mode)

    def offices(self) -> Q:
        """The offices that are chosen."""
        if not self.office:
            return Q()
        # Codes and no join: the lines are then counted and put in order from an index alone.
        within = Q(path__startswith=f"{self.office}/") | Q(path__contains=f"/{self.office}/")
        return Q(office__in=list(Office.objects.filter(within).values_list("pk", flat=True)))

    def filtered(self, lines: QueueSet) -> QueueSet:
        """The lines that pass the filters; office, tab and order are not applied."""
        wanted = Q()
        if self.region:
            wanted &= Q(destination__in=regions.members(self.region))
        if self.category:
            wanted &= Q(category=self.category)
        if self.kind:
            wanted &= Q(kinds__contains=f"|{self.kind}|")
        if self.mode:
            wanted &= MODES[self.mode]
        return lines.filter(wanted)

    def lines(self, person: Person) -> QueueSet:
        """The lines of this view that ``person`` may see, in their order."""
        return self.among(self.seen_by(person), person).for_lists()

    def seen_by(self, person: Person) -> QueueSet:
        """The lines of the offices that are chosen, as far as ``person`` may see them."""
        from tidewaiter.node.targeting.models import SelectedConsignment

        return SelectedConsignment.objects.visible_to(person).filter(self.offices())

    def among(self, seen: QueueSet, person: Person) -> QueueSet:
        """The lines of this view among those that ``seen_by`` gave, in their order."""
        return self.ordered(self.filtered(seen).tab(self.tab, person))

    def ordered(self, lines: QueueSet) -> QueueSet:
        """The lines in the order that is asked for; tips stand before all else unless the newest are wanted."""
        if self.tab == "released":
            return lines.order_by("-state_at", "id")
        match self.order:
            case "newest":
                return lines.order_by("-waiting_since", "-priority", "id")
            case "urgent":
                return lines.order_by("-mandatory", "-priority", F("rank").asc(nulls_last=True), "id")
        first = F("tip").desc()
        return lines.order_by(first, F("due_at").asc(nulls_last=True), "-priority", "id")
