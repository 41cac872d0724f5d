"""All routes that occur, as one table of legs: a row's route is a number.

A route is fixed by the control point, the country at the other end, the direction and a variant: direct; by a hub; with
a final country behind the destination; with the origin left out; with a third country as origin, by way of a free zone.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from tidewaiter.domain.vocabulary import RouteBasis, RouteRole
from tidewaiter.schemas import ROUTE_LEG
from tidewaiter.simulation.columns import lists, ranges
from tidewaiter.simulation.places import CHANNELS, DESTINATIONS, HOME_COUNTRY, Channel, Destination

_DIRECT, HUB, FINAL, NO_ORIGIN, THIRD_ORIGIN = range(5)
VARIANTS = 5
VARIANT_MIX = np.array([0.58, 0.17, 0.13, 0.095, 0.025])
_HUBS = {"air": ("AEDXB", "SGSIN", "KRICN", "TRIST"), "sea": ("SGSIN", "MYPKG", "KRPUS", "LKCMB")}
_THIRD = (("MY", "MYPKG"), ("VN", "VNSGN"), ("AE", "AEJEA"), ("TH", "THLCH"))

Leg = tuple[str, str | None, str | None]


@dataclass(frozen=True)
class Routes:
    """Legs of all routes, and where each route's begin."""

    role: pa.Array
    country: pa.Array
    place: pa.Array
    starts: np.ndarray
    lengths: np.ndarray


def number(channel: np.ndarray, abroad: np.ndarray, outbound: np.ndarray, variant: np.ndarray) -> np.ndarray:
    """Give the number of a route."""
    return np.asarray(((channel * len(DESTINATIONS) + abroad) * 2 + outbound) * VARIANTS + variant)


def _legs(channel: Channel, far: Destination, outbound: bool, variant: int, salt: int) -> list[Leg]:
    flies = channel.kind in ("courier", "post", "air", "passenger")
    choices = far.air if flies else far.sea
    there = (far.country, choices[salt % len(choices)])
    here = (HOME_COUNTRY[channel.administration], channel.place)
    begin, end = (here, there) if outbound else (there, here)
    origin: tuple[str | None, str | None] = ("CN", None) if outbound else (far.country, None)
    legs: list[Leg] = []
    if variant == THIRD_ORIGIN:
        origin = _THIRD[salt % len(_THIRD)]
    if variant != NO_ORIGIN:
        legs.append((RouteRole.ORIGIN, *origin))
    if outbound and here[0] != "CN" and variant in (HUB, FINAL):
        legs += [(RouteRole.DEPARTURE, "CN", "CNSZX"), (RouteRole.TRANSIT, *here)]
    else:
        legs.append((RouteRole.DEPARTURE, *begin))
    if variant == HUB:
        hub = "HKHKG" if here[0] != "HK" and salt % 2 else _HUBS["air" if flies else "sea"][salt % 4]
        legs.append((RouteRole.TRANSIT, hub[:2], hub))
    legs.append((RouteRole.DESTINATION, *end))
    if variant == FINAL:
        legs.append((RouteRole.FINAL, end[0], None))
    return legs


def build() -> Routes:
    """Lay out all routes."""
    legs: list[Leg] = []
    starts, lengths = [], []
    for at, channel in enumerate(CHANNELS):
        for to, far in enumerate(DESTINATIONS):
            for outbound in (False, True):
                for variant in range(VARIANTS):
                    found = _legs(channel, far, outbound, variant, at * 7 + to)
                    starts.append(len(legs))
                    lengths.append(len(found))
                    legs += found
    role, country, place = (pa.array([leg[part] for leg in legs], pa.string()) for part in range(3))
    return Routes(role, country, place, np.array(starts), np.array(lengths))


def column(routes: Routes, chosen: np.ndarray, no_place: np.ndarray) -> pa.Array:
    """Write the column ``route`` for the routes chosen; places are left out where ``no_place`` is true."""
    lengths = routes.lengths[chosen]
    rows = len(chosen)
    owner = np.repeat(np.arange(rows), lengths)
    legs = pa.array(ranges(routes.starts[chosen], lengths))
    sequence = np.arange(len(owner)) - np.repeat(np.cumsum(lengths) - lengths, lengths) + 1
    place = routes.place.take(legs)
    hidden = pa.array(no_place[owner])
    place = pa.compute.if_else(hidden, pa.scalar(None, pa.string()), place)
    basis = pa.repeat(pa.scalar(str(RouteBasis.DECLARED), pa.string()), len(owner))
    columns = [pa.array(sequence.astype(np.int16)), routes.role.take(legs), routes.country.take(legs), place, basis]
    return lists(ROUTE_LEG, columns, owner, rows)
