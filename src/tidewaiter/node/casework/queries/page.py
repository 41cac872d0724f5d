"""Everything that the page of one case shows, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.utils import timezone

from tidewaiter.domain.machines import CASE, CUSTODY, DISPOSAL, RECORD_STATUS, SEIZURE_STAGE
from tidewaiter.domain.state_machine import Machine, Transition
from tidewaiter.node.accounts.models import Person
from tidewaiter.node.casework import policies
from tidewaiter.node.casework.clocks import clocks_of
from tidewaiter.node.casework.models import Case, CaseEvent, Disposal, Exhibit, LineValue, SeizureLine
from tidewaiter.procedures import Clock, Level, clocks_for
from tidewaiter.refdata.offices import offices


@dataclass(frozen=True, slots=True)
class Sum:
    """What may be added: the values of one basis, currency and stage, with the lines and methods behind it."""

    basis: str
    currency: str
    stage: str
    amount: Decimal
    lines: tuple[int, ...]
    how: tuple[tuple[str, str, date], ...]


@dataclass(frozen=True, slots=True)
class Amount:
    """How many of one unit at one stage, and whether labels and packaging alone."""

    unit: str
    stage: str
    labels: bool
    number: Decimal


def whole(person: Person, pk: UUID) -> Case | None:
    """The case with all that hangs on it, None where there is none that the person sees."""
    values = LineValue.objects.filter(voided_at__isnull=True).select_related("assessed_by")
    return (
        Case.objects.visible_to(person)
        .select_related("office", "control", "control__officer", "opened_by")
        .prefetch_related(
            Prefetch("lines", SeizureLine.objects.select_related("right", "case")),
            Prefetch("lines__values", values),
            Prefetch("exhibits", Exhibit.objects.select_related("case", "line__case")),
            "photographs",
            Prefetch("events", CaseEvent.objects.select_related("recorded_by")),
            Prefetch("disposals", Disposal.objects.select_related("case", "line__case", "proposed_by")),
        )
        .filter(pk=pk)
        .first()
    )


def sums(lines: Iterable[SeizureLine]) -> list[Sum]:
    """The values that may be added, each sum apart from the others."""
    found: dict[tuple[str, str, str], list[tuple[SeizureLine, LineValue]]] = {}
    for line in lines:
        for value in line.values.all() if line.counts else ():
            found.setdefault((value.basis, value.currency, line.stage), []).append((line, value))
    return [
        Sum(
            *key,
            sum((value.amount for _line, value in pairs), Decimal(0)),
            tuple(line.number for line, _value in pairs),
            tuple(dict.fromkeys((value.method, value.assessed_by.name, value.valued_on) for _line, value in pairs)),
        )
        for key, pairs in found.items()
    ]


def unlike(found: Iterable[Sum]) -> tuple[int, int, int]:
    """How many bases, currencies and stages stand in these sums."""
    all_of = list(found)
    return (
        len({one.basis for one in all_of}),
        len({one.currency for one in all_of}),
        len({one.stage for one in all_of}),
    )


def amounts(lines: Iterable[SeizureLine]) -> list[Amount]:
    """The quantities, one figure a unit and stage; labels and packaging alone stand apart."""
    found: dict[tuple[str, str, bool], Decimal] = {}
    for line in lines:
        if line.counts:
            key = (line.unit, line.stage, line.infringement == "label_packaging")
            found[key] = found.get(key, Decimal(0)) + line.how_much.number
    return [Amount(*key, number) for key, number in found.items()]


def history(case: Case, clocks: Iterable[Clock]) -> list[tuple[datetime, str, Any, str]]:
    """What happened, newest first, with the clock that ends next at its head: (moment, kind, thing, state)."""
    found: list[tuple[datetime, str, Any, str]] = [(case.opened_at, "opened", case, "")]
    if case.control is not None:
        found.append((case.control.began_at, "control", case.control, ""))
    found += [(one.recorded_at, "fact", one, "") for one in case.events.all()]
    found += [(one.received_at, "photograph", one, "") for one in case.photographs.all()]
    found += [(one.created_at, "exhibit", one, "") for one in case.exhibits.all()]
    found += [(one.proposed_at, "disposal", one, "") for one in case.disposals.all()]
    if case.closed_at is not None:
        found.append((case.closed_at, "closed", case, ""))
    found.sort(key=lambda one: one[0], reverse=True)
    ending = next((clock for clock in clocks if clock.due is not None and clock.days_left is not None), None)
    if ending is not None and ending.due is not None:
        noon = timezone.make_aware(datetime(ending.due.year, ending.due.month, ending.due.day, 23, 59))
        found.insert(0, (noon, "ends", ending, "now"))
    return found


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another administration beside the case: what its law states. No clock of its law runs in a case that is not its.

    ``stated`` are the statements of its rules; empty where it has day counts, none of which has begun.
    """

    administration: str
    stated: tuple[Clock, ...]


def neighbours(case: Case) -> list[Neighbour]:
    """The other administrations, each with what is true of its clocks in a case of ours: that none runs, and why."""
    own, today = case.office.administration, timezone.localdate()
    others = dict.fromkeys(one.administration for one in offices() if one.administration != own)
    return [
        Neighbour(other, tuple(one for one in clocks_for(other, [], today) if one.level is Level.UNKNOWN))
        for other in others
    ]


@dataclass(frozen=True, slots=True)
class Can:
    """What a person may do on a case now; the state machines and the policy decide, the page draws it."""

    person: Person
    case: Case

    def edit(self) -> bool:
        """Whether the case and its lines may be changed."""
        return self.case.is_open and policies.cases.may(self.person, "edit", self.case)

    def exhibit(self) -> bool:
        """Whether exhibits and photographs may be added."""
        return self.case.is_open and policies.cases.may(self.person, "add_exhibit", self.case)

    def fact(self) -> bool:
        """Whether facts that clocks depend on may be recorded."""
        return self.case.is_open and policies.cases.may(self.person, "record_event", self.case)

    def dispose(self) -> bool:
        """Whether a disposal may be proposed."""
        return self.case.state != "void" and policies.cases.may(self.person, "propose_disposal", self.case)

    def names(self) -> bool:
        """Whether the restricted part may be read."""
        return policies.restricted.may(self.person, "see", self.case)

    def original(self) -> bool:
        """Whether sealed originals may be opened."""
        return policies.controls.may(self.person, "see_original", self.case)

    def moves(self) -> list[Transition]:
        """The actions on the case."""
        return self._of(CASE, self.case.state, "case", self.case)

    def statuses(self) -> list[Transition]:
        """The actions on the record's status."""
        return self._of(RECORD_STATUS, self.case.status, "status", self.case)

    def stages(self, line: SeizureLine) -> list[Transition]:
        """The actions on the stage of a line."""
        return self._of(SEIZURE_STAGE, line.stage, "stage", self.case) if self.case.is_open else []

    def custody(self, exhibit: Exhibit) -> list[Transition]:
        """The steps of custody."""
        return self._of(CUSTODY, exhibit.state, "custody", self.case)

    def disposals(self, disposal: Disposal) -> list[Transition]:
        """The actions on a disposal."""
        return self._of(DISPOSAL, disposal.state, "disposal", disposal)

    def _of(self, machine: Machine, state: str, kind: str, obj: object) -> list[Transition]:
        return [one for one in machine.actions(state) if policies.cases.may(self.person, f"{kind}.{one.action}", obj)]


def clocks_today(case: Case) -> list[Clock]:
    """The clocks of a case as they stand today, from facts that are read already."""
    return clocks_of(case, case.events.all())
