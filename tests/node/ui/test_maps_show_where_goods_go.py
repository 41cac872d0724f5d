"""Maps: outlines are read and clipped, the globe is cut where no lane crosses, words stay inside."""

import json
from collections.abc import Iterator
from itertools import pairwise
from math import isclose
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.node.ui.drawing import land, outlines
from tidewaiter.node.ui.drawing.labels import Word
from tidewaiter.node.ui.drawing.land import Window, clipped, near
from tidewaiter.node.ui.drawing.maps import Lane, LaneMap, Place, draw, fitted, great_circle

HONG_KONG = Place(name="Hong Kong", latitude=22.3, longitude=113.9)
LOS_ANGELES = Place(name="Los Angeles", latitude=33.7, longitude=-118.3)
ROTTERDAM = Place(name="Rotterdam", latitude=51.9, longitude=4.4)
SQUARE = {
    "type": "Topology",
    "transform": {"scale": [1, 1], "translate": [110, 20]},
    "objects": {"land": {"type": "GeometryCollection", "geometries": [{"type": "MultiPolygon", "arcs": [[[0, -2]]]}]}},
    "arcs": [[[0, 0], [5, 0], [0, 5]], [[9, 9], [1, 1]], [[0, 0], [0, 5], [5, 0]]],
}


def forget() -> None:
    for kept in (land.paths, outlines.rings, outlines.boxes):
        kept.cache_clear()


@pytest.fixture
def small_world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for scale in ("110m", "50m", "10m"):
        (tmp_path / f"land-{scale}.json").write_text(json.dumps(SQUARE))
    monkeypatch.setattr(outlines, "WORLD", tmp_path)
    forget()
    yield
    forget()


@pytest.mark.usefixtures("small_world")
def test_arcs_are_decoded_and_joined() -> None:
    ring = outlines.rings("110m")[0]
    assert ring[:3].tolist() == [[110.0, 20.0], [115.0, 20.0], [115.0, 25.0]]


@pytest.mark.usefixtures("small_world")
def test_a_map_is_drawn_with_its_words_inside_the_picture() -> None:
    drawn = draw(
        LaneMap(
            title="x", places=[HONG_KONG, LOS_ANGELES], lanes=[Lane(through=("Hong Kong", "Los Angeles"))], width=600
        )
    )
    assert drawn.land.startswith("M") and drawn.lines[0][2].startswith("M")
    assert {word.text for word in drawn.words} == {"Hong Kong", "Los Angeles"}
    assert all(0 <= float(word.x) <= 600 and 0 <= float(word.y) <= drawn.height for word in drawn.words)


def test_missing_outlines_say_which_command_brings_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outlines, "WORLD", tmp_path)
    forget()
    with pytest.raises(outlines.NoOutlines, match=r"tidewaiter\.node\.ui\.vendor"):
        outlines.rings("110m")


def test_the_world_is_cut_in_the_atlantic_so_that_no_lane_over_the_pacific_breaks() -> None:
    places = [HONG_KONG, LOS_ANGELES, ROTTERDAM]
    window = fitted(places, 800, 400)
    assert window.west >= -30 and window.east <= 330
    assert window.west < ROTTERDAM.longitude and window.east > 360 + LOS_ANGELES.longitude
    assert window.south > -60, "without Antarctica"


NEW_YORK = Place(name="New York", latitude=40.7, longitude=-74.0, note="837 controls")
SANTOS = Place(name="Santos", latitude=-23.9, longitude=-46.3)
TUEN_MUN = Place(name="Tuen Mun", latitude=22.37, longitude=113.97, admin="HK")
AIRPORT = Place(name="Hong Kong International Airport", latitude=22.31, longitude=113.92, admin="HK")
BRIDGE = Place(name="HZMB Hong Kong Port", latitude=22.32, longitude=113.95, admin="HK")
MACAO = Place(name="Macao", latitude=22.19, longitude=113.54, admin="MO")


