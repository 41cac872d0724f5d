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
_BY_UNLOCODE = "U"


def route_of(record: Record, outward: bool, partial: bool, doubts: Doubts) -> list[tuple[Any, ...]]:
    """Give the legs as tuples in the order of ``schemas.ROUTE_LEG``.

    The departure is leg 1, the country of the itinerary's number *n* leg *n* + 1, the destination the last; what only
    amends a declaration does not know how many there are, so that its destination has no number.
    """
    seen_at = _location_place(record)
    loading = _place(record.get("loading", ())) or (seen_at if outward else None)
    unloading = _place(record.get("unloading", ())) or (None if outward else seen_at)
    departures = _legs(RouteRole.DEPARTURE, _countries(record, "export_country"), loading)
    transits = _transits(record, partial, doubts)
    destinations = _legs(RouteRole.DESTINATION, _countries(record, "destination"), unloading)
    legs = [(1, *leg) for leg in departures] + transits
    last = max((leg[0] for leg in legs), default=0) + 1
    return legs + [(None if partial else last, *leg) for leg in destinations]


def _legs(role: RouteRole, countries: list[str], place: str | None) -> list[tuple[Any, ...]]:
    """Legs of one role, the place with the country that it lies in; a place alone is a leg too."""
    if not countries and place is not None:
        countries = [place[:2]]
    return [
        (role.value, country, place if place is not None and place[:2] == country else None, _DECLARED)
        for country in countries
    ]


def _countries(record: Record, slot: str) -> list[str]:
    """Country of the shipment, else those of its items, each once."""
    texts = [record[slot]] if slot in record else [item[slot] for item in record.get("items", ()) if slot in item]
    return list(dict.fromkeys(text.upper() for text in texts))


def _transits(record: Record, partial: bool, doubts: Doubts) -> list[tuple[Any, ...]]:
    numbered: list[tuple[int, str]] = []
    for index, leg in enumerate(record.get("itinerary", ()), start=1):
        country = code(leg.get("country"))
        if country is not None:
            number = doubts.whole(leg.get("sequence"), "route.sequence", _INT16)
            numbered.append((min(index, _INT16) if number is None else max(number, 0), country))
    numbered.sort(key=lambda leg: leg[0])
    if not partial:
        numbered = [(min(index, _INT16), country) for index, (_, country) in enumerate(numbered, start=1)]
    return [(number + 1, RouteRole.TRANSIT.value, country, None, _DECLARED) for number, country in numbered]


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
        readings = [unlocode(name[:5]) if name[:2] == country else None, unlocode(country + name[:3])]
        possible = [code for code in readings if code is not None]
        if possible:
            return next((code for code in possible if code in places.codes()), possible[0])
    return None


def location_code(record: Record) -> str | None:
    """Code of the goods' location as reports write it: country, type, qualifier and name in one word."""
    for location in record.get("locations", ()):
        name = location.get("identifier") or location.get("name")
        if name:
            return "".join(location.get(slot, "") for slot in ("country", "type", "qualifier")) + str(name)
    return None
