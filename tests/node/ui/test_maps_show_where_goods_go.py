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

from tidewaiter.node.ui.drawing import land
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
    for kept in (land.paths, land.rings, land._boxes):
        kept.cache_clear()


@pytest.fixture
def small_world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for scale in ("110m", "50m", "10m"):
        (tmp_path / f"land-{scale}.json").write_text(json.dumps(SQUARE))
    monkeypatch.setattr(land, "WORLD", tmp_path)
    forget()
    yield
    forget()


@pytest.mark.usefixtures("small_world")
def test_arcs_are_decoded_and_joined() -> None:
    ring = land.rings("110m")[0]
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
    monkeypatch.setattr(land, "WORLD", tmp_path)
    forget()
    with pytest.raises(land.NoOutlines, match=r"tidewaiter\.node\.ui\.vendor"):
        land.rings("110m")


def test_the_globe_is_cut_where_no_lane_crosses() -> None:
    places = [HONG_KONG, LOS_ANGELES, ROTTERDAM]
    lanes = [Lane(through=("Hong Kong", "Los Angeles")), Lane(through=("Hong Kong", "Rotterdam"))]
    window = fitted(places, lanes, 800, 400)
    assert window.west < ROTTERDAM.longitude
    assert window.east > 360 + LOS_ANGELES.longitude


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
    window = fitted(places, [Lane(through=("A", "B"))], 800, 400)
    assert 0 < window.wide <= 360 and window.high > 0
    for place in places:
        turns = [place.longitude + 360 * k for k in (-1, 0, 1, 2)]
        assert any(window.west - 1e-6 <= x <= window.east + 1e-6 for x in turns)
