"""Which tips a person sees, and what the list asks for."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.db.models import Q

from tidewaiter.node.accounts.queries import VisibleQuerySet
from tidewaiter.node.accounts.roles import Role

if TYPE_CHECKING:
    from tidewaiter.node.accounts.models import Person
    from tidewaiter.node.intelligence.models import Tip  # noqa: F401 - named in a text below

SEEN_BY = (Role.ANALYST, Role.OFFICER, Role.INTELLIGENCE, Role.COORDINATOR, Role.AUDITOR)
NARROW = (Role.INTELLIGENCE, Role.COORDINATOR)
"""Who sees TLP:RED, which is for the named recipients alone: beside them its author, and whoever has it in hand."""
UNANSWERED = ("delivered", "acknowledged", "acted_on")


class TipQuerySet(VisibleQuerySet["Tip"]):
    """Tips."""

    seen_by: ClassVar[tuple[Role, ...]] = SEEN_BY

    def visible_to(self, person: Person) -> Self:
        """Those of the offices that the person's roles reach; red ones only to whom they are for."""
        if not person.is_active:
            return self.none()
        mine = Q(author=person) | Q(duty_person=person) | Q(acknowledged_by=person)
        named = Q(office__in=person.reach(*NARROW)) | mine
        return self.filter(Q(office__in=person.reach(*self.seen_by))).filter(~Q(tlp="red") | named)

    def received(self) -> Self:
        """Those of neighbours."""
        return self.filter(direction="in")

    def written(self) -> Self:
        """Ours."""
        return self.filter(direction="out")

    def to_acknowledge(self) -> Self:
        """Neighbours' tips that nobody has acknowledged."""
        return self.received().filter(state="delivered")

    def to_answer(self) -> Self:
        """Neighbours' tips that are not answered yet."""
        return self.received().filter(state__in=UNANSWERED)

    def climbing(self, moment: datetime) -> Self:
        """Those that climb now."""
        return self.to_acknowledge().filter(climbs_at__lte=moment)

    def running_out(self, moment: datetime) -> Self:
        """Those whose time is over and whose state does not say so yet."""
        return self.filter(state__in=("drafted", "sent", "delivered", "acknowledged"), expires_at__lte=moment)
