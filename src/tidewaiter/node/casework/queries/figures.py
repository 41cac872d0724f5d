"""Figures of controls and cases for boards and statements: counted in the database, grouped, for pages that are
looked at all day. Counting has this one place: what an operation counts is put together from the same groups.

Unlike things stand apart: units, value bases, currencies and stages are parts of a figure's key. The figures are of
the whole node or of what the filter says, and pass no ``visible_to``: whoever shows them decides who may see them, and
hands ``offices`` in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q, Sum

from tidewaiter.consolidation.figures import Figure, Finality, Key, Measure
from tidewaiter.domain.vocabulary import Finding
from tidewaiter.node.casework.models import Case, Control, LineValue, SeizureLine

_NOT_COUNTED = ("draft", "void")
_FINAL = frozenset({"confirmed", "released"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which records count: of an operation, of offices (codes, None is all), detected from ``first`` up to ``last``."""

    operation_id: UUID | None = None
    offices: Collection[str] | None = None
    first: datetime | None = None
    last: datetime | None = None

    def wanted(self, moment: str, prefix: str = "") -> Q:
        """The condition for a model whose time of detection is ``moment``, reached through ``prefix``."""
        found = Q()
        if self.operation_id is not None:
            found &= Q(**{f"{prefix}operation_id": self.operation_id})
        if self.offices is not None:
            found &= Q(**{f"{prefix}office__in": list(self.offices)})
        if self.first is not None:
            found &= Q(**{f"{prefix}{moment}__gte": self.first})
        if self.last is not None:
            found &= Q(**{f"{prefix}{moment}__lt": self.last})
        return found


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure and how many records it counts; which ones stays at home."""

    figure: Figure
    records: int


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


def figures(wanted: Filter) -> tuple[Counted, ...]:
    """The figures of ``wanted``: inspections, finds, no finds, seizures, lines, items by unit and stage, values by
    basis, currency and stage, arrests; each with the number of controls, cases or lines counted.
    """
    controls = Control.objects.filter(wanted.wanted("began_at")).order_by().values_list("finding")
    return put_together(controls.annotate(n=Count("pk")), amounts(wanted))


def put_together(controls: Iterable[tuple[str, int]], groups: Iterable[AmountGroup]) -> tuple[Counted, ...]:
    """Figures from controls by finding and groups of amounts, in the order of measures."""
    sums: dict[Key, tuple[Decimal, int]] = {}
    party = str(settings.CONFIG.administration)
    for finding, number in controls:
        for measure in _measures_of(finding):
            _add(sums, Key(party, measure, finality=Finality.FINAL), Decimal(number), number)
    for one in groups:
        _add(sums, _key(one), Decimal(one.amount), one.records)
    order = list(Measure)
    keys = sorted(sums, key=lambda key: (order.index(key.measure), key))
    return tuple(Counted(Figure(key, sums[key][0]), sums[key][1]) for key in keys)


def _measures_of(finding: str) -> tuple[Measure, ...]:
    if finding == Finding.FIND:
        return (Measure.INSPECTIONS, Measure.FINDS)
    return (Measure.INSPECTIONS, Measure.NO_FINDS) if finding == Finding.NO_FIND else (Measure.INSPECTIONS,)


def _key(one: AmountGroup) -> Key:
    finality = Finality.FINAL if one.final else Finality.PROVISIONAL
    return Key(
        str(settings.CONFIG.administration),
        Measure(one.measure),
        one.unit,
        one.basis,
        one.currency,
        one.stage,
        finality,
    )


def _add(sums: dict[Key, tuple[Decimal, int]], key: Key, amount: Decimal, records: int) -> None:
    before = sums.get(key, (Decimal(0), 0))
    sums[key] = before[0] + amount, before[1] + records


def amounts(wanted: Filter) -> Iterator[AmountGroup]:
    """Count seizures, lines, items, values and arrests, by office and by all that makes them unlike.

    A seizure is a case with at least one line that counts. Lines of voided and draft cases, voided lines and goods that
    were returned as genuine do not count. Figures of confirmed cases are final, all others provisional.
    """
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
