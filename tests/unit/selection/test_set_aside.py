"""What is set aside for a lane goes to the lane, costs the random share nothing, and keeps probabilities exact."""

from collections.abc import Callable

import pyarrow as pa
import pytest

from tidewaiter.selection.capacity import Capacity
from tidewaiter.selection.draw import draws
from tidewaiter.selection.lists import Selection, select
from tidewaiter.selection.quota import SelectionError
from tidewaiter.selection.set_aside import SetAside

Stratum = Callable[..., tuple[pa.Table, pa.Table, pa.Table]]
LANE = SetAside("OP-1", frozenset({"rule-p40"}), 0.3)
MARKS = ["!w50"] * 2 + ["p80"] * 12 + ["p40"] * 6


def _drawn(stratum: Stratum, *aside: SetAside, seed: int = 7, marks: list[str] = MARKS) -> Selection:
    tables = stratum(marks, 60, seed)
    return select(*tables, capacity=Capacity.uniform(10), seed=seed, share=0.1, set_aside=aside)


def _of(found: Selection, rule: str) -> list[str]:
    rows = found.rows.to_pylist()
    return [one["consignment_id"] for one in rows if one["status"] == "selected" and one["rule"] == rule]


def test_without_it_a_higher_priority_takes_all_places(stratum: Stratum) -> None:
    assert _of(_drawn(stratum), "rule-p40") == []


def test_a_share_of_the_capacity_goes_to_the_lane_and_the_rest_to_the_others(stratum: Stratum) -> None:
    for seed in range(1, 9):
        found = _drawn(stratum, LANE, seed=seed)
        by_chance = [one for one in found.rows.to_pylist() if one["origin"] == "random"]
        # Chance takes some of those lifted: their places go on to the others, never to nobody.
        assert 3 - len(by_chance) <= len(_of(found, "rule-p40")) <= 3
        assert found.strata.to_pylist()[0]["selected"] == 10
        assert found.strata.to_pylist()[0]["overflow"] == 0


def test_places_that_the_lane_does_not_need_go_to_the_others(stratum: Stratum) -> None:
    found = _drawn(stratum, LANE, marks=["p80"] * 12 + ["p40"])
    assert found.strata.to_pylist()[0]["selected"] == 10
    assert len(_of(found, "rule-p80")) >= 8


def test_what_is_mandatory_goes_first(stratum: Stratum) -> None:
    found = _drawn(stratum, LANE, marks=["!w50"] * 12 + ["p40"] * 6)
    assert _of(found, "rule-p40") == []


def test_the_random_share_is_the_same_with_and_without(stratum: Stratum) -> None:
    for seed in range(1, 9):
        drawn = [
            {one["consignment_id"] for one in found.rows.to_pylist() if one["origin"] == "random"}
            for found in (_drawn(stratum, seed=seed), _drawn(stratum, LANE, seed=seed))
        ]
        assert drawn[0] == drawn[1]


def test_a_rule_beside_the_deciding_one_counts(stratum: Stratum) -> None:
    tables = stratum(["p80"] * 12 + ["p50"], 60, 7)
    hits = pa.table({"message_id": [tables[1]["message_id"][-1].as_py()], "rule": ["OP-1/L1"]})
    lane = SetAside("OP-1", frozenset({"OP-1/L1"}), 0.1)
    found = select(*tables, capacity=Capacity.uniform(10), seed=7, share=0.1, set_aside=[lane], hits=hits)
    assert len(_of(found, "rule-p50")) == 1


def test_logged_probabilities_are_those_of_drawing_many_times(
    stratum: Stratum, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The candidates that are lifted stay the same: they follow from a draw of their own.
    import tidewaiter.selection.set_aside as room

    monkeypatch.setattr(room, "draws", lambda _seed, ids: draws(1, ids))
    times, counts, told = 500, dict.fromkeys(range(len(MARKS)), 0), {}
    for seed in range(times):
        for one in _drawn(stratum, LANE, seed=seed).rows.to_pylist():
            place = int(one["consignment_id"].rsplit(":", 1)[1])
            if place in counts:
                counts[place] += one["status"] == "selected"
                told[place] = one["probability"]
    assert {place: counts[place] / times for place in counts} == pytest.approx(told, abs=0.09)


def test_what_is_no_share_is_refused() -> None:
    with pytest.raises(SelectionError, match="OP-1"):
        SetAside("OP-1", frozenset(), 1.2)
