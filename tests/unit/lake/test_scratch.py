"""What a run leaves for its later stages is what the Parquet files hold, and is gone at the end."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tidewaiter.lake import scratch

ITEM = pa.struct([pa.field("hs", pa.string()), pa.field("value", pa.float64()), pa.field("unit", pa.string())])
SCHEMA = pa.schema([("message_id", pa.string()), ("goods", pa.list_(ITEM)), ("value", pa.float64())])


@pytest.fixture
def part(tmp_path: Path) -> tuple[Path, pa.Table]:
    """A part of three chunks, cut out of larger ones, with lists that are empty or null and an element that is null."""
    rows = [
        {
            "message_id": f"m{number}",
            "goods": None if number == 3 else [None if one == 2 else _item(number, one) for one in range(number % 4)],
            "value": None if number % 5 == 0 else float(number),
        }
        for number in range(30)
    ]
    whole = pa.RecordBatch.from_pylist(rows, schema=SCHEMA)
    table = pa.Table.from_batches([whole.slice(2, 9), whole.slice(13, 1), whole.slice(14, 16)])
    path = tmp_path / "consignment" / "administration=HK" / "part-0.parquet"
    path.parent.mkdir(parents=True)
    pq.write_table(table, path)
    scratch.keep(tmp_path, path, table)
    return path, table


def _item(number: int, one: int) -> dict[str, object]:
    return {"hs": f"{number}{one}", "value": None if one else 1.0, "unit": "KGM"}


@pytest.mark.parametrize("rows", [[], [0], [25], [0, 8, 9, 10, 25], list(range(26))])
def test_rows_are_taken_by_their_place_in_the_part(
    tmp_path: Path, part: tuple[Path, pa.Table], rows: list[int]
) -> None:
    path, table = part
    taken = scratch.take(scratch.mapped(tmp_path, path), np.array(rows, np.int64))
    assert taken.to_pylist() == [table.to_pylist()[row] for row in rows]
    assert taken.schema.equals(SCHEMA)


def test_columns_are_those_that_parquet_gives(tmp_path: Path, part: tuple[Path, pa.Table]) -> None:
    path, _ = part
    columns = ["message_id", "goods.list.element.unit", "goods.list.element.hs", "value"]
    narrowed = [scratch.narrowed(batch, columns) for batch in scratch.mapped(tmp_path, path)]
    assert pa.Table.from_batches(narrowed).to_pylist() == pq.ParquetFile(path).read(columns).to_pylist()


def test_nothing_is_left_behind(tmp_path: Path, part: tuple[Path, pa.Table]) -> None:
    path, table = part
    held = scratch.mapped(tmp_path, path)
    scratch.sweep(tmp_path)
    assert not (tmp_path / scratch.FOLDER).exists()
    assert path.exists()
    assert pa.Table.from_batches(held).equals(table), "what is mapped outlives its file"
