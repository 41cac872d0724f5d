"""The script and the cast: read once from the two data files of this room."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

ADMINISTRATIONS = ("CN-GD", "HK", "MO")
LANGUAGES = {"CN-GD": "zh-hans", "HK": "zh-hant", "MO": "zh-hant-mo"}
"""In what people of each administration see their pages where nobody asks for another language."""


@dataclass(frozen=True, slots=True)
class Player:
    """One person of the cast: username, names, role, and the offices for which it is granted, the first one's own."""

    username: str
    latin: str
    han: str
    role: str
    offices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """An operation on the world's days: the first and how many; ``today`` is the day that it is in now, else 0."""

    code: str
    names: Mapping[str, str]
    day: int
    days: int
    today: int

    def played(self) -> range:
        """The world's days that are played."""
        return range(self.day, self.day + (self.today or self.days))


@cache
def script() -> Mapping[str, Any]:
    """All parameters, as the file has them."""
    return tomllib.loads(_read("script.toml"))


@cache
def cast(administration: str) -> tuple[Player, ...]:
    """The people of an administration."""
    rows = tomllib.loads(_read("cast.toml"))[administration]
    return tuple(Player(one["username"], one["latin"], one["han"], one["role"], tuple(one["offices"])) for one in rows)


def player(administration: str, role: str) -> Player:
    """The first of that role: who steers, answers tips, runs the lists, keeps the cases."""
    return next(one for one in cast(administration) if one.role == role)


def period(which: str) -> Period:
    """The first operation, which is over, or the second, which runs."""
    found = script()[which]
    return Period(found["code"], found["names"], found["day"], found["days"], found.get("today", 0))


def world_start(today: date) -> date:
    """The first day of the world, so that its last one is today."""
    return today - timedelta(days=script()["world"]["days"] - 1)


def tip_words(language: str, mode: int | None, courier: bool) -> Mapping[str, str]:
    """Title and text of a tip in the language of who writes it, by how the goods move; both take ``{reference}``."""
    told = tomllib.loads(_read("tips.toml"))
    of_language = told.get(language) or told[language.removesuffix("-mo")]
    found: Mapping[str, str] = of_language["courier" if courier else _MOVES.get(mode or 0, "other")]
    return found


_MOVES = {1: "container", 8: "container", 3: "lorry"}


def _read(name: str) -> str:
    return (files("tidewaiter.demo") / "data" / name).read_text(encoding="utf-8")
