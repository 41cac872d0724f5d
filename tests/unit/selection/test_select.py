"""The rules of the list: random share, mandatory, priority, overflow; the same bytes from any order."""

import io
import random
from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tidewaiter.schemas import SELECTION, STRATUM
from tidewaiter.selection.candidates import CANDIDATE
from tidewaiter.selection.capacity import Capacity, CapacityError
from tidewaiter.selection.draw import draws
from tidewaiter.selection.lists import STATUSES, Selection, select
from tidewaiter.selection.quota import SelectionError, pool_size, random_rows

Tables = tuple[pa.Table, pa.Table, pa.Table]
Make = Callable[..., Tables]
SEED = 5
MARK = st.sampled_from(["!w50", "!p90", "!t50", "w80", "p80", "t80", "p50", "t1"])


def _rows(found: Selection, status: str = "selected") -> list[dict[str, Any]]:
    return [row for row in found.rows.to_pylist() if row["status"] == status]


def _joined(*parts: Tables) -> Tables:
    strata, candidates, pool = (pa.concat_tables(tables) for tables in zip(*parts, strict=True))
    return strata, candidates, pool


def _drawn(tables: Tables, count: int) -> set[str]:
    pool = sorted(tables[2].to_pylist(), key=lambda row: row["draw"])
    return {row["consignment_id"] for row in pool[:count]}


@pytest.mark.parametrize(
    ("capacity", "share", "rows"),
    [(200, 0.1, 20), (25, 0.1, 3), (24, 0.1, 2), (2, 0.1, 1), (1, 0.1, 0), (1, 0.5, 1), (0, 1.0, 0), (7, 1.0, 7),
     (100, 0.145, 15), (3, 0.001, 1)],
)  # fmt: skip
def test_the_random_share_is_rounded_and_at_least_one(capacity: int, share: float, rows: int) -> None:
    assert random_rows(capacity, share) == rows


@pytest.mark.parametrize("share", [0, -0.1, 1.01, float("nan")])
def test_a_share_of_nothing_is_refused_with_a_sentence(stratum: Make, share: float) -> None:
    with pytest.raises(SelectionError, match="Without random controls nobody learns what the profiles miss"):
        select(*stratum([], 3, SEED), capacity=Capacity.uniform(2), seed=SEED, share=share)


def test_the_random_share_goes_to_the_smallest_draws_of_all(stratum: Make) -> None:
    tables = stratum(["!w90"] * 30, 60, SEED)
    found = select(*tables, capacity=Capacity.uniform(20), seed=SEED, share=0.5)
    assert {row["consignment_id"] for row in _rows(found) if row["origin"] == "random"} == _drawn(tables, 10)


def test_order_is_mandatory_random_priority_kind_draw(stratum: Make) -> None:
    marks = ["t80", "p80", "w80", "w79", "!t10", "!w70", "!p70", "p80"]
    tables = stratum(marks, 60, SEED)
    found = _rows(select(*tables, capacity=Capacity.uniform(12), seed=SEED, share=0.1))
    assert [row["rank"] for row in found] == list(range(1, 10))
    drawn = [row for row in found if row["origin"] == "random"]
    assert len(drawn) == 1 and not drawn[0]["mandatory"] and drawn[0]["rank"] == 4
    assert [row["priority"] for row in found[:3]] == [70, 70, 10]
    assert found[0]["draw"] < found[1]["draw"], "among mandatory ones of one priority the draw decides, not the kind"
    assert [(row["priority"], row["origin"]) for row in found[4:]] == [
        (80, "watchlist"), (80, "profile_hit"), (80, "profile_hit"), (80, "term"), (79, "watchlist"),
    ]  # fmt: skip
    assert found[5]["draw"] < found[6]["draw"]


def test_a_mandatory_one_that_is_drawn_counts_once(stratum: Make) -> None:
    tables = stratum(["!w50"] * 10, 10, SEED)
    found = select(*tables, capacity=Capacity.uniform(4), seed=SEED, share=0.5)
    rows = _rows(found)
    assert len(rows) == 4 and all(row["mandatory"] for row in rows)
    assert sorted(row["origin"] for row in rows) == ["random", "random", "watchlist", "watchlist"]
    assert [row["rule"] is None for row in rows] == [row["origin"] == "random" for row in rows]
    assert len(_rows(found, "overflow")) == 6
    assert found.strata.to_pylist()[0] == {
        "administration": "HK", "office": "Port", "day": date(2026, 5, 1), "population": 10, "capacity": 4,
        "random_share": 2, "mandatory": 10, "candidates": 10, "selected": 4, "overflow": 6,
    }  # fmt: skip


