"""Places of trade and transport: UN/LOCODE, five characters without a space (``HKHKG``).

The issue's own positions are now and then missing or wrong; ``data/place_positions.csv`` puts our places right.
"""

from dataclasses import dataclass
from functools import cache

from tidewaiter.refdata import countries
from tidewaiter.refdata.tables import by_code, rows

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

    def name_in(self, language: str) -> str:
        """Its name in ``language``: UN/LOCODE's own, but for a place that bears its territory's (Hong Kong, Macao)."""
        if self.name in (countries.name(self.country, "en"), *_ALSO.get(self.country, ())):
            return countries.name(self.country, language)
        return self.name


_ALSO = {"MO": ("Macau",)}
"""How UN/LOCODE spells a territory's name where we spell it otherwise."""


@cache
def codes() -> frozenset[str]:
    """All codes of UN/LOCODE, five characters without a space."""
    return frozenset(row["country"] + ending for row in rows("place_codes") for ending in row["endings"].split())


@cache
def find(code: str) -> Place | None:
    """The place of a UN/LOCODE (``HKHKG``), or None where our list has no more than the code, or not even that.

    Described are all places of CN, HK and MO, and the seaports and airports of the rest of the world.
    """
    row = by_code("places").get(code)
    if row is None:
        return None
    at = by_code("place_positions").get(code, row)
    return Place(
        code=code,
        name=row["name"],
        country=code[:2],
        functions=frozenset(FUNCTIONS[sign] for sign in row["functions"]),
        lat=float(at["lat"]) if at["lat"] else None,
        lon=float(at["lon"]) if at["lon"] else None,
    )
