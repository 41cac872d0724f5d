"""The figures of all who take part: one's own live, those of the others as they released them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from tidewaiter.consolidation import Figure
from tidewaiter.node.accounts.models import Person
from tidewaiter.node.casework.queries.figures import Counted
from tidewaiter.node.operations.exchanged import RANDOM, figures_in, others_in, own
from tidewaiter.node.operations.models import Operation, ReleasedFigures
from tidewaiter.node.operations.queries.tally import Tally
from tidewaiter.node.operations.queries.visible import TAKE_PART


@dataclass(frozen=True, slots=True)
class Group:
    """Controls of one kind: how many, with and without a find."""

    inspections: int = 0
    finds: int = 0


@dataclass(frozen=True, slots=True)
class PartyFigures:
    """What is known of one party now. ``as_of`` is None where nothing was released: that is not a nought.

    ``lanes`` and ``days`` are controls by lane code and by day; ``drawn`` those that chance alone chose. ``extras`` are
    consignments, selections and tips by measure.
    """

    party: str
    as_of: datetime | None
    counted: tuple[Counted, ...] = ()
    lanes: dict[str, Group] = field(default_factory=dict)
    days: dict[str, Group] = field(default_factory=dict)
    drawn: Group = Group()
    extras: dict[str, int] = field(default_factory=dict)
    final: bool = False
    released: ReleasedFigures | None = None

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures alone."""
        return tuple(one.figure for one in self.counted)


def offices_shown(person: Person) -> frozenset[str] | None:
    """The offices whose own figures the person sees: None where the roles reach the whole administration."""
    reached = person.reach(*TAKE_PART)
    return None if own() in reached else reached


def own_figures(
    operation: Operation, tally: Tally, at: datetime, extras: dict[str, int], offices: Collection[str] | None = None
) -> PartyFigures:
    """One's own figures as they stand, within some offices (None is all)."""
    held = tally.within(offices)
    lanes = {
        lane.code: _group(held, (one for one in held.controls if one.lane == lane.mark))
        for lane in operation.lanes.all()
    }
    days = {
        day: _group(held, (one for one in held.controls if one.day == day)) for day in {c.day for c in held.controls}
    }
    drawn = _group(held, (one for one in held.controls if one.drawn))
    return PartyFigures(own(), at, held.figures(), lanes, days, drawn, extras if offices is None else {})


def _group(tally: Tally, groups: Iterable[Any]) -> Group:
    inspections, finds, _no_finds, _other = tally.counts(groups)
    return Group(inspections, finds)


def released_figures(operation: Operation, party: str, released: ReleasedFigures | None) -> PartyFigures:
    """The figures of another party, as its latest release has them."""
    if released is None:
        return PartyFigures(party, None)
    by_lane = {one["lane"]: _kept(one) for one in released.controls if one["lane"]}
    drawn = by_lane.pop(RANDOM, Group())
    return PartyFigures(
        party=party,
        as_of=released.at,
        counted=figures_in(party, released.figures, released.controls, released.ends_on),
        lanes=by_lane,
        days={one["day"]: _kept(one) for one in released.controls if one["day"]},
        drawn=drawn,
        extras=others_in(released.figures),
        final=released.is_final,
        released=released,
    )


def _kept(one: dict[str, Any]) -> Group:
    return Group(int(one["inspections"]), int(one["finds"]))


def latest_releases(operation: Operation) -> dict[str, ReleasedFigures]:
    """The latest release of each party that has released anything."""
    found: dict[str, ReleasedFigures] = {}
    for one in ReleasedFigures.objects.filter(operation=operation).order_by("modified").defer("content"):
        found[one.administration] = one
    return found


def by_key(figures: Iterable[Figure]) -> dict[tuple[str, str, str, str, str], Decimal]:
    """Amounts by measure, unit, basis, currency and stage, whoever's and however final: for comparing two counts."""
    found: dict[tuple[str, str, str, str, str], Decimal] = {}
    for one in figures:
        key = (one.key.measure.value, one.key.unit, one.key.basis, one.key.currency, one.key.stage)
        found[key] = found.get(key, Decimal(0)) + one.amount
    return found


def up_to(figures: PartyFigures) -> date | None:
    """The last day that a party's figures cover."""
    return figures.released.ends_on if figures.released else None
