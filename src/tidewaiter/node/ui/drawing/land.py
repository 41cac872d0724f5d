"""Land outlines of world-atlas (Natural Earth, public domain), read from TopoJSON: outlines only, no boundary of anyone.

The rings are unwrapped across the antimeridian, shifted where a map's window needs them, clipped to the window and thinned to what the
picture can show, so that the finest outline stays small on a page.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

WORLD = Path(__file__).resolve().parent.parent / "static" / "vendor" / "world"

Point = tuple[float, float]


class NoOutlines(Exception):
    """The front-end files are not there yet. The message says which command brings them."""


@dataclass(frozen=True, slots=True)
class Window:
    """What a map shows: degrees west, south, east (greater than west, past 180 where it crosses the antimeridian), north."""

    west: float
    south: float
    east: float
    north: float

    @property
    def wide(self) -> float:
        """Degrees from west to east."""
        return self.east - self.west

    @property
    def high(self) -> float:
        """Degrees from south to north."""
        return self.north - self.south


def rings(scale: str) -> tuple[tuple[Point, ...], ...]:
    """All outlines of the land at `scale` ("110m", "50m", "10m"), each a closed ring of (longitude, latitude), unwrapped.

    Raises NoOutlines where the vendored file is missing.
    """
    path = WORLD / f"land-{scale}.json"
    try:
        topology = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NoOutlines(f"{path.name} is not there: run `python -m tidewaiter.node.ui.vendor`") from None
    arcs = _arcs(topology)
    found: list[tuple[Point, ...]] = []
    for geometry in _geometries(topology["objects"]["land"]):
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        found += [_unwrapped(_ring(indexes, arcs)) for polygon in polygons for indexes in polygon]
    return tuple(found)


def _geometries(one: dict[str, object]) -> Iterable[dict[str, object]]:
    return one["geometries"] if one["type"] == "GeometryCollection" else [one]  # type: ignore[return-value]


def _arcs(topology: dict[str, object]) -> list[list[Point]]:
    """Decode the quantised, delta-coded arcs (TopoJSON specification 1.0, section 2.1.3)."""
    transform: dict[str, list[float]] = topology["transform"]  # type: ignore[assignment]
    (kx, ky), (dx, dy) = transform["scale"], transform["translate"]
    decoded = []
    for arc in topology["arcs"]:  # type: ignore[attr-defined]
        x = y = 0
        line = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            line.append((x * kx + dx, y * ky + dy))
        decoded.append(line)
    return decoded


def _ring(indexes: Iterable[int], arcs: list[list[Point]]) -> list[Point]:
    """Join arcs to a ring; a negative index ~i is arc i backwards; the shared point stands once."""
    ring: list[Point] = []
    for index in indexes:
        line = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring += line[1:] if ring else line
    return ring


def _unwrapped(ring: list[Point]) -> tuple[Point, ...]:
    shift, before, found = 0.0, ring[0][0], []
    for x, y in ring:
        if x - before > 180:
            shift -= 360
        elif before - x > 180:
            shift += 360
        before = x
        found.append((x + shift, y))
    return tuple(found)


def clipped(ring: Iterable[Point], window: Window) -> list[Point]:
    """The part of a ring inside a window (Sutherland and Hodgman 1974); empty where they do not meet."""
    points = list(ring)
    for axis, limit, keep_less in (
        (0, window.west, False),
        (0, window.east, True),
        (1, window.south, False),
        (1, window.north, True),
    ):
        points = _half(points, axis, limit, keep_less)
        if not points:
            return []
    return points


def _half(points: list[Point], axis: int, limit: float, keep_less: bool) -> list[Point]:
    def inside(point: Point) -> bool:
        return point[axis] <= limit if keep_less else point[axis] >= limit

    kept: list[Point] = []
    for before, point in zip([points[-1], *points[:-1]], points, strict=True) if points else []:
        if inside(before) != inside(point):
            share = (limit - before[axis]) / (point[axis] - before[axis])
            other = before[1 - axis] + share * (point[1 - axis] - before[1 - axis])
            kept.append((limit, other) if axis == 0 else (other, limit))
        if inside(point):
            kept.append(point)
    return kept


def scale_for(window: Window) -> str:
    """The coarsest outline that still looks like a coast at this width: 110m for the world, 10m for an estuary."""
    return "110m" if window.wide > 150 else "50m" if window.wide > 25 else "10m"


@lru_cache(maxsize=64)
def paths(window: Window, width: int, height: int) -> tuple[str, str]:
    """The land in a window as two SVG paths of a picture `width` by `height`: the fill, and the coast without the window's edges."""
    fill, coast = [], []
    margin = max(window.wide, window.high) * 0.02
    wider = Window(window.west - margin, window.south - margin, window.east + margin, window.north + margin)
    for ring in rings(scale_for(window)):
        for shift in (-360.0, 0.0, 360.0):
            if not _meets(ring, wider, shift):
                continue
            part = clipped(((x + shift, y) for x, y in ring), wider)
            line = _thinned([_place(point, window, width, height) for point in part])
            if len(line) > 2:
                fill.append(_written(line) + "Z")
                coast.append(_open(line, part_edges(wider, window, width, height)))
    return "".join(fill), "".join(coast)


def _meets(ring: tuple[Point, ...], window: Window, shift: float) -> bool:
    west, east = min(x for x, _ in ring) + shift, max(x for x, _ in ring) + shift
    south, north = min(y for _, y in ring), max(y for _, y in ring)
    return west < window.east and east > window.west and south < window.north and north > window.south


def _place(point: Point, window: Window, width: int, height: int) -> Point:
    return (point[0] - window.west) / window.wide * width, (window.north - point[1]) / window.high * height


def _thinned(line: list[Point], least: float = 0.7) -> list[Point]:
    """Points nearer than `least` pixels to the one before say nothing."""
    kept: list[Point] = []
    for x, y in line:
        if not kept or abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= least:
            kept.append((round(x, 1), round(y, 1)))
    return kept


def part_edges(wider: Window, window: Window, width: int, height: int) -> tuple[float, float, float, float]:
    """The sides of the clipping window in the picture: left, right, top, bottom."""
    left, top = _place((wider.west, wider.north), window, width, height)
    right, bottom = _place((wider.east, wider.south), window, width, height)
    return left, right, top, bottom


def _open(line: list[Point], edges: tuple[float, float, float, float]) -> str:
    """The line without its stretches along the clipping window."""
    left, right, top, bottom = edges

    def along(a: Point, b: Point) -> bool:
        return any(
            abs(a[i] - side) < 0.3 and abs(b[i] - side) < 0.3
            for i, side in ((0, left), (0, right), (1, top), (1, bottom))
        )

    pieces, drawing = [], False
    for a, b in zip(line, [*line[1:], line[0]], strict=True):
        if along(a, b):
            drawing = False
            continue
        pieces.append(f"L{b[0]:g} {b[1]:g}" if drawing else f"M{a[0]:g} {a[1]:g}L{b[0]:g} {b[1]:g}")
        drawing = True
    return "".join(pieces)


def _written(line: list[Point]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in line)
