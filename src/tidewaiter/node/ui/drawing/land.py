"""The land in a window of the world as SVG paths.

The rings are shifted where a window needs them beyond 180 degrees, clipped to the window and thinned to what the
picture can show, so that the finest outline stays small on a page.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from tidewaiter.node.ui.drawing.outlines import Line, boxes, rings

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Window:
    """What a map shows: degrees west, south, east (greater than west, past 180 where it crosses the antimeridian),
    north."""

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


def near(ring: Line, window: Window) -> Line:
    """The ring without what cannot touch the window: of a stretch beyond one of its sides only the ends stay.

    Clipping what is left gives the same as clipping the whole, but of a continent's points few are left.
    """
    for axis, limit, sign in ((0, window.west, -1), (0, window.east, 1), (1, window.south, -1), (1, window.north, 1)):
        beyond = (ring[:, axis] - limit) * sign > 0
        ring = ring[~(beyond & np.roll(beyond, 1) & np.roll(beyond, -1))]
    return ring


def clipped(ring: Iterable[Sequence[float]], window: Window) -> list[Point]:
    """The part of a ring inside a window (Sutherland and Hodgman 1974); empty where they do not meet."""
    points: list[Point] = [(x, y) for x, y in ring]
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


@lru_cache(maxsize=256)
def paths(window: Window, width: int, height: int) -> tuple[str, str]:
    """The land in a window as two SVG paths of a picture `width` by `height`: the fill, and the coast without the
    window's edges."""
    fill, coast = [], []
    margin = max(window.wide, window.high) * 0.02
    wider = Window(window.west - margin, window.south - margin, window.east + margin, window.north + margin)
    scale = scale_for(window)
    for shift in (-360.0, 0.0, 360.0):
        for index in _meeting(scale, wider, shift):
            moved = rings(scale)[index] + np.array((shift, 0.0))
            part = clipped(near(moved, wider).tolist(), wider)
            line = _thinned([_place(point, window, width, height) for point in part])
            if len(line) > 2:
                fill.append(_written(line) + "Z")
                coast.append(_open(line, _edges(wider, window, width, height)))
    return "".join(fill), "".join(coast)


def _meeting(scale: str, window: Window, shift: float) -> list[int]:
    west, south, east, north = boxes(scale).T
    meets = (
        (west + shift < window.east) & (east + shift > window.west) & (south < window.north) & (north > window.south)
    )
    return [int(index) for index in np.flatnonzero(meets)]


def _place(point: Point, window: Window, width: int, height: int) -> Point:
    return (point[0] - window.west) / window.wide * width, (window.north - point[1]) / window.high * height


def _thinned(line: list[Point], least: float = 0.7) -> list[Point]:
    """Points nearer than `least` pixels to the one before say nothing."""
    kept: list[Point] = []
    for x, y in line:
        if not kept or abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= least:
            kept.append((round(x, 1), round(y, 1)))
    return kept


def _edges(wider: Window, window: Window, width: int, height: int) -> tuple[float, float, float, float]:
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
