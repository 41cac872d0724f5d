"""The route of a consignment: on a map, and as a table."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from tidewaiter.node.targeting import words
from tidewaiter.node.ui.drawing.maps import Lane, LaneMap, Place
from tidewaiter.node.ui.tags.tables import Column, Table
from tidewaiter.refdata import places

Legs = Sequence[Mapping[str, Any]]


def route_map(legs: Legs) -> LaneMap | None:
    """The places of the route that have a position, joined in their order; None where there are fewer than two."""
    found: list[Place] = []
    for leg in legs:
        known = places.find(leg["place"]) if leg["place"] else None
        name = words.place(leg["place"] or "")
        if known is None or known.lat is None or known.lon is None or any(one.name == name for one in found):
            continue
        note = str(words.ROUTE_ROLES.get(leg["role"], ""))
        found.append(Place(name=name, latitude=known.lat, longitude=known.lon, note=note))
    if len(found) < 2:
        return None
    lanes = [Lane(through=(before.name, after.name), style="lane") for before, after in pairwise(found)]
    return LaneMap(title=_("Route as declared"), places=found, lanes=lanes, width=860, height=360)


def legs_table(legs: Legs) -> Table:
    """All legs, those without a position too."""
    columns = [Column(_("Leg")), Column(_("Place")), Column(_("Country")), Column(_("How it is known"))]
    bases = {"declared": _("Declared"), "established": _("Established by customs")}
    rows = [
        [
            str(words.ROUTE_ROLES.get(leg["role"], leg["role"])),
            words.place(leg["place"] or "") or "–",
            words.country(leg["country"] or "") or "–",
            bases.get(leg["basis"] or "", "–"),
        ]
        for leg in legs
    ]
    return Table(caption=_("Legs of the route"), columns=columns, rows=rows)
