"""Customs offices and control points of the three administrations, as a tree.

The codes are Tidewaiter's own; a mainland customs district also has its four-digit code of the General Administration.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from tidewaiter.refdata.languages import LANGUAGES, word
from tidewaiter.refdata.tables import rows


@dataclass(frozen=True, slots=True)
class Office:
    """One office. ``parent`` is the code of the office above, None at the top of an administration.

    ``location_type`` is a code of the closed list of that name, None for an office that handles no goods itself;
    ``place`` is its UN/LOCODE, ``national_code`` the administration's own code, both None where not known.
    """

    code: str
    parent: str | None
    administration: str
    location_type: str | None
    place: str | None
    national_code: str | None
    names: Mapping[str, str]


@cache
def offices() -> tuple[Office, ...]:
    """All offices, each after the one above it."""
    return tuple(
        Office(
            code=row["code"],
            parent=row["parent"] or None,
            administration=row["administration"],
            location_type=row["location_type"] or None,
            place=row["place"] or None,
            national_code=row["national_code"] or None,
            names={language: word(row, language) for language in LANGUAGES},
        )
        for row in rows("offices")
    )


def find(code: str) -> Office | None:
    """The office of that code, or None."""
    return _by_code().get(code)


@cache
def below(code: str) -> frozenset[str]:
    """The codes of the office and of all offices under it; empty for an unknown code."""
    if find(code) is None:
        return frozenset()
    found = {code}
    for office in offices():  # an office stands after the one above it, so one pass is enough
        if office.parent in found:
            found.add(office.code)
    return frozenset(found)


@cache
def _by_code() -> dict[str, Office]:
    return {office.code: office for office in offices()}
