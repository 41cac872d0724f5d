"""The rule files of ``data/rules``: typed, checked, and found by administration."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from tidewaiter.procedures.events import EventKind
from tidewaiter.procedures.words import ProcedureDataError, Words

__all__ = ["Counting", "Law", "Procedure", "ProcedureDataError", "Rule", "Statement", "Unit", "procedure_of"]


class Unit(StrEnum):
    """What a clock counts."""

    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"


class Counting(StrEnum):
    """Which day is the first: that of the event, or the one after it."""

    DAY_AFTER = "day_after"
    EVENT_DAY = "event_day"


@dataclass(frozen=True, slots=True)
class Law:
    """Where a rule stands. ``as_of`` is the day of the last look at the text; ``confirmed`` by whom it binds."""

    instrument: Words
    article: str
    source: str
    as_of: date
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """A clock in law: the event that starts it, its length, what stops it, what happens when it has run out."""

    code: str
    title: Words
    on_expiry: Words
    law: Law
    valid_from: date
    valid_until: date | None
    starts: EventKind
    needs_proof: bool
    length: int
    unit: Unit
    counting: Counting
    stops: frozenset[EventKind]

    def in_force(self, day: date) -> bool:
        """Say whether this version of the rule applies to an event of ``day``."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


@dataclass(frozen=True, slots=True)
class Statement:
    """What a jurisdiction says in place of a clock: that no day count is confirmed."""

    code: str
    title: Words
    text: Words
    law: Law


@dataclass(frozen=True, slots=True)
class Procedure:
    """The rules of one jurisdiction; ``calendar`` names its working days, empty where none are needed."""

    jurisdiction: str
    calendar: str
    rules: tuple[Rule, ...]
    statements: tuple[Statement, ...]


@cache
def procedure_of(administration: str) -> Procedure:
    """The rules for an administration: its own file (CN-GD), else its country's (CN), else a word that there are none.

    Raises ProcedureDataError for a file that contradicts itself.
    """
    folder = files("tidewaiter.procedures").joinpath("data", "rules")
    known = {path.name for path in folder.iterdir()}
    wanted = (f"{administration}.toml", f"{administration.partition('-')[0]}.toml")
    name = next((name for name in wanted if name in known), "none.toml")
    return read_procedure(folder.joinpath(name).read_text(encoding="utf-8"), name)


def read_procedure(text: str, where: str) -> Procedure:
    """Read the rules of a jurisdiction from TOML. Raises ProcedureDataError with the file and the entry."""
    table = tomllib.loads(text)
    laws: Mapping[str, Any] = table["law"]
    rules = tuple(_rule(entry, laws, f"{where}, {entry.get('code')}") for entry in table.get("clock", ()))
    statements = tuple(
        Statement(
            code=entry["code"],
            title=Words.read(entry["title"], f"{where}, {entry['code']}, title"),
            text=Words.read(entry["on_expiry"], f"{where}, {entry['code']}, on_expiry"),
            law=_law(entry, laws, f"{where}, {entry['code']}"),
        )
        for entry in table.get("statement", ())
    )
    _check_versions(rules, where)
    if any(rule.unit is Unit.WORKING_DAY for rule in rules) and not table.get("calendar"):
        raise ProcedureDataError(f"{where}: working days are counted, but no calendar is named")
    return Procedure(table["jurisdiction"], table.get("calendar", ""), rules, statements)


def _rule(entry: Mapping[str, Any], laws: Mapping[str, Any], where: str) -> Rule:
    if entry["length"] < 1:
        raise ProcedureDataError(f"{where}: a length of {entry['length']}")
    try:
        starts, unit, counting = EventKind(entry["starts"]), Unit(entry["unit"]), Counting(entry["counting"])
        stops = frozenset(EventKind(kind) for kind in entry["stops"])
    except ValueError as fault:
        raise ProcedureDataError(f"{where}: {fault}") from fault
    return Rule(
        code=entry["code"],
        title=Words.read(entry["title"], f"{where}, title"),
        on_expiry=Words.read(entry["on_expiry"], f"{where}, on_expiry"),
        law=_law(entry, laws, where),
        valid_from=entry["valid_from"],
        valid_until=entry.get("valid_until"),
        starts=starts,
        needs_proof=entry["needs_proof"],
        length=entry["length"],
        unit=unit,
        counting=counting,
        stops=stops,
    )


def _law(entry: Mapping[str, Any], laws: Mapping[str, Any], where: str) -> Law:
    law = laws.get(entry["law"])
    if law is None:
        raise ProcedureDataError(f"{where}: the law {entry['law']!r} is not in the file")
    instrument = Words.read(law["instrument"], f"{where}, instrument")
    return Law(instrument, entry["article"], law["source"], law["as_of"], law["confirmed"])


def _check_versions(rules: tuple[Rule, ...], where: str) -> None:
    """Two versions of one rule must not be in force on the same day."""
    by_code: dict[str, list[Rule]] = {}
    for rule in sorted(rules, key=lambda rule: rule.valid_from):
        earlier = by_code.setdefault(rule.code, [])
        if earlier and (earlier[-1].valid_until is None or earlier[-1].valid_until >= rule.valid_from):
            raise ProcedureDataError(f"{where}, {rule.code}: two versions are in force on {rule.valid_from}")
        earlier.append(rule)
