"""Figures of controls and cases for boards and statements: counted from the records, each with the ids it counts.

Unlike things stand apart: units, value bases, currencies and stages are parts of a figure's key. The figures are of
the whole node or of what the filter says, and pass no ``visible_to``: whoever shows them decides who may see them, and
hands ``offices`` in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q

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


def figures(wanted: Filter) -> tuple[Figure, ...]:
    """The figures of ``wanted``: inspections, finds, no finds, seizures, lines, items by unit and stage, values by
    basis, currency and stage, arrests. ``records`` are the ids of the controls, cases or lines counted.

    A seizure is a case with at least one line that counts. Lines of voided and draft cases, voided lines and goods that
    were returned as genuine do not count. Figures of confirmed cases are final, all others provisional.
    """
    counted = _Counted(str(settings.CONFIG.administration))
    for control, finding in Control.objects.filter(wanted.wanted("began_at")).values_list("pk", "finding"):
        counted.one(Measure.INSPECTIONS, control, final=True)
        if finding == Finding.FIND:
            counted.one(Measure.FINDS, control, final=True)
        elif finding == Finding.NO_FIND:
            counted.one(Measure.NO_FINDS, control, final=True)
    _lines(counted, wanted)
    for case, arrests, status in _cases(wanted).filter(arrests__gt=0).values_list("pk", "arrests", "status"):
        counted.add(counted.key(Measure.ARRESTS, status in _FINAL), Decimal(arrests), case)
    return counted.figures()


def _cases(wanted: Filter) -> Any:
    return Case.objects.filter(wanted.wanted("detected_at")).exclude(status__in=_NOT_COUNTED).exclude(state="void")


def _lines(counted: _Counted, wanted: Filter) -> None:
    lines = (
        SeizureLine.objects.filter(wanted.wanted("detected_at", "case__"), voided_at__isnull=True)
        .exclude(stage="returned")
        .exclude(case__status__in=_NOT_COUNTED)
        .exclude(case__state="void")
    )
    seen: set[UUID] = set()
    for line, case, quantity, unit, stage, status in lines.values_list(
        "pk", "case", "quantity", "unit", "stage", "case__status"
    ):
        final = status in _FINAL
        if case not in seen:
            seen.add(case)
            counted.one(Measure.SEIZURES, case, final=final)
        counted.one(Measure.LINES, line, final=final, stage=stage)
        counted.add(counted.key(Measure.ITEMS, final, unit=unit, stage=stage), quantity, line)
    values = LineValue.objects.filter(voided_at__isnull=True, line__in=lines)
    for line, basis, currency, amount, stage, status in values.values_list(
        "line", "basis", "currency", "amount", "line__stage", "line__case__status"
    ):
        key = counted.key(Measure.VALUE, status in _FINAL, basis=basis, currency=currency, stage=stage)
        counted.add(key, amount, line)


class _Counted:
    """Amounts and records by key, while counting."""

    def __init__(self, party: str) -> None:
        self._party = party
        self._amounts: dict[Key, Decimal] = {}
        self._records: dict[Key, list[str]] = {}

    def key(
        self, measure: Measure, final: bool, *, unit: str = "", basis: str = "", currency: str = "", stage: str = ""
    ) -> Key:
        finality = Finality.FINAL if final else Finality.PROVISIONAL
        return Key(self._party, measure, unit, basis, currency, stage, finality)

    def one(self, measure: Measure, record: UUID, *, final: bool, stage: str = "") -> None:
        self.add(self.key(measure, final, stage=stage), Decimal(1), record)

    def add(self, key: Key, amount: Decimal, record: UUID) -> None:
        self._amounts[key] = self._amounts.get(key, Decimal(0)) + amount
        self._records.setdefault(key, []).append(str(record))

    def figures(self) -> tuple[Figure, ...]:
        order = list(Measure)
        keys: Iterable[Key] = sorted(self._amounts, key=lambda key: (order.index(key.measure), key))
        return tuple(Figure(key, self._amounts[key], tuple(sorted(self._records[key]))) for key in keys)
