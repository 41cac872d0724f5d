"""One's own records of an operation, reduced to what a frozen snapshot holds: ids, counts, references."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from tidewaiter.consolidation import Count, Finality, Measure, Record, Reference
from tidewaiter.domain.vocabulary import Finding
from tidewaiter.node.casework.models import Case, Control, LineValue, SeizureLine
from tidewaiter.node.operations.exchanged import own
from tidewaiter.node.operations.models import Operation

_FINAL = ("confirmed", "released")


def own_records(operation: Operation) -> list[Record]:
    """A record for each control and for each seizure that counts. Days are of the operation's zone."""
    return [*_controls(operation), *_seizures(operation)]


def _controls(operation: Operation) -> Iterable[Record]:
    for control in Control.objects.filter(operation_id=operation.pk).order_by("pk"):
        counts = [Count(Measure.INSPECTIONS, Decimal(1))]
        if control.finding == Finding.FIND:
            counts.append(Count(Measure.FINDS, Decimal(1)))
        elif control.finding == Finding.NO_FIND:
            counts.append(Count(Measure.NO_FINDS, Decimal(1)))
        yield Record(
            id=f"control:{control.pk}",
            party=own(),
            day=control.began_at.astimezone(operation.zone).date(),
            counts=tuple(counts),
            references=_references(control.references, control.tip_id),
            finality=Finality.FINAL,
        )


def _seizures(operation: Operation) -> Iterable[Record]:
    cases = Case.objects.filter(operation_id=operation.pk).exclude(status__in=("draft", "void")).exclude(state="void")
    counts: defaultdict[Any, list[Count]] = defaultdict(list)
    lines = SeizureLine.objects.filter(case__in=cases, voided_at__isnull=True).exclude(stage="returned")
    for key, quantity, unit, stage in lines.values_list("case", "quantity", "unit", "stage"):
        counts[key].append(Count(Measure.LINES, Decimal(1), stage=stage))
        counts[key].append(Count(Measure.ITEMS, quantity, unit=unit, stage=stage))
    values = LineValue.objects.filter(voided_at__isnull=True, line__in=lines)
    for key, basis, currency, amount, stage in values.values_list(
        "line__case", "basis", "currency", "amount", "line__stage"
    ):
        counts[key].append(Count(Measure.VALUE, amount, basis=basis, currency=currency, stage=stage))
    for case in cases.order_by("pk"):
        held = counts[case.pk]
        if held:
            held.insert(0, Count(Measure.SEIZURES, Decimal(1)))
        if case.arrests:
            held.append(Count(Measure.ARRESTS, Decimal(case.arrests)))
        if held:
            yield Record(
                id=f"case:{case.pk}",
                party=own(),
                day=case.detected_at.astimezone(operation.zone).date(),
                counts=tuple(held),
                references=_references(case.references, case.tip_id),
                seized=True,
                finality=Finality.FINAL if case.status in _FINAL else Finality.PROVISIONAL,
            )


def _references(held: Iterable[dict[str, str]], tip: Any) -> frozenset[Reference]:
    found = {Reference(one["type"], one["value"]) for one in held}
    return frozenset(found | {Reference("tip", str(tip))} if tip else found)
