"""Which records a figure counts: one's own, as far as the reader may see them."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from tidewaiter.consolidation import Finality, Key, Measure
from tidewaiter.domain.vocabulary import Finding
from tidewaiter.node.accounts.models import Person
from tidewaiter.node.casework.models import Case, Control, LineValue, SeizureLine
from tidewaiter.node.operations.models import Operation

_FINDINGS = {Measure.FINDS: Finding.FIND.value, Measure.NO_FINDS: Finding.NO_FIND.value}
_OF_CONTROLS = (Measure.INSPECTIONS, Measure.FINDS, Measure.NO_FINDS)
_FINAL = ("confirmed", "released")


class BadKey(ValueError):
    """An address that names no figure."""


def code_of(key: Key) -> str:
    """A figure's key as a part of an address: party.measure.unit.basis.currency.stage.finality, with _ for nothing."""
    parts = (key.party, key.measure.value, key.unit, key.basis, key.currency, key.stage, key.finality.value)
    return ".".join(part or "_" for part in parts)


def key_of(code: str) -> Key:
    """The key that an address names. Raises BadKey."""
    parts = ["" if part == "_" else part for part in code.split(".")]
    if len(parts) != 7:
        raise BadKey(code)
    party, measure, unit, basis, currency, stage, finality = parts
    try:
        return Key(party, Measure(measure), unit, basis, currency, stage, Finality(finality))
    except ValueError as wrong:
        raise BadKey(code) from wrong


def kind_of(key: Key) -> str:
    """What a figure's records are: control, case or line."""
    if key.measure in _OF_CONTROLS:
        return "control"
    return "case" if key.measure in (Measure.SEIZURES, Measure.CASES, Measure.ARRESTS) else "line"


def records(operation: Operation, key: Key, person: Person) -> Any:
    """The records of this node that ``key`` counts and ``person`` may see, newest first."""
    kind = kind_of(key)
    if kind == "control":
        found = Control.objects.visible_to(person).filter(operation_id=operation.pk)
        if key.measure in _FINDINGS:
            found = found.filter(finding=_FINDINGS[key.measure])
        return found.select_related("office").order_by("-began_at", "pk")
    cases = _cases(operation, key, Case.objects.visible_to(person).values("pk"))
    if key.measure is Measure.ARRESTS:
        return cases.filter(arrests__gt=0).select_related("office").order_by("-detected_at", "pk")
    lines = _lines(key, cases.values("pk"))
    if kind == "case":
        return cases.filter(pk__in=lines.values("case")).select_related("office").order_by("-detected_at", "pk")
    if key.measure is Measure.VALUE:
        values = LineValue.objects.filter(voided_at__isnull=True, basis=key.basis, currency=key.currency)
        lines = lines.filter(pk__in=values.values("line"))
    return lines.select_related("case", "case__office").order_by("-case__detected_at", "pk")


def _cases(operation: Operation, key: Key, visible: Any) -> Any:
    found = Case.objects.filter(operation_id=operation.pk, pk__in=visible).exclude(state="void")
    if key.finality is Finality.FINAL:
        return found.filter(status__in=_FINAL)
    return found.filter(status="provisional")


def _lines(key: Key, cases: Any) -> Any:
    found = SeizureLine.objects.filter(case__in=cases, voided_at__isnull=True).exclude(stage="returned")
    found = found.filter(stage=key.stage) if key.stage else found
    return found.filter(unit=key.unit) if key.unit else found


def values_of(lines: Collection[UUID], key: Key) -> dict[UUID, Any]:
    """The amounts of the lines on the key's basis, by line."""
    held = LineValue.objects.filter(voided_at__isnull=True, basis=key.basis, currency=key.currency, line__in=lines)
    return dict(held.values_list("line", "amount"))
