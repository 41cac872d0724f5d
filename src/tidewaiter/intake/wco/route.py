"""Route of a declaration, and where customs sees the goods."""

from typing import Any

from tidewaiter.domain.vocabulary import RouteBasis, RouteRole
from tidewaiter.intake.wco.doubts import Doubts
from tidewaiter.intake.wco.tree import Record
from tidewaiter.intake.wco.values import code, unlocode
from tidewaiter.refdata import places

__all__ = ["location_code", "route_of"]

_INT16 = 2**15 - 2
_DECLARED = RouteBasis.DECLARED.value
_DEPARTURE, _TRANSIT, _DESTINATION = (
    role.value for role in (RouteRole.DEPARTURE, RouteRole.TRANSIT, RouteRole.DESTINATION)
)
_BY_UNLOCODE = "U"


def route_of(record: Record, outward: bool, partial: bool, doubts: Doubts) -> list[tuple[Any, ...]]:
    """Give the legs as tuples in the order of ``schemas.ROUTE_LEG``.

    The departure is leg 1, the country of the itinerary's number *n* leg *n* + 1, the destination the last; what only
    amends a declaration does not know how many there are, so that its destination has no number.
    """
    loading = _place(record.get("loading", ()))
    unloading = _place(record.get("unloading", ()))
    if outward:
        loading = loading or _location_place(record)
    else:
        unloading = unloading or _location_place(record)
    legs = _legs(1, _DEPARTURE, _countries(record, "export_country"), loading)
    legs += _transits(record, partial, doubts)
    last = None if partial else max((leg[0] for leg in legs), default=0) + 1
    return legs + _legs(last, _DESTINATION, _countries(record, "destination"), unloading)


def _legs(number: int | None, role: str, countries: list[str], place: str | None) -> list[tuple[Any, ...]]:
    """Legs of one role, the place with the country that it lies in; a place alone is a leg too."""
    if place is None:
        return [(number, role, country, None, _DECLARED) for country in countries]
    at = place[:2]
    return [(number, role, country, place if at == country else None, _DECLARED) for country in (countries or [at])]


def _countries(record: Record, slot: str) -> list[str]:
    """Country of the shipment, else those of its items, each once."""
    if slot in record:
        return [record[slot].upper()]
    return list(dict.fromkeys([item[slot].upper() for item in record.get("items", ()) if slot in item]))


def _transits(record: Record, partial: bool, doubts: Doubts) -> list[tuple[Any, ...]]:
    itinerary = record.get("itinerary")
    if itinerary is None:
        return []
    numbered: list[tuple[int, str]] = []
    for index, leg in enumerate(itinerary, start=1):
        country = code(leg.get("country"))
        if country is not None:
            number = doubts.whole(leg.get("sequence"), "route.sequence", _INT16)
            numbered.append((min(index, _INT16) if number is None else max(number, 0), country))
    numbered.sort(key=lambda leg: leg[0])
    if not partial:
        numbered = [(min(index, _INT16), country) for index, (_, country) in enumerate(numbered, start=1)]
    return [(number + 1, _TRANSIT, country, None, _DECLARED) for number, country in numbered]


def _place(locations: list[Record]) -> str | None:
    for place in locations:
        code = unlocode(place.get("identifier", "")) or unlocode(place.get("name", ""))
        if code is not None:
            return code
    return None


def _location_place(record: Record) -> str | None:
    """UN/LOCODE of the goods' location: written with its country, or without it as some administrations do."""
    for location in record.get("locations", ()):
        if location.get("qualifier") != _BY_UNLOCODE:
            continue
        name = (location.get("identifier") or location.get("name") or "").upper()
        country = location.get("country", "").upper()
        written = unlocode(name[:5]) if name[:2] == country else None
        if written is not None and written in places.codes():
            return written
        added = unlocode(country + name[:3])
        found = added if written is None or added in places.codes() else written
        if found is not None:
            return found
    return None


def location_code(record: Record) -> str | None:
    """Code of the goods' location as reports write it: country, type, qualifier and name in one word."""
    for location in record.get("locations", ()):
        name = location.get("identifier") or location.get("name")
        if name:
            return "".join(location.get(slot, "") for slot in ("country", "type", "qualifier")) + str(name)
    return None
