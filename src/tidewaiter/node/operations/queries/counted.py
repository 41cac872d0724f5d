"""Behind the numbers of a statement that no figure holds: controls that chance chose, tips between the parties."""

from collections.abc import Mapping
from typing import Any, Final

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tidewaiter.domain.vocabulary import Finding
from tidewaiter.node.accounts.models import Person
from tidewaiter.node.casework.models import Control
from tidewaiter.node.intelligence.models import Tip
from tidewaiter.node.operations.models import Operation, Statement
from tidewaiter.node.operations.queries.figures import PartyFigures
from tidewaiter.node.operations.queries.others import bounds
from tidewaiter.node.operations.queries.statements import frozen_figures
from tidewaiter.node.targeting.models import SelectedConsignment

NAMES: Final[Mapping[str, Promise]] = {
    "drawn": _("Controls drawn at random"),
    "drawn_finds": _("Controls drawn at random that led to a find"),
    "tips_sent": _("Tips sent"),
    "tips_acknowledged": _("Tips acknowledged"),
    "tips_acted_on": _("Tips acted on"),
}
"""What can be asked for, in words."""

_REACHED: Final = {"tips_acknowledged": "acknowledged_at__isnull", "tips_acted_on": "acted_at__isnull"}
_DRAWN: Final = ("drawn", "drawn_finds")


def parts(statement: Statement, name: str) -> list[tuple[str, int | None]]:
    """What each party counted, as the frozen figures have it; None where it released nothing."""
    return [(one.party, None if one.as_of is None else _of(one, name)) for one in frozen_figures(statement)]


def _of(party: PartyFigures, name: str) -> int:
    if name in _DRAWN:
        return party.drawn.inspections if name == "drawn" else party.drawn.finds
    return party.extras.get(name, 0)


def own_records(operation: Operation, name: str, person: Person) -> Any:
    """The controls or tips of this node that the number counts and ``person`` may see, newest first."""
    if name in _DRAWN:
        by_chance = SelectedConsignment.objects.filter(kinds="|random|").values("pk")
        drawn = Control.objects.visible_to(person).filter(operation_id=operation.pk, selection_id__in=by_chance)
        drawn = drawn.filter(finding=Finding.FIND.value) if name == "drawn_finds" else drawn
        return drawn.select_related("office").order_by("-began_at", "pk")
    first, last = bounds(operation)
    of_none = Q(operation="", sent_at__gte=first, sent_at__lt=last)
    sent = Tip.objects.visible_to(person).filter(
        of_none | Q(operation=operation.object_id), direction="out", sent_at__isnull=False
    )
    sent = sent.filter(**{_REACHED[name]: False}) if name in _REACHED else sent
    return sent.select_related("peer").order_by("-sent_at", "pk")