def test_without_capacity_all_mandatory_ones_overflow_with_an_alarm(stratum: Make) -> None:
    found = select(*stratum(["!w50", "!p60", "p90"], 9, SEED), capacity=Capacity.uniform(0), seed=SEED)
    assert [row["priority"] for row in _rows(found, "overflow")] == [60, 50]
    assert all(row["rank"] is None and row["probability"] == 0 for row in found.rows.to_pylist())
    assert len(_rows(found, "not_selected")) == 1 and not _rows(found)
    assert found.alarms("en") == ["2 mandatory hits exceed capacity at Port on 1 May 2026"]
    assert found.alarms("zh-Hans") == ["Port（2026年5月1日）有2票必查货物超出查验能力"]
    assert select(*stratum(["p1"], 9, SEED), capacity=Capacity.uniform(0), seed=SEED).alarms("en") == []


def test_places_left_over_stay_free_unless_asked(stratum: Make) -> None:
    tables = stratum(["p50", "w20"], 30, SEED)
    free = _rows(select(*tables, capacity=Capacity.uniform(10), seed=SEED, share=0.3))
    assert sum(row["origin"] == "random" for row in free) == 3 and len(free) <= 5
    filled = _rows(select(*tables, capacity=Capacity.uniform(10), seed=SEED, share=0.3, fill_with_random=True))
    assert len(filled) == 10
    assert {row["consignment_id"] for row in free} <= {row["consignment_id"] for row in filled}
    assert all(row["origin"] == "random" for row in filled[len(free) :]), "they stand last"
    everything = select(*tables, capacity=Capacity.uniform(99), seed=SEED, fill_with_random=True)
    assert len(_rows(everything)) == 30
    assert all(row["probability"] == pytest.approx(1) for row in everything.rows.to_pylist())


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.lists(MARK, max_size=12), st.integers(0, 12)), min_size=1, max_size=4),
    st.integers(0, 12),
    st.sampled_from([0.1, 0.34, 1.0]),
    st.booleans(),
)
def test_what_always_holds(
    stratum: Make, offices: list[tuple[list[str], int]], capacity: int, share: float, fill: bool
) -> None:
    parts = [stratum(marks, len(marks) + more, SEED, office=f"O{n}") for n, (marks, more) in enumerate(offices)]
    found = select(*_joined(*parts), capacity=Capacity.uniform(capacity), seed=SEED, share=share, fill_with_random=fill)
    assert found.rows.schema.equals(SELECTION, check_metadata=True)
    assert found.strata.schema.equals(STRATUM, check_metadata=True)
    for (marks, more), row in zip(offices, found.strata.to_pylist(), strict=True):
        rows = [one for one in found.rows.to_pylist() if one["office"] == row["office"]]
        selected = [one for one in rows if one["status"] == "selected"]
        hit = [one for one in rows if one["priority"] is not None]
        assert len(hit) == len(marks) == row["candidates"], "no candidate is ever dropped"
        assert row["selected"] == len(selected) <= capacity
        assert row["random_share"] == min(random_rows(capacity, share), len(marks) + more)
        assert [one["rank"] for one in selected] == list(range(1, len(selected) + 1))
        assert [STATUSES.index(one["status"]) for one in rows] == sorted(STATUSES.index(one["status"]) for one in rows)
        assert all(one["mandatory"] for one in rows if one["status"] == "overflow")
        assert not any(one["mandatory"] for one in rows if one["status"] == "not_selected")
        assert row["overflow"] == sum(one["status"] == "overflow" for one in rows)
        assert all(one["probability"] > 0 for one in selected)
        if row["overflow"]:
            assert all(one["mandatory"] or one["origin"] == "random" for one in selected)
        if fill or len(hit) >= capacity:
            assert len(selected) == min(capacity, len(marks) + more)


def _bytes(found: Selection) -> bytes:
    sink = io.BytesIO()
    for one in (found.rows, found.strata):
        with pa.ipc.new_stream(sink, one.schema) as writer:
            writer.write_table(one.combine_chunks())
    return sink.getvalue()


def test_the_order_of_the_inputs_changes_no_byte(stratum: Make) -> None:
    shuffle = random.Random(3)
    marks = ["!w50", "!p50", "w50", "w50", "p50", "p50", "t50", "t50", "t50"]
    days = [date(2026, 5, 2), None, date(2026, 5, 1)]
    tables = _joined(
        *(stratum(marks, 40, SEED, office=office, day=day) for office in ("", "Quay", "Ā") for day in days)
    )
    first = _bytes(select(*tables, capacity=Capacity.uniform(6), seed=SEED, share=0.3))
    for _ in range(5):
        again = []
        for one in tables:
            order = list(range(one.num_rows))
            shuffle.shuffle(order)
            again.append(one.take(order))
        assert _bytes(select(*again, capacity=Capacity.uniform(6), seed=SEED, share=0.3)) == first


def test_lists_are_sorted_and_days_without_a_date_stand_last(stratum: Make) -> None:
    tables = _joined(stratum(["p1"], 3, SEED, day=None), stratum(["p1"], 3, SEED), stratum(["p1"], 3, SEED, office=""))
    found = select(*tables, capacity=Capacity.uniform(3), seed=SEED).strata.to_pylist()
    assert [(row["office"], row["day"]) for row in found] == [
        ("", date(2026, 5, 1)), ("Port", date(2026, 5, 1)), ("Port", None),
    ]  # fmt: skip


