"""The regions that joint operations and profiles name: Europe, Southeast Asia, the Belt and Road…

A region is a working list with a source and a date, not a statement about the status of any place. Regions overlap.
Members stand in ``data/region_members.csv``, names in ``data/regions.csv``.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache

from tidewaiter.refdata import countries
from tidewaiter.refdata.errors import UnknownCode
from tidewaiter.refdata.languages import word
from tidewaiter.refdata.tables import by_code, rows


@dataclass(frozen=True, slots=True)
class Region:
    """One list: its source, the date for which the source states it, and whether an administration confirmed it."""

    code: str
    source: str
    as_of: date
    confirmed: bool


def codes() -> tuple[str, ...]:
    """The region codes, in the order of the term base."""
    return tuple(by_code("regions"))


@cache
def find(code: str) -> Region:
    """Where the region's list comes from. Raises UnknownCode, with the codes that come close."""
    row = _row(code)
    return Region(code, row["source"], date.fromisoformat(row["as_of"]), row["confirmed"] == "yes")


@cache
def members(region_code: str, on: date | None = None) -> frozenset[str]:
    """The ISO 3166-1 alpha-2 codes of the region on that day; without a day, as the list stands after its last change.

    Raises UnknownCode, with the codes that come close.
    """
    row = _row(region_code)
    if row["all_but"]:
        return countries.codes() - set(row["all_but"].split())
    own = (line["country"] for line in rows("region_members") if line["region"] == region_code and _holds(line, on))
    parts = (members(part, on) for part in row["union_of"].split())
    return frozenset(own).union(*parts)


def name(code: str, language: str) -> str:
    """The region's name in ``language``. Raises UnknownCode."""
    return word(_row(code), language)


def _row(code: str) -> dict[str, str]:
    row = by_code("regions").get(code)
    if row is None:
        raise UnknownCode("region", code, codes())
    return row


def _holds(line: dict[str, str], on: date | None) -> bool:
    """Whether a membership stands on that day: an empty ``from`` is before the list's date, an empty ``until`` open."""
    if on is None:
        return not line["until"]
    day = on.isoformat()
    return line["from"] <= day and (not line["until"] or day <= line["until"])
