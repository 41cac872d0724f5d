"""Sheets for people: RFC 4180, safe to open in a spreadsheet, and every word still there."""

import csv
import io
import re
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.selection.sheet import CELL_CHARACTERS, SheetWriter, as_cells, cell, write_sheet

TRIGGERS = tuple("=+-@\t\r\n＝＋－＠")
NASTY = st.text(st.sampled_from("=+-@\t\r\n ;,\"'|＝＋－＠a1\u200b\ufeff\x00\u00a0"), max_size=12) | st.text(
    max_size=30
)


def _read(data: bytes) -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def _written(columns: list[str], rows: list[list[object]]) -> bytes:
    target = io.BytesIO()
    assert write_sheet(target, columns, rows) == len(rows)
    return target.getvalue()


@given(st.lists(st.lists(NASTY, min_size=3, max_size=3), max_size=5), st.lists(NASTY, min_size=3, max_size=3))
def test_no_cell_begins_a_formula_and_nothing_else_changes(rows: list[list[object]], heads: list[str]) -> None:
    found = _read(_written(heads, rows))
    assert len(found) == len(rows) + 1
    for expected, cells in zip([heads, *rows], found, strict=True):
        assert len(cells) == 3
        for before, after in zip(expected, cells, strict=True):
            assert not after.startswith(TRIGGERS)
            assert not after.lstrip(" \u00a0\u200b\ufeff\ufffd").startswith(TRIGGERS[:4])
            assert after.replace("'", "") == re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "\ufffd", str(before)).replace(
                "'", ""
            )


@given(st.lists(NASTY, min_size=2, max_size=2))
def test_nor_where_the_spreadsheet_splits_at_semicolons_or_lines(row: list[object]) -> None:
    text = _written(["a", "b"], [row]).decode("utf-8-sig")
    for part in re.split(r"[;\t\r\n]", text):
        assert not part.startswith(TRIGGERS)


@pytest.mark.parametrize(
    "text", ["=1+1", "+852 2345 6789", "-", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1", "＋1", "－1", "＠a"]
)
def test_the_known_triggers_are_prefixed(text: str) -> None:
    assert cell(text) == "'" + text


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("  =1", "'  =1"),
        ("\u200b=1", "'\u200b=1"),
        ("shoes;=cmd|'/C calc'!A0", "shoes;'=cmd|'/C calc'!A0"),
        ("one\n=1", "one\n'=1"),
        ("a=b; c", "a=b; c"),
        ("x\x00y", "x\ufffdy"),
        ("\x00=1", "'\ufffd=1"),
        ("粤Z·K417港", "粤Z·K417港"),
    ],
)
def test_hidden_starts_and_harmless_text(text: str, safe: str) -> None:
    assert cell(text) == safe


def test_values_that_are_not_text() -> None:
    assert [cell(value) for value in (None, 0, -3, -0.5, date(2026, 5, 1))] == ["", "0", "-3", "-0.5", "2026-05-01"]
    assert cell(float("-inf")) == "'-inf"
    assert cell(["First reason.", "=second"]) == "First reason.\n'=second"


def test_a_cell_never_runs_over_into_the_next() -> None:
    assert len(cell("x" * 100_000)) < 32_767
    assert cell("x" * 100_000).endswith("x […]")
    assert cell("x" * CELL_CHARACTERS) == "x" * CELL_CHARACTERS


def test_lines_end_as_rfc_4180_says_and_quotes_are_doubled() -> None:
    assert _written(["No.", "Reasons"], [[1, 'the "gift", declared'], [None, ""]]) == (
        b'\xef\xbb\xbfNo.,Reasons\r\n1,"the ""gift"", declared"\r\n,\r\n'
    )


def test_batches_frames_and_paths(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    with SheetWriter(path, ["a", "b"]) as sheet:
        assert sheet.write(pl.DataFrame({"a": [1, 2], "b": ["x", "=y"]})) == 2
        assert sheet.write([(3, "z")]) == 1
    assert _read(path.read_bytes()) == [["a", "b"], ["1", "x"], ["2", "'=y"], ["3", "z"]]


def test_a_given_file_stays_open_and_a_ragged_row_is_refused() -> None:
    target = io.BytesIO()
    with pytest.raises(ValueError, match="row 2 of this batch has 1 cells; the sheet has 2"):
        write_sheet(target, ["a", "b"], [["1", "2"], ["3"]])
    assert not target.closed


def test_a_lone_surrogate_is_written_visibly() -> None:
    assert _read(_written(["a"], [["x\ud800"]]))[1] == ["x\\ud800"]


NUMBERS = st.floats() | st.sampled_from([0.0, -0.0, 1e-4, 9.9e-5, 1e16, 9999999999999998.0, 0.1, -2.5, 1e300, 5e-324])


@given(
    st.lists(
        st.tuples(
            st.none() | NASTY,
            st.none() | NUMBERS,
            st.none() | st.integers(-(2**63), 2**63 - 1),
            st.none() | st.dates(),
            st.none() | st.lists(NASTY, max_size=3),
            st.none() | st.booleans(),
        ),
        max_size=6,
    )
)
def test_a_frame_is_written_as_its_cells_one_by_one(rows: list[tuple[object, ...]]) -> None:
    kinds = {
        "text": pl.String, "number": pl.Float64, "count": pl.Int64, "day": pl.Date, "lines": pl.List(pl.String),
        "flag": pl.Boolean,
    }  # fmt: skip
    frame = pl.DataFrame(rows, schema=kinds, orient="row")
    whole = io.BytesIO()
    assert write_sheet(whole, list(kinds), frame) == len(rows)
    assert whole.getvalue() == _written(list(kinds), [list(row) for row in frame.iter_rows()])


def test_a_long_text_in_a_frame_is_cut_and_one_column_is_a_sheet_too() -> None:
    for columns in (["a"], ["a", "b"]):
        frame = pl.DataFrame({name: ["x" * 100_000, "", None] for name in columns})
        target = io.BytesIO()
        assert write_sheet(target, columns, frame) == 3
        assert target.getvalue() == _written(columns, [list(row) for row in frame.iter_rows()])


def test_every_character_of_the_basic_plane_is_judged_alike_in_a_frame_and_alone() -> None:
    marks = [chr(code) for code in range(0x10000) if not 0xD800 <= code < 0xE000]
    text = [f"{mark}=1" for mark in marks] + [f"a{mark}" for mark in marks]
    assert as_cells(pl.Series(text)).to_list() == [cell(one) for one in text]


def test_a_frame_with_other_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="row 1 of this batch has 1 cells; the sheet has 2"):
        write_sheet(io.BytesIO(), ["a", "b"], pl.DataFrame({"a": [1]}))
