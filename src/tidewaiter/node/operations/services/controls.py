"""Counts of controls as they are exchanged: of all, of chance, of each lane, day and office."""

from collections.abc import Iterable, Sequence
from datetime import date

from tidewaiter.exchange.objects import Controls
from tidewaiter.node.operations.exchanged import RANDOM
from tidewaiter.node.operations.models import Operation
from tidewaiter.node.operations.queries.tally import ControlGroup, Tally


def counts_of_day(counted: Tally, operation: Operation, day: date, offices: Sequence[str] = ()) -> tuple[Controls, ...]:
    """The counts of one day: all, chance, lanes, and those of the offices that have reported."""
    by_office = [
        _counts(counted, (one for one in counted.controls if one.office == code), office=code) for code in offices
    ]
    return (*counts_of(counted, operation, days=False), *by_office)


def counts_of(counted: Tally, operation: Operation, *, days: bool = True) -> tuple[Controls, ...]:
    """The counts of a whole period: all of them first, then of chance, of each lane, of each day."""
    found = [
        _counts(counted, counted.controls),
        _counts(counted, (one for one in counted.controls if one.drawn), lane=RANDOM),
    ]
    for lane in operation.lanes.all():
        found.append(_counts(counted, (one for one in counted.controls if one.lane == lane.mark), lane=lane.code))
    if days:
        for day in sorted({one.day for one in counted.controls}):
            of_day = (one for one in counted.controls if one.day == day)
            found.append(_counts(counted, of_day, day=date.fromisoformat(day)))
    return tuple(found)


def _counts(
    counted: Tally, groups: Iterable[ControlGroup], *, lane: str | None = None, day: date | None = None,
    office: str | None = None,
) -> Controls:  # fmt: skip
    inspections, finds, no_finds, other = counted.counts(groups)
    return Controls(
        inspections=inspections,
        finds=finds,
        no_finds=no_finds,
        not_inspectable=other,
        lane=lane,
        day=day,
        office=office,
    )
