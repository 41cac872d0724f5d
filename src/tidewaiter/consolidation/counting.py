"""From records to figures."""

from collections.abc import Iterable
from decimal import Decimal

from tidewaiter.consolidation.attribution import Attribution
from tidewaiter.consolidation.figures import Figure, Key, Measure
from tidewaiter.consolidation.records import Count, Record


def figures_of(records: Iterable[Record], attribution: Attribution) -> tuple[Figure, ...]:
    """Count the records, in the order of their keys; each figure names the records that it counts.

    Inspections, finds, no finds and arrests are what each party did itself: they count where they took place. Goods
    and cases count at home alone; a record whose consignment another party counts adds one to its party's ``assisted``.
    """
    amounts: dict[Key, Decimal] = {}
    counted: dict[Key, set[str]] = {}
    for record in records:
        for key, amount in _counts(record, at_home=attribution.counts(record.id)):
            amounts[key] = amounts.get(key, Decimal(0)) + amount
            counted.setdefault(key, set()).add(record.id)
    return tuple(Figure(key, amounts[key], tuple(sorted(counted[key]))) for key in sorted(amounts))


WORK = frozenset({Measure.INSPECTIONS, Measure.FINDS, Measure.NO_FINDS, Measure.ARRESTS})
"""Measures of what two parties may both have done about one consignment."""


def _counts(record: Record, *, at_home: bool) -> Iterable[tuple[Key, Decimal]]:
    for count in record.counts:
        if at_home or count.measure in WORK:
            yield _key(record, count), count.amount
    if not at_home:
        yield Key(record.party, Measure.ASSISTED, finality=record.finality), Decimal(1)


def _key(record: Record, count: Count) -> Key:
    return Key(
        party=record.party,
        measure=count.measure,
        unit=count.unit,
        basis=count.basis,
        currency=count.currency,
        stage=count.stage,
        finality=record.finality,
    )
