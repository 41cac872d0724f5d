"""Rows lie in the partition of their administration and month, and none is lost on the way."""

from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.lake.layout import Partition
from tidewaiter.lake.parts import local_day, split

PLACES = st.tuples(
    st.sampled_from(["HK", "MO", "CN-GD", "X/../Y"]), st.none() | st.dates(date(2025, 1, 1), date(2026, 12, 31))
)


@given(st.lists(PLACES, max_size=40))
def test_a_split_keeps_every_row_and_its_order(rows: list[tuple[str, date | None]]) -> None:
    batch = pa.RecordBatch.from_pydict(
        {
            "administration": pa.array([row[0] for row in rows], pa.string()),
            "day": pa.array([row[1] for row in rows], pa.date32()),
            "row": pa.array(range(len(rows)), pa.int64()),
        }
    )
    parts = split(batch)
    assert sorted(n for _, part in parts for n in part.column("row").to_pylist()) == list(range(len(rows)))
    for partition, part in parts:
        assert part.column("row").to_pylist() == sorted(part.column("row").to_pylist())
        for row in part.to_pylist():
            assert partition.administration == row["administration"]
            assert partition.month == (row["day"].strftime("%Y-%m") if row["day"] else "unknown")


def test_an_odd_administration_stays_inside_its_table(tmp_path: Path) -> None:
    folder = Partition("X/../../Y", "2026-05").folder(tmp_path, "hit")
    assert folder.relative_to(tmp_path / "hit").parts == ("administration=X%2F..%2F..%2FY", "month=2026-05")


def test_the_day_is_local_and_falls_back() -> None:
    late = datetime(2026, 5, 1, 20, 0, tzinfo=UTC)
    batch = pa.RecordBatch.from_pydict(
        {
            "presented_at": pa.array([late, None, None, None], pa.timestamp("us", "UTC")),
            "presented_offset": pa.array([480, None, None, None], pa.int16()),
            "lodged_at": pa.array([None, late, None, None], pa.timestamp("us", "UTC")),
            "lodged_offset": pa.array([None, None, None, None], pa.int16()),
            "issued_at": pa.array([late, late, late, None], pa.timestamp("us", "UTC")),
        }
    )
    assert local_day(batch).to_pylist() == [date(2026, 5, 2), date(2026, 5, 1), date(2026, 5, 1), None]


def test_days_before_1970_are_days_too() -> None:
    early = datetime(1969, 12, 31, 23, 30, tzinfo=UTC)
    batch = pa.RecordBatch.from_pydict(
        {
            "presented_at": pa.array([early], pa.timestamp("us", "UTC")),
            "presented_offset": pa.array([-60], pa.int16()),
            "lodged_at": pa.array([None], pa.timestamp("us", "UTC")),
            "lodged_offset": pa.array([None], pa.int16()),
            "issued_at": pa.array([None], pa.timestamp("us", "UTC")),
        }
    )
    assert local_day(batch).to_pylist() == [date(1969, 12, 31)]


def test_files_say_which_schema_they_follow(tmp_path: Path) -> None:
    from tidewaiter.lake.layout import MESSAGE_STATE
    from tidewaiter.lake.parts import write_part
    from tidewaiter.schemas.versioned import name_and_version

    rows = pa.table(
        {"message_id": ["a"], "state": ["waiting"], "reason": ["declaration_missing"], "consignment_id": [None]}
    )
    write_part(tmp_path, "message_state", "x", rows)
    found = pq.read_schema(tmp_path / "message_state" / "part-x.parquet")
    assert name_and_version(found) == name_and_version(MESSAGE_STATE) == ("message_state", 1)
