"""Counting one's own records of an operation: in the database, grouped, for a board that is looked at all day.

The rules of what counts are those of `casework.queries.figures`, and a test holds the two against each other. Groups
keep the office and the day, so that one tally serves everybody: each sees the offices within reach.
"""

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Subquery, Sum, Value
from django.db.models.functions import Coalesce, TruncDate

from tidewaiter.consolidation import Figure, Finality, Key, Measure
from tidewaiter.domain.vocabulary import Finding
from tidewaiter.node.casework.models import Case, Control, LineValue, SeizureLine
from tidewaiter.node.casework.queries.figures import Filter
from tidewaiter.node.operations.exchanged import Counted, own
from tidewaiter.node.operations.models import Operation
from tidewaiter.node.targeting.models import SelectedConsignment

_NOT_COUNTED = ("draft", "void")
_FINAL = frozenset({"confirmed", "released"})


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
class AmountGroup:
    """An amount of a measure in an office, with all that makes it unlike others, and the records that it counts."""

    office: str
    measure: str
    amount: str
    records: int
    final: bool
    unit: str = ""
    basis: str = ""
    currency: str = ""
    stage: str = ""


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
        sums: dict[Key, tuple[Decimal, int]] = {}
        for group in self.controls:
            for measure in _measures_of(group.finding):
                _add(sums, Key(own(), measure, finality=Finality.FINAL), Decimal(group.count), group.count)
        for one in self.amounts:
            _add(sums, _key(one), Decimal(one.amount), one.records)
        order = list(Measure)
        keys = sorted(sums, key=lambda key: (order.index(key.measure), key))
        return tuple(Counted(Figure(key, sums[key][0]), sums[key][1]) for key in keys)

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


def _measures_of(finding: str) -> tuple[Measure, ...]:
    if finding == Finding.FIND:
        return (Measure.INSPECTIONS, Measure.FINDS)
    return (Measure.INSPECTIONS, Measure.NO_FINDS) if finding == Finding.NO_FIND else (Measure.INSPECTIONS,)


def _key(one: AmountGroup) -> Key:
    finality = Finality.FINAL if one.final else Finality.PROVISIONAL
    return Key(own(), Measure(one.measure), one.unit, one.basis, one.currency, one.stage, finality)


def _add(sums: dict[Key, tuple[Decimal, int]], key: Key, amount: Decimal, records: int) -> None:
    before = sums.get(key, (Decimal(0), 0))
    sums[key] = before[0] + amount, before[1] + records


def count(operation: Operation, *, first: datetime | None = None, last: datetime | None = None) -> Tally:
    """Count the records of an operation, detected from ``first`` up to, without, ``last`` where those are given."""
    wanted = Filter(operation_id=operation.pk, first=first, last=last)
    tips = (
        Control.objects.filter(wanted.wanted("began_at"), tip_id__isnull=False)
        .order_by()
        .values_list("office")
        .annotate(n=Count("pk"))
    )
    return Tally(tuple(_controls(operation, wanted)), tuple(_amounts(wanted)), dict(tips))


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


def _amounts(wanted: Filter) -> Iterable[AmountGroup]:
    lines = (
        SeizureLine.objects.filter(wanted.wanted("detected_at", "case__"), voided_at__isnull=True)
        .exclude(stage="returned")
        .exclude(case__status__in=_NOT_COUNTED)
        .exclude(case__state="void")
        .order_by()
    )
    cases = lines.values_list("case__office", "case__status").annotate(n=Count("case", distinct=True))
    for office, status, number in cases:
        yield AmountGroup(office, Measure.SEIZURES.value, str(number), number, status in _FINAL)
    goods = lines.values_list("case__office", "case__status", "unit", "stage")
    for office, status, unit, stage, number, quantity in goods.annotate(n=Count("pk"), q=Sum("quantity")):
        final = status in _FINAL
        yield AmountGroup(office, Measure.LINES.value, str(number), number, final, stage=stage)
        yield AmountGroup(office, Measure.ITEMS.value, _exact(quantity, 3), number, final, unit=unit, stage=stage)
    yield from _values(lines)
    arrested = (
        Case.objects.filter(wanted.wanted("detected_at"), arrests__gt=0)
        .exclude(status__in=_NOT_COUNTED)
        .exclude(state="void")
        .order_by()
        .values_list("office", "status")
        .annotate(n=Count("pk"), total=Sum("arrests"))
    )
    for office, status, number, persons in arrested:
        yield AmountGroup(office, Measure.ARRESTS.value, str(persons), number, status in _FINAL)


def _values(lines: Any) -> Iterable[AmountGroup]:
    groups = (
        LineValue.objects.filter(voided_at__isnull=True, line__in=lines)
        .order_by()
        .values_list("line__case__office", "line__case__status", "basis", "currency", "line__stage")
        .annotate(n=Count("line", distinct=True), total=Sum("amount"))
    )
    for office, status, basis, currency, stage, number, total in groups:
        yield AmountGroup(
            office,
            Measure.VALUE.value,
            _exact(total, 2),
            number,
            status in _FINAL,
            basis=basis,
            currency=currency,
            stage=stage,
        )


def _exact(amount: Decimal, places: int) -> str:
    """A sum with as many decimals as its column has (SQLite adds in floating point), without closing zeros."""
    text = format(amount.quantize(Decimal(1).scaleb(-places)), "f")
    return text.rstrip("0").rstrip(".")