@pytest.mark.usefixtures("small_world")
@pytest.mark.parametrize("end", [LOS_ANGELES, ROTTERDAM, NEW_YORK, SANTOS], ids=lambda place: place.name)
def test_a_lane_stays_in_the_picture_and_makes_no_jump(end: Place) -> None:
    drawn = draw(LaneMap(title="x", places=[HONG_KONG, end], lanes=[Lane(through=("Hong Kong", end.name))]))
    points = [tuple(map(float, one.split())) for one in drawn.lines[0][2].removeprefix("M").split("L")]
    assert all(0 <= x <= drawn.width and 0 <= y <= drawn.height for x, y in points)
    assert all(abs(a[0] - b[0]) < drawn.width / 8 for a, b in pairwise(points))


@pytest.mark.usefixtures("small_world")
@pytest.mark.parametrize(
    "places",
    [[HONG_KONG, LOS_ANGELES, ROTTERDAM, NEW_YORK, SANTOS], [HONG_KONG, TUEN_MUN, AIRPORT, BRIDGE, MACAO]],
    ids=["world", "estuary"],
)
def test_words_lie_over_no_line_and_not_over_each_other(places: list[Place]) -> None:
    lanes = [Lane(through=(places[0].name, place.name)) for place in places[1:]]
    map_ = LaneMap(title="x", places=places, lanes=lanes)
    boxes = [_box(word) for word in draw(map_).words]
    ways = [one.removeprefix("M").split("L") for _css, _weight, one in draw(map_).lines]
    points = [tuple(map(float, one.split())) for way in ways for one in way]
    for i, (left, top, right, bottom) in enumerate(boxes):
        assert not [(x, y) for x, y in points if left < x < right and top < y < bottom]
        for other in boxes[i + 1 :]:
            assert right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top


def _box(word: Word) -> tuple[float, float, float, float]:
    x, y, wide = float(word.x), float(word.y), 6.5 * len(word.text)
    left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[word.anchor]
    return left, y - 9, left + wide, y + 2


def test_prepared_outlines_are_those_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "land-10m.json").write_text(json.dumps(SQUARE))
    monkeypatch.setattr(outlines, "WORLD", tmp_path)
    forget()
    read = [ring.tolist() for ring in outlines.rings("10m")], outlines.boxes("10m").tolist()
    outlines.prepare(tmp_path)
    (tmp_path / "land-10m.json").unlink()
    forget()
    assert ([ring.tolist() for ring in outlines.rings("10m")], outlines.boxes("10m").tolist()) == read
    forget()


def test_a_great_circle_goes_the_short_way_and_over_the_antimeridian() -> None:
    way = great_circle(HONG_KONG, LOS_ANGELES)
    assert isclose(way[-1][0], 360 - 118.3, abs_tol=1e-6)
    assert max(latitude for _, latitude in way) > 40
    assert all(abs(a[0] - b[0]) < 20 for a, b in pairwise(way))


COORDINATE = st.tuples(st.floats(-180, 180), st.floats(-90, 90))


@given(st.lists(COORDINATE, min_size=3, max_size=30))
def test_what_is_clipped_lies_inside(ring: list[tuple[float, float]]) -> None:
    window = Window(-50, -20, 70, 40)
    for x, y in clipped(ring, window):
        assert -50 - 1e-6 <= x <= 70 + 1e-6 and -20 - 1e-6 <= y <= 40 + 1e-6


@given(st.lists(COORDINATE, min_size=3, max_size=30))
def test_leaving_out_what_lies_far_away_changes_nothing(ring: list[tuple[float, float]]) -> None:
    window = Window(-50, -20, 70, 40)
    few = near(np.array(ring), window).tolist()
    assert isclose(area(clipped(few, window)), area(clipped(ring, window)), abs_tol=1e-6)


def area(ring: list[tuple[float, float]]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True)) / 2


@given(st.floats(-80, 80), st.floats(-180, 180), st.floats(-80, 80), st.floats(-180, 180))
def test_every_place_lies_in_its_window(a: float, b: float, c: float, d: float) -> None:
    places = [Place(name="A", latitude=a, longitude=b), Place(name="B", latitude=c, longitude=d)]
    window = fitted(places, 800, 400)
    assert 0 < window.wide <= 360 and window.high > 0
    for place in places:
        turns = [place.longitude + 360 * k for k in (-1, 0, 1, 2)]
        assert any(window.west - 1e-6 <= x <= window.east + 1e-6 for x in turns)
