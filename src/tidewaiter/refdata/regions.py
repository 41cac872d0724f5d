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
    """One list: its ISO 3166-1 alpha-2 members, their source and date, and whether an administration confirmed it."""

    code: str
    members: frozenset[str]
    source: str
    as_of: date
    confirmed: bool


def codes() -> tuple[str, ...]:
    """The region codes, in the order of the term base."""
    return tuple(by_code("regions"))


@cache
def find(code: str) -> Region:
    """The region with its source and date. Raises UnknownCode, with the codes that come close."""
    row = by_code("regions").get(code)
    if row is None:
        raise UnknownCode("region", code, codes())
    return Region(
        code=code,
        members=_members(code),
        source=row["source"],
        as_of=date.fromisoformat(row["as_of"]),
        confirmed=row["confirmed"] == "yes",
    )


def members(region_code: str) -> frozenset[str]:
    """The ISO 3166-1 alpha-2 codes of the region. Raises UnknownCode, with the codes that come close."""
    return find(region_code).members


def name(code: str, language: str) -> str:
    """The region's name in ``language``. Raises UnknownCode."""
    return word(by_code("regions")[find(code).code], language)


@cache
def _members(code: str) -> frozenset[str]:
    row = by_code("regions")[code]
    if row["union_of"]:
        return frozenset().union(*(_members(part) for part in row["union_of"].split()))
    if row["all_but"]:
        return countries.codes() - set(row["all_but"].split())
    return frozenset(line["country"] for line in rows("region_members") if line["region"] == code)
