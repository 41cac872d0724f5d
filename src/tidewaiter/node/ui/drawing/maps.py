"""Maps of lanes and routes: land outlines, curved lines, places, words beside them, and the same as a table."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import atan2, cos, degrees, hypot, radians, sin, sqrt

from tidewaiter.node.ui.drawing.labels import Label, Word, placed
from tidewaiter.node.ui.drawing.land import Point, Window, paths

STYLES = {"done": "", "now": "two", "todo": "three", "lane": ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place on a map. `admin` gives it the mark of an administration; `note` is a second line."""

    name: str
    latitude: float
    longitude: float
    admin: str = ""
    note: str = ""
    lang: str = ""
    quiet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """A line through two or more places, by their names. `style`: done, now, todo or lane; `weight` is its width in
    pixels."""

    through: Sequence[str]
    name: str = ""
    note: str = ""
    style: str = "lane"
    weight: float = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneMap:
    """A map with its title (read aloud instead of the picture) and the table that says the same. `window` None fits
    the places."""

    title: str
    places: Sequence[Place]
    lanes: Sequence[Lane] = field(default=())
    window: Window | None = None
    width: int = 860
    height: int = 420


@dataclass(frozen=True, slots=True)
class Drawn:
    """A map ready for its template: nothing but words and numbers written as words."""

    title: str
    width: int
    height: int
    land: str
    coast: str
    lines: list[tuple[str, str, str]]
    dots: list[tuple[str, str, str]]
    words: list[Word]
    leaders: list[str]


WORLD = Window(-30.0, -56.0, 330.0, 78.0)
"""The world with the Pacific in the middle (150 degrees east), so that no way from this coast leaves the picture on one
side and comes back on the other. The cut runs through the Atlantic; polar ice is left out."""

_WORLD_FROM = 190.0
"""Degrees from which on a map shows the whole world."""


def fitted(places: Sequence[Place], width: int, height: int) -> Window:
    """The window round all places with room for their words, in the picture's proportions; the world where they lie
    far apart."""
    easts = [_east(place.longitude) for place in places]
    west, east = min(easts), max(easts)
    south, north = min(p.latitude for p in places), max(p.latitude for p in places)
    squeeze = cos(radians((south + north) / 2)) if east - west < 60 else 1.0
    wide, high = max((east - west) * 1.3, 0.6), max((north - south) * 1.4, 0.3)
    wide = max(wide, high * width / height / squeeze)
    if wide > _WORLD_FROM:
        wide = min(max((east - west) * 1.28, WORLD.high * width / height), WORLD.wide)
        left = min(max((west + east) / 2 - wide / 2, WORLD.west), WORLD.east - wide)
        return Window(left, WORLD.south, left + wide, WORLD.north)
    high = min(wide * height / width * squeeze, WORLD.high)
    centre = (south + north) / 2
    if east - west > 20:  # where great circles bend to the north
        centre = min(max(centre + high * 0.08, WORLD.south + high / 2), WORLD.north - high / 2)
    left = (west + east) / 2 - wide / 2
    return Window(left, centre - high / 2, left + wide, centre + high / 2)


def _east(longitude: float) -> float:
    """The longitude on the Pacific's side of the cut."""
    return (longitude - WORLD.west) % 360 + WORLD.west


def great_circle(start: Place, end: Place, steps: int = 48) -> list[Point]:
    """Points of the shortest way between two places over the globe, as (longitude, latitude), unwrapped from the
    start."""
    a, b = (_vector(place) for place in (start, end))
    dot = max(-1.0, min(1.0, sum(i * j for i, j in zip(a, b, strict=True))))
    angle = atan2(sqrt(1 - dot * dot), dot)
    line: list[Point] = []
    for i in range(steps + 1):
        t = i / steps
        k, m = (1 - t, t) if angle < 1e-9 else (sin((1 - t) * angle) / sin(angle), sin(t * angle) / sin(angle))
        x, y, z = (k * p + m * q for p, q in zip(a, b, strict=True))
        longitude = degrees(atan2(y, x))
        if line:
            longitude += 360 * round((line[-1][0] - longitude) / 360)
        line.append((longitude, degrees(atan2(z, hypot(x, y)))))
    return line


