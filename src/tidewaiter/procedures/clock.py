"""A clock as an officer sees it: how many days are left, by which law, and what happens then."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files

from tidewaiter.procedures.rules import Law, Unit
from tidewaiter.procedures.words import Words
from tidewaiter.refdata.messages import Value


class Level(StrEnum):
    """How a clock stands today."""

    RUNNING = "running"
    DUE = "due"
    """Today is the last day."""
    OVER = "over"
    NOT_STARTED = "not_started"
    UNKNOWN = "unknown"
    """No day count is held or confirmed; see the notes."""
    MET = "met"
    """What it waited for happened in time."""


@dataclass(frozen=True, slots=True)
class Note:
    """A remark of a clock. ``code`` is stable; ``text`` gives the words."""

    code: str
    values: Mapping[str, Value]

    def text(self, language: str) -> str:
        """The remark in ``language``. Raises UnknownCode for an unknown language."""
        return _notes()[self.code].text(language, **self.values)


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock of a case on one day.

    ``start`` is the day of the event that it runs from, ``due`` its last day, None where it does not run. ``days_left``
    counts in ``unit`` the days after today up to and including ``due``: 0 on the last day, below zero when over, None
    where it does not run or has been met. ``calendar_days_left`` counts every day. ``published`` says whether the
    holidays of all its years are known; where they are not, the due date may move and a note says so.
    """

    code: str
    title: Words
    on_expiry: Words
    law: Law
    level: Level
    unit: Unit | None = None
    length: int | None = None
    start: date | None = None
    due: date | None = None
    days_left: int | None = None
    calendar_days_left: int | None = None
    published: bool = True
    notes: tuple[Note, ...] = ()


@cache
def _notes() -> dict[str, Words]:
    text = files("tidewaiter.procedures").joinpath("data", "notes.toml").read_text(encoding="utf-8")
    return {code: Words.read(table, f"notes.toml, {code}") for code, table in tomllib.loads(text).items()}