def test_a_small_pool_suffices(stratum: Make) -> None:
    strata, candidates, pool = stratum(["p50"] * 20, 100, SEED)
    for fill in (False, True):
        capacity = Capacity.uniform(30)
        need = pool_size(capacity, share=0.1, fill_with_random=fill)
        assert need == (30 if fill else 3)
        short = pool.sort_by("draw").slice(0, need)
        options = {"capacity": capacity, "seed": SEED, "fill_with_random": fill}
        assert _bytes(select(strata, candidates, short, **options)) == _bytes(
            select(strata, candidates, pool, **options)
        )
        with pytest.raises(SelectionError, match="random pool holds too few"):
            select(strata, candidates, short.slice(1), **options)


def test_tables_that_do_not_fit_together_stop_the_run(stratum: Make) -> None:
    strata, candidates, pool = stratum(["p50"] * 20, 40, SEED)
    capacity = Capacity.uniform(10)

    def refused(*tables: pa.Table, seed: int = SEED) -> str:
        with pytest.raises(SelectionError) as error:
            select(*tables, capacity=capacity, seed=seed, share=0.5)
        return str(error.value)

    assert "do not come from the seed 6" in refused(strata, candidates, pool, seed=6)
    assert "stands there twice" in refused(strata, pa.concat_tables([candidates, candidates.slice(0, 1)]), pool)
    assert "HK office Port day 2026-05-01 twice" in refused(pa.concat_tables([strata, strata]), candidates, pool)
    assert "is not among the strata" in refused(strata.slice(1), candidates, pool)
    assert "lacks the column draw" in refused(strata, candidates.drop_columns(["draw"]), pool)
    small = strata.set_column(3, "population", pa.array([5], pa.int64()))
    assert "more candidates than consignments" in refused(small, candidates, pool.slice(0, 5))
    drawn = sorted(candidates.to_pylist(), key=lambda row: row["draw"])[0]["consignment_id"]
    without = pool.filter(pc.not_equal(pool["consignment_id"], drawn))
    assert f"{drawn} has a smaller draw than others of the random pool" in refused(strata, candidates, without)
    odd = candidates.set_column(7, "origin", pa.array(["hunch"] * 20))
    assert "unknown origin hunch" in refused(strata, odd, pool)
    nulls = candidates.set_column(6, "priority", pa.nulls(20, pa.int16()))
    assert "empty cells in priority" in refused(strata, nulls, pool)


def test_an_office_without_a_capacity_is_named(stratum: Make) -> None:
    with pytest.raises(CapacityError, match=r"no capacity for HK office Port day 2026-05-01; add a line .*\*,\*,\*,"):
        select(*stratum([], 3, SEED), capacity=Capacity({("MO", "*", "*"): 3}), seed=SEED)


def test_nothing_to_draw_from() -> None:
    empty = pa.table({"administration": [], "office": [], "day": [], "population": []}).cast(
        pa.schema([CANDIDATE.field(0), CANDIDATE.field(1), CANDIDATE.field(2), pa.field("population", pa.int64())])
    )
    nobody = pa.Table.from_pylist([], schema=CANDIDATE)
    found = select(empty, nobody, nobody, capacity=Capacity.uniform(3), seed=1)
    assert found.rows.num_rows == found.strata.num_rows == 0
    assert found.rows.schema.equals(SELECTION, check_metadata=True)


def test_many_strata_at_once() -> None:
    offices, each, hits = 800, 200, 125
    ids = pa.array([f"HK:{number}" for number in range(offices * each)])
    office = np.repeat(np.arange(offices), each)
    columns = {
        "administration": pa.array(["HK"] * len(ids)),
        "office": pa.array([f"O{number:03d}" for number in office]),
        "day": pa.nulls(len(ids), pa.date32()),
        "message_id": ids,
        "consignment_id": ids,
        "draw": draws(2, ids),
    }
    pool = pa.table(columns)
    place = np.arange(len(ids))
    chosen = pa.array(place % each < hits)
    kinds = np.array(["watchlist", "term", "profile_hit"])
    more = {
        "mandatory": pa.array(place % 50 == 0),
        "priority": pa.array((place * 7 % 101).astype(np.int16)),
        "origin": pa.array(kinds[place % 3].tolist()),
        "rule": ids,
        "channel": pa.nulls(len(ids), pa.string()),
    }
    candidates = pa.table(columns | more).filter(chosen)
    names = sorted(set(columns["office"].to_pylist()))
    strata = pa.table(
        {
            "administration": ["HK"] * offices,
            "office": names,
            "day": pa.nulls(offices, pa.date32()),
            "population": [each] * offices,
        }
    )
    found = select(strata, candidates, pool, capacity=Capacity.uniform(40), seed=2)
    assert found.rows.num_rows > 100_000
    assert found.strata["selected"].to_pylist() == [40] * offices