def _vector(place: Place) -> tuple[float, float, float]:
    latitude, longitude = radians(place.latitude), radians(place.longitude)
    return cos(latitude) * cos(longitude), cos(latitude) * sin(longitude), sin(latitude)


def draw(map_: LaneMap) -> Drawn:
    """Place everything in the picture. Lanes longer than 20 degrees are great circles where these stay in the picture;
    others are gentle curves.

    Raises KeyError where a lane names a place that the map does not have, NoOutlines without vendored files.
    """
    window = map_.window or fitted(map_.places, map_.width, map_.height)
    if window.wide > 60:  # degrees are square in a map of the world: the picture takes the height that this needs
        map_ = replace(map_, height=min(map_.height, round(map_.width * window.high / window.wide)))
    land, coast = paths(window, map_.width, map_.height)
    by_name = {place.name: place for place in map_.places}
    spot = {place.name: _spot(place.longitude, place.latitude, window, map_) for place in map_.places}
    ways, lines = [], []
    for lane in map_.lanes:
        stops = [by_name[name] for name in lane.through]
        legs = [_leg(a, b, window, map_, spot) for a, b in pairwise(stops)]
        ways += legs
        lines.append((f"lane {STYLES[lane.style]}".strip(), f"{lane.weight:g}", "".join(_path(leg) for leg in legs)))
    dots = [(f"{x:.1f}", f"{y:.1f}", place.admin) for place in map_.places for x, y in [spot[place.name]]]
    labels = [
        Label(at=spot[place.name], text=place.name, note=place.note, lang=place.lang, quiet=place.quiet)
        for place in map_.places
    ]
    words, leaders = placed(labels, ways, map_.width, map_.height)
    return Drawn(map_.title, map_.width, map_.height, land, coast, lines, dots, words, leaders)


def _spot(longitude: float, latitude: float, window: Window, map_: LaneMap) -> Point:
    x = longitude
    while x < window.west:
        x += 360
    while x > window.east and x - 360 >= window.west:
        x -= 360
    return (x - window.west) / window.wide * map_.width, (window.north - latitude) / window.high * map_.height


def _leg(a: Place, b: Place, window: Window, map_: LaneMap, spot: dict[str, Point]) -> list[Point]:
    (x1, y1), (x2, y2) = spot[a.name], spot[b.name]
    if hypot(_east(a.longitude) - _east(b.longitude), a.latitude - b.latitude) < 20:
        bend = 0.14
        return _curve((x1, y1), ((x1 + x2) / 2 - (y2 - y1) * bend, (y1 + y2) / 2 + (x2 - x1) * bend), (x2, y2))
    way = great_circle(a, b)
    start = x1 - (way[0][0] - window.west) / window.wide * map_.width
    points = [
        ((x - window.west) / window.wide * map_.width + start, (window.north - y) / window.high * map_.height)
        for x, y in way
    ]
    if abs(points[-1][0] - x2) > 2 or min(y for _, y in points) < 10:
        # The short way leaves the picture, over its edge or near the pole: a curve inside it instead.
        lift = min(map_.height * 0.42, abs(x2 - x1) * 0.3)
        return _curve((x1, y1), ((x1 + x2) / 2, max(min(y1, y2) - lift, -min(y1, y2) + 24)), (x2, y2))
    return points


def _curve(start: Point, control: Point, end: Point, steps: int = 32) -> list[Point]:
    """A quadratic curve as points."""
    found = []
    for i in range(steps + 1):
        t = i / steps
        k, m, n = (1 - t) ** 2, 2 * t * (1 - t), t * t
        found.append((k * start[0] + m * control[0] + n * end[0], k * start[1] + m * control[1] + n * end[1]))
    return found


def _path(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
