"""What an operation came to on this node, for machines: `tidewaiter demo --json` and whoever recounts."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from tidewaiter.consolidation import Figure, Measure
from tidewaiter.node.operations.exchanged import own
from tidewaiter.node.operations.models import Operation, Statement
from tidewaiter.node.operations.queries import others, statements, tally
from tidewaiter.reports import as_text, statement_document


def result(operation: Operation) -> dict[str, Any]:
    """This administration's own result, counted now from its records, and the statement where there is one.

    ``items`` are by unit and within it by stage, ``values`` by basis, currency and stage: nothing unlike is added.
    Amounts are plain decimal text. ``delivery_seconds`` are of tips that arrived, in the order of their sending.
    """
    counted = [one.figure for one in tally.count(operation).figures()]
    sent = others.tips(operation)
    statement = Statement.objects.filter(operation=operation).select_related("operation", "snapshot").first()
    return {
        "administration": own(),
        "operation": operation.code,
        "state": operation.state,
        "consignments": others.consignments(operation),
        "selections": others.selections(operation),
        **{measure.value: _sum(counted, measure) for measure in _PLAIN},
        "items": _items(counted),
        "values": _values(counted),
        "tips": {"by_state": sent.by_state, "delivery_seconds": list(sent.delivery_seconds)},
        "undelivered": others.undelivered(),
        "statement": _statement(statement) if statement else None,
    }


_PLAIN = (Measure.INSPECTIONS, Measure.FINDS, Measure.NO_FINDS, Measure.SEIZURES, Measure.ARRESTS)


def _sum(figures: list[Figure], measure: Measure) -> int:
    return int(sum((one.amount for one in figures if one.key.measure is measure), Decimal(0)))


def _items(figures: list[Figure]) -> dict[str, dict[str, str]]:
    sums: defaultdict[str, defaultdict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for one in figures:
        if one.key.measure is Measure.ITEMS:
            sums[one.key.unit][one.key.stage] += one.amount
    return {unit: {stage: format(amount, "f") for stage, amount in held.items()} for unit, held in sums.items()}


def _values(figures: list[Figure]) -> dict[str, dict[str, dict[str, str]]]:
    sums: dict[str, dict[str, dict[str, Decimal]]] = {}
    for one in figures:
        if one.key.measure is Measure.VALUE:
            held = sums.setdefault(one.key.basis, {}).setdefault(one.key.currency, {})
            held[one.key.stage] = held.get(one.key.stage, Decimal(0)) + one.amount
    return {
        basis: {
            currency: {stage: format(amount, "f") for stage, amount in stages.items()}
            for currency, stages in currencies.items()
        }
        for basis, currencies in sums.items()
    }


def _statement(statement: Statement) -> dict[str, Any]:
    told = statements.value_of(statement)
    return {
        "number": told.number,
        "snapshot": told.snapshot,
        "digest": told.digest,
        "agreed": list(told.agreed),
        "figures": [
            {
                "party": one.key.party,
                "measure": one.key.measure.value,
                "amount": format(one.amount, "f"),
                "unit": one.key.unit,
                "basis": one.key.basis,
                "currency": one.key.currency,
                "stage": one.key.stage,
                "finality": one.key.finality.value,
            }
            for one in told.figures
        ],
        "texts": {
            language: as_text(statement_document(told, language, statements.WRITER))
            for language in statements.LANGUAGES
        },
    }
