"""Places of trade and transport: UN/LOCODE, five characters without a space (``HKHKG``)."""

from dataclasses import dataclass
from functools import cache

from tidewaiter.refdata.tables import by_code

FUNCTIONS = {
    "1": "port",
    "2": "rail",
    "3": "road",
    "4": "airport",
    "5": "postal",
    "6": "inland_depot",
    "7": "fixed",
    "B": "border",
}
"""UN/LOCODE's function classifiers in our words; 0, function not known, gives no function."""


@dataclass(frozen=True, slots=True)
class Place:
    """One location. ``country`` is ISO 3166-1 alpha-2; ``lat`` and ``lon`` are degrees, None where not listed."""

    code: str
    name: str
    country: str
    functions: frozenset[str]
    lat: float | None
    lon: float | None


@cache
def codes() -> frozenset[str]:
    """All codes on our list: every place of CN, HK and MO, and the ports and airports of the rest of the world."""
    return frozenset(by_code("places"))


@cache
def find(code: str) -> Place | None:
    """The place of a UN/LOCODE (``HKHKG``), or None where our list does not hold it."""
    row = by_code("places").get(code)
    if row is None:
        return None
    return Place(
        code=code,
        name=row["name"],
        country=code[:2],
        functions=frozenset(FUNCTIONS[digit] for digit in row["functions"]),
        lat=float(row["lat"]) if row["lat"] else None,
        lon=float(row["lon"]) if row["lon"] else None,
    )
