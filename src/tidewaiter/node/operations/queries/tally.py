"""Counting one's own records of an operation: in the database, grouped, for a board that is looked at all day.

What counts, and how it is added, is decided in `casework.queries.figures` alone. Groups keep the office and the day, so
that one tally serves everybody: each sees the offices within reach.
"""

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, TruncDate

from tidewaiter.domain.vocabulary import Finding
from tidewaiter.node.casework.models import Control
from tidewaiter.node.casework.queries.figures import AmountGroup, Counted, Filter, amounts, put_together
from tidewaiter.node.operations.models import Operation
from tidewaiter.node.targeting.models import SelectedConsignment


@dataclass(frozen=True, slots=True)
class ControlGroup:
    """Controls of a day, office, lane (its mark, empty for none) and finding; ``drawn`` by chance alone or not."""

    day: str
    office: str
    lane: str
    drawn: bool
    finding: str
    count: int


@dataclass(frozen=True, slots=True)
class Tally:
    """All that was counted; ``with_tips`` are controls that came from a tip, by office."""

    controls: tuple[ControlGroup, ...] = ()
    amounts: tuple[AmountGroup, ...] = ()
    with_tips: dict[str, int] = field(default_factory=dict)

    def within(self, offices: Collection[str] | None) -> "Tally":
        """What of it lies in these offices; None is all."""
        if offices is None:
            return self
        return Tally(
            tuple(one for one in self.controls if one.office in offices),
            tuple(one for one in self.amounts if one.office in offices),
            {office: count for office, count in self.with_tips.items() if office in offices},
        )

    def figures(self) -> tuple[Counted, ...]:
        """The figures, each with the number of its records, in the order of measures."""
        return put_together(((one.finding, one.count) for one in self.controls), self.amounts)

    def counts(self, groups: Iterable[ControlGroup] | None = None) -> tuple[int, int, int, int]:
        """Inspections, finds, no finds, and those that could not be carried out."""
        found = {finding.value: 0 for finding in Finding}
        for group in self.controls if groups is None else groups:
            found[group.finding] += group.count
        finds, no_finds = found[Finding.FIND.value], found[Finding.NO_FIND.value]
        other = found[Finding.NOT_INSPECTABLE.value]
        return finds + no_finds + other, finds, no_finds, other

    def as_json(self) -> dict[str, Any]:
        """As it is kept between two looks."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Tally":
        """As it was kept."""
        return cls(
            tuple(ControlGroup(**one) for one in kept["controls"]),
            tuple(AmountGroup(**one) for one in kept["amounts"]),
            dict(kept["with_tips"]),
        )


def count(operation: Operation, *, first: datetime | None = None, last: datetime | None = None) -> Tally:
    """Count the records of an operation, detected from ``first`` up to, without, ``last`` where those are given."""
    wanted = Filter(operation_id=operation.pk, first=first, last=last)
    tips = (
        Control.objects.filter(wanted.wanted("began_at"), tip_id__isnull=False)
        .order_by()
        .values_list("office")
        .annotate(n=Count("pk"))
    )
    return Tally(tuple(_controls(operation, wanted)), tuple(amounts(wanted)), dict(tips))


def _controls(operation: Operation, wanted: Filter) -> Iterable[ControlGroup]:
    selected = SelectedConsignment.objects.filter(pk=OuterRef("selection_id"))
    groups = (
        Control.objects.filter(wanted.wanted("began_at"))
        .annotate(
            on=TruncDate("began_at", tzinfo=operation.zone),
            at=F("office_id"),
            lane=Coalesce(Subquery(selected.values("lane")[:1]), Value("")),
            drawn=Exists(selected.filter(kinds="|random|")),
        )
        .order_by()
        .values_list("on", "at", "lane", "drawn", "finding")
        .annotate(n=Count("pk"))
    )
    for day, office, lane, drawn, finding, number in groups:
        yield ControlGroup(_iso(day), office, lane, bool(drawn), finding, number)


def _iso(day: date) -> str:
    return day.isoformat()
