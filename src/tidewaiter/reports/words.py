"""The words of reports in four languages, and what writes numbers, days and money."""

import tomllib
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Protocol

from tidewaiter.refdata import closed_lists, units
from tidewaiter.refdata.languages import column
from tidewaiter.refdata.offices import find


class Writer(Protocol):
    """Writes values as a language writes them. ``lang`` is a BCP 47 tag; ``table`` asks for the form of tables."""

    def number(self, value: int | Decimal, lang: str, *, table: bool = False) -> str:
        """A number with all the decimals that it has."""
        ...

    def percent(self, ratio: Decimal, lang: str) -> str:
        """A ratio of 0 to 1 as per cent."""
        ...

    def money(self, amount: Decimal, currency: str, lang: str) -> str:
        """An exact amount with its currency, for tables."""
        ...

    def period(self, first: date, last: date, lang: str) -> str:
        """From day to day."""
        ...

    def day(self, day: date, lang: str) -> str:
        """A day with month and year."""
        ...

    def moment(self, moment: datetime, lang: str) -> str:
        """A day and a time with its zone."""
        ...


_FALLBACK = {"zh-Hant-MO": "zh-Hant"}


def word(key: str, language: str, *, count: int | None = None, **values: object) -> str:
    """The words of ``key`` in ``language`` with its placeholders filled; where ``count`` is one, those of ``key_one``
    in the languages that have them. Raises KeyError and UnknownCode."""
    column(language)
    held = [_words()[key]]
    if count == 1 and f"{key}_one" in _words():
        held.insert(0, _words()[f"{key}_one"])
    tags = (language, _FALLBACK.get(language, language))
    text = next(entry[tag] for entry in held for tag in tags if tag in entry)
    return text.format(**values)


@cache
def _words() -> dict[str, dict[str, str]]:
    text = files("tidewaiter.reports").joinpath("data", "words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def between(place: int, of: int, language: str) -> str:
    """What stands before the part at ``place`` (from 0) of a list of ``of`` parts: a comma, or the word and."""
    if place == of - 1:
        return word("and", language)
    return "、" if language.startswith("zh") else ", "


def joined(parts: Sequence[str], language: str) -> str:
    """A list in a sentence: A, B and C; 甲、乙及丙."""
    marks = ("", *(between(place, len(parts), language) for place in range(1, len(parts))))
    return "".join(mark + part for mark, part in zip(marks, parts, strict=False))


def party_name(code: str, language: str) -> str:
    """The name of an administration; its code where nobody has named it."""
    office = find(code)
    return code if office is None else office.names[language]


def place_name(code: str, language: str) -> str:
    """The place of an administration in short: Guangdong, Hong Kong, Macao; else its name."""
    known = _words()["places"].get(f"{code} {_FALLBACK.get(language, language)}")
    return known or party_name(code, language)


def unit_head(code: str, language: str) -> str:
    """The head of a column of that unit."""
    if code == "UNSTATED":
        return word("unit_unstated", language)
    known = _words()["units"].get(f"{code} {language}") or _words()["units"].get(
        f"{code} {_FALLBACK.get(language, language)}"
    )
    return known or units.unit_name(code, language)


def stage_name(code: str, language: str) -> str:
    """The word of a stage of a seizure."""
    return closed_lists.name("seizure_stage", code, language)


def basis_name(code: str, language: str) -> str:
    """The word of a value basis."""
    return closed_lists.name("value_basis", code, language)
