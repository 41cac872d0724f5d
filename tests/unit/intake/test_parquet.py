"""Parquet files: our own schema, near relatives of it, others, and damaged ones."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tidewaiter.schemas import CONSIGNMENT, HIT

Load = Callable[..., Any]


def consignment(number: int, **changes: Any) -> dict[str, Any]:
    row = {
        "message_id": f"m{number}",
        "consignment_id": f"HK:{number}",
        "function": "original",
        "partial": False,
        "administration": "HK",
        "references": [{"type": "house_bill", "value": str(number)}],
        "route": [{"sequence": 1, "role": "origin", "country": "CN", "place": None, "basis": None}],
        "parties": [],
        "goods": [{"sequence": 1, "hs": "640399", "description": "球鞋", "quantity": 2.0}],
        "flags": [],
        "source_file": "elsewhere",
        "source_position": "7",
        "source_rows": 3,
        "synthetic": True,
    }
    return {**row, **changes}


def packed(table: Any, **options: Any) -> bytes:
    out = io.BytesIO()
    pq.write_table(table, out, **options)
    return out.getvalue()


def ours(rows: int) -> pa.Table:
    return pa.Table.from_pylist([consignment(at) for at in range(rows)], schema=CONSIGNMENT)


def test_our_own_schema_comes_back_with_its_new_place(load_bytes: Load) -> None:
    loaded = load_bytes(packed(ours(10), row_group_size=3), "a.parquet", batch_rows=4)
    assert (loaded.read, loaded.accepted) == (10, 10)
    assert [row["source_position"] for row in loaded.consignments] == [str(at) for at in range(1, 11)]
    assert all(row["source_file"].endswith("a.parquet") and row["source_rows"] == 1 for row in loaded.consignments)
    assert loaded.consignments[3]["goods"] == ours(4).to_pylist()[3]["goods"]
    assert [row["message_id"] for row in loaded.consignments] == [f"m{at}" for at in range(10)]


def test_a_file_of_another_program_is_cast(load_bytes: Load) -> None:
    frame = pl.DataFrame(
        {
            "consignment_id": ["HK:1"],
            "administration": pl.Series(["HK"], dtype=pl.Categorical),
            "references": [[{"value": "1", "type": "plate"}]],
            "goods": [[{"hs": "64", "quantity": 2, "colour": "red"}]],
            "mode": [4],
            "shade": ["dark"],
        }
    )
    out = io.BytesIO()
    frame.write_parquet(out)
    (row,) = load_bytes(out.getvalue(), "a.parquet").consignments
    assert (row["mode"], row["function"], row["partial"], row["lodged_at"]) == (4, "original", False, None)
    assert row["goods"][0]["quantity"] == 2.0 and row["goods"][0]["value"] is None
    assert row["references"] == [{"type": "plate", "value": "1"}]


def test_rows_without_a_required_value_are_refused_and_the_others_kept(load_bytes: Load) -> None:
    loose = pa.schema([field.with_nullable(True) for field in CONSIGNMENT])
    kind = pa.list_(pa.struct([("type", pa.string()), ("value", pa.string())]))
    loose = loose.set(loose.get_field_index("references"), pa.field("references", kind))
    rows = [
        consignment(0),
        consignment(1, consignment_id=None),
        consignment(2, references=[{"type": None, "value": "x"}]),
        consignment(3, references=[None]),
        consignment(4, references=None),
    ]
    loaded = load_bytes(packed(pa.Table.from_pylist(rows, schema=loose)), "a.parquet")
    assert [row["consignment_id"] for row in loaded.consignments] == ["HK:0", "HK:4"]
    assert loaded.codes == ["missing_required"] * 3
    assert loaded.positions == ["2", "3", "4"]
    assert "consignment_id" in loaded.rejects[0]["message"]


def test_a_value_that_does_not_cast_costs_its_row_alone(load_bytes: Load) -> None:
    wide = CONSIGNMENT.set(CONSIGNMENT.get_field_index("mode"), pa.field("mode", pa.int64()))
    rows = [consignment(at, mode=900 if at == 5 else 1) for at in range(9)]
    loaded = load_bytes(packed(pa.Table.from_pylist(rows, schema=wide)), "a.parquet")
    assert (loaded.accepted, loaded.codes, loaded.positions) == (8, ["wrong_structure"], ["6"])


def test_text_that_is_not_utf8_costs_its_row_alone(load_bytes: Load) -> None:
    at = CONSIGNMENT.get_field_index("office")
    table = pa.Table.from_pylist([consignment(0), consignment(1, office="x")], schema=CONSIGNMENT)
    bad = pa.Array.from_buffers(
        pa.string(), 2, [None, pa.py_buffer(b"\0\0\0\0\1\0\0\0\2\0\0\0"), pa.py_buffer(b"a\xff")]
    )
    loaded = load_bytes(packed(table.set_column(at, CONSIGNMENT.field(at), bad)), "a.parquet")
    assert (loaded.accepted, loaded.codes, loaded.positions) == (1, ["wrong_structure"], ["2"])


def test_another_schema_is_refused_by_its_columns(load_bytes: Load) -> None:
    loaded = load_bytes(packed(pa.table({"colour": ["red"] * 5})), "a.parquet")
    assert (loaded.read, loaded.codes) == (1, ["unknown_schema"])
    assert "colour" in loaded.rejects[0]["message"] and "consignment_id" in loaded.rejects[0]["message"]
    hits = load_bytes(packed(pa.Table.from_pylist([], schema=HIT)), "a.parquet")
    assert hits.codes == ["unknown_schema"] and "hit/1" in hits.rejects[0]["message"]
    wrong = ours(1).drop(["goods"]).append_column("goods", pa.array([3]))
    assert '"goods" is int64' in load_bytes(packed(wrong), "a.parquet").rejects[0]["message"]


def test_a_file_that_is_cut_or_damaged_is_refused(load_bytes: Load) -> None:
    content = packed(ours(50))
    assert load_bytes(content[:-20], "a.parquet").codes == ["corrupt_file"]
    assert load_bytes(b"PAR1", "a.parquet").codes == ["corrupt_file"]


def test_row_groups_before_the_damage_are_kept(load_bytes: Load) -> None:
    content = bytearray(packed(ours(3000), row_group_size=1000, compression="zstd"))
    second = pq.ParquetFile(io.BytesIO(content)).metadata.row_group(1).column(0)
    start = second.dictionary_page_offset or second.data_page_offset
    content[start : start + second.total_compressed_size] = bytes(second.total_compressed_size)
    loaded = load_bytes(bytes(content), "a.parquet", batch_rows=1000)
    assert (loaded.accepted, loaded.codes, loaded.positions) == (1000, ["corrupt_file"], ["1001"])


def test_an_empty_table_has_no_rows(load_bytes: Load) -> None:
    assert load_bytes(packed(ours(0)), "a.parquet").read == 0


def test_partition_folders_are_read(load: Load, tmp_path: Path) -> None:
    for office in ("A", "B"):
        folder = tmp_path / f"office={office}"
        folder.mkdir()
        rows = [consignment(at, message_id=f"{office}{at}") for at in range(2)]
        pq.write_table(pa.Table.from_pylist(rows, schema=CONSIGNMENT), folder / "part-0.parquet")
    assert load(tmp_path).accepted == 4


@pytest.mark.filterwarnings("ignore")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, 10_000), noise=st.binary(min_size=1, max_size=12))
def test_noise_in_a_file_is_no_error(load_bytes: Load, at: int, noise: bytes) -> None:
    content = bytearray(packed(ours(5)))
    at %= len(content)
    content[at : at + len(noise)] = noise
    load_bytes(bytes(content), "a.parquet")
