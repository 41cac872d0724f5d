"""Maps of lanes and routes: land outlines, curved lines, places, words beside them, and the same as a table."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import atan2, cos, degrees, hypot, radians, sin, sqrt

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
class Word:
    """Words in the picture, placed so that they do not run out of it or into each other."""

    x: str
    y: str
    anchor: str
    text: str
    css: str
    lang: str = ""


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


_SOUTHMOST, _NORTHMOST = -56.0, 78.0


def fitted(places: Sequence[Place], lanes: Sequence[Lane], width: int, height: int) -> Window:
    """The window round all places with room for their words, in the picture's proportions.

    The round world is cut where the fewest lanes cross, and of those where the emptiest stretch lies; polar ice is
    left out.
    """
    left, span = _cut(places, lanes)
    south, north = min(p.latitude for p in places), max(p.latitude for p in places)
    squeeze = cos(radians((south + north) / 2)) if span < 60 else 1.0
    wide, high = max(span * 1.3, 0.8), max((north - south) * 1.5, 0.4)
    wide = min(max(wide, high * width / height / squeeze), 360.0)
    high = min(wide * height / width * squeeze, _NORTHMOST - _SOUTHMOST)
    centre = (south + north) / 2
    if high > 90:
        centre = (_SOUTHMOST + _NORTHMOST) / 2
    centre = min(max(centre, _SOUTHMOST + high / 2), _NORTHMOST - high / 2) if span > 60 else centre
    west = left + span / 2 - wide / 2
    west -= 360 if west > 180 else 0
    return Window(west, centre - high / 2, west + wide, centre + high / 2)


def _cut(places: Sequence[Place], lanes: Sequence[Lane]) -> tuple[float, float]:
    """The westernmost longitude shown and the degrees to the easternmost."""
    stops = sorted({place.longitude % 360 for place in places})
    by_name = {place.name: place.longitude % 360 for place in places}
    legs = [(by_name[a], by_name[b]) for lane in lanes for a, b in pairwise(lane.through)]
    best = (len(legs) + 1, 0.0, 0.0, 0.0)
    for before, after in zip(stops, [*stops[1:], stops[0]], strict=True):
        gap = (after - before) % 360 or 360.0
        crossed = sum(_crosses(a, b, (before + gap / 2) % 360) for a, b in legs)
        best = min(best, (crossed, -gap, after, 360 - gap))
    return best[2], best[3]


def _crosses(a: float, b: float, meridian: float) -> bool:
    """Whether the short way from longitude `a` to `b` passes `meridian`."""
    start, end = (a, b) if (b - a) % 360 <= 180 else (b, a)
    return (meridian - start) % 360 < (end - start) % 360


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
    """Place everything in the picture. Lanes longer than 20 degrees are great circles, shorter ones gentle curves.

    Raises KeyError where a lane names a place that the map does not have, NoOutlines without vendored files.
    """
    window = map_.window or fitted(map_.places, map_.lanes, map_.width, map_.height)
    if window.wide > 60:  # degrees are square in a map of the world: the picture takes the height that this needs
        map_ = replace(map_, height=min(map_.height, round(map_.width * window.high / window.wide)))
    land, coast = paths(window, map_.width, map_.height)
    by_name = {place.name: place for place in map_.places}
    spot = {place.name: _spot(place.longitude, place.latitude, window, map_) for place in map_.places}
    lines = []
    for lane in map_.lanes:
        stops = [by_name[name] for name in lane.through]
        way = "".join(_leg(a, b, window, map_, spot) for a, b in pairwise(stops))
        lines.append((f"lane {STYLES[lane.style]}".strip(), f"{lane.weight:g}", way))
    dots = [(f"{x:.1f}", f"{y:.1f}", place.admin) for place in map_.places for x, y in [spot[place.name]]]
    return Drawn(map_.title, map_.width, map_.height, land, coast, lines, dots, _words(map_, spot))


def _spot(longitude: float, latitude: float, window: Window, map_: LaneMap) -> Point:
    x = longitude
    while x < window.west:
        x += 360
    while x > window.east and x - 360 >= window.west:
        x -= 360
    return (x - window.west) / window.wide * map_.width, (window.north - latitude) / window.high * map_.height


def _leg(a: Place, b: Place, window: Window, map_: LaneMap, spot: dict[str, Point]) -> str:
    (x1, y1), (x2, y2) = spot[a.name], spot[b.name]
    if hypot(a.longitude - b.longitude, a.latitude - b.latitude) < 20:
        bend = 0.14
        cx, cy = (x1 + x2) / 2 - (y2 - y1) * bend, (y1 + y2) / 2 + (x2 - x1) * bend
        return f"M{x1:.1f} {y1:.1f}Q{cx:.1f} {cy:.1f} {x2:.1f} {y2:.1f}"
    way = great_circle(a, b)
    start = x1 - (way[0][0] - window.west) / window.wide * map_.width
    points = [
        ((x - window.west) / window.wide * map_.width + start, (window.north - y) / window.high * map_.height)
        for x, y in way
    ]
    if abs(points[-1][0] - x2) > 2:  # the short way leaves the picture: bend inside it instead
        lift = min(map_.height * 0.22, abs(x2 - x1) * 0.22)
        return f"M{x1:.1f} {y1:.1f}Q{(x1 + x2) / 2:.1f} {min(y1, y2) - lift:.1f} {x2:.1f} {y2:.1f}"
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


_CHAR, _WIDE_CHAR, _LINE = 6.9, 12.6, 14.0


def _length(text: str) -> float:
    return sum(_WIDE_CHAR if "⺀" <= c <= "￦" else _CHAR for c in text)


def _words(map_: LaneMap, spot: dict[str, Point]) -> list[Word]:
    """Names beside their dots: of eight places round a dot the first that is free and inside the picture."""
    taken = [(x - 8, y - 8, x + 8, y + 8) for x, y in spot.values()]
    words: list[Word] = []
    for place in sorted(map_.places, key=lambda one: one.quiet):
        x, y = spot[place.name]
        wide = max(_length(place.name), _length(place.note)) + 4
        high = _LINE * (2 if place.note else 1)
        best = min(_around(x, y, wide, high), key=lambda box: _badness(box[1], taken, map_))
        anchor, box = best
        if place.quiet and _badness(box, taken, map_) > 0:
            continue
        taken.append(box)
        left = {"start": box[0], "end": box[2], "middle": (box[0] + box[2]) / 2}[anchor]
        words.append(Word(f"{left:.1f}", f"{box[1] + 11:.1f}", anchor, place.name, "strong halo", place.lang))
        if place.note:
            words.append(Word(f"{left:.1f}", f"{box[1] + 25:.1f}", anchor, place.note, "halo"))
    return words


Box = tuple[float, float, float, float]


def _around(x: float, y: float, wide: float, high: float) -> list[tuple[str, Box]]:
    gap, half = 11.0, high / 2
    return [
        ("start", (x + gap, y - half, x + gap + wide, y + half)),
        ("end", (x - gap - wide, y - half, x - gap, y + half)),
        ("middle", (x - wide / 2, y + gap, x + wide / 2, y + gap + high)),
        ("middle", (x - wide / 2, y - gap - high, x + wide / 2, y - gap)),
        ("start", (x + gap, y + 4, x + gap + wide, y + 4 + high)),
        ("start", (x + gap, y - 4 - high, x + gap + wide, y - 4)),
        ("end", (x - gap - wide, y + 4, x - gap, y + 4 + high)),
        ("end", (x - gap - wide, y - 4 - high, x - gap, y - 4)),
    ]


def _badness(box: Box, taken: Sequence[Box], map_: LaneMap) -> float:
    outside = max(0, -box[0]) + max(0, box[2] - map_.width) + max(0, -box[1]) + max(0, box[3] - map_.height)
    over = sum(
        max(0.0, min(box[2], other[2]) - max(box[0], other[0]))
        * max(0.0, min(box[3], other[3]) - max(box[1], other[1]))
        for other in taken
    )
    return outside * 100 + over
