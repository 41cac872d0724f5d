"""CSV and TSV files as a whole: header, mapping, groups, bad input."""

import gzip
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import RecordBatch

from tidewaiter.intake.mapping.own_csv import write_own_csv
from tidewaiter.intake.readers.delimited import READER
from tidewaiter.intake.sources import find_sources
from tidewaiter.schemas import CONSIGNMENT

Load = Callable[..., Any]
HEADER = "administration,references.declaration_number,goods.hs,goods.description,goods.quantity"
OWN = f"{HEADER}\nHK,D1,640399,sports shoes,12\n"


def test_our_own_columns_are_recognised(load_bytes: Load) -> None:
    loaded = load_bytes(OWN.encode())
    assert (loaded.read, loaded.accepted, loaded.rejects) == (1, 1, [])
    (row,) = loaded.consignments
    assert (row["administration"], row["consignment_id"], row["function"]) == ("HK", "HK:D1", "original")
    assert row["references"] == [{"type": "declaration_number", "value": "D1"}]
    assert row["goods"][0]["description"] == "sports shoes"
    assert row["goods"][0]["quantity"] == 12.0
    assert row["source_position"] == "2"


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_the_delimiter_is_found(load_bytes: Load, delimiter: str) -> None:
    assert load_bytes(OWN.replace(",", delimiter).encode()).accepted == 1


@pytest.mark.parametrize("name", ["goods.csv", "goods", "goods.txt", "goods.dat"])
def test_a_known_header_is_recognised_whatever_the_name(load_bytes: Load, name: str) -> None:
    assert load_bytes(OWN.encode(), name).accepted == 1


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n\n\r\n"])
def test_an_empty_file_has_no_rows_and_is_no_error(load_bytes: Load, content: bytes) -> None:
    loaded = load_bytes(content)
    assert (loaded.read, loaded.accepted, loaded.rejects) == (0, 0, [])


def test_consecutive_rows_of_one_declaration_are_one_consignment(load_bytes: Load) -> None:
    rows = ["HK,D1,640399,shoes,1", "HK,D1,420222,bags,2", "HK,D2,8517,phones,3", "HK,,8517,a,1", "HK,,8517,b,1"]
    loaded = load_bytes("\n".join([HEADER, *rows]).encode())
    assert [len(row["goods"]) for row in loaded.consignments] == [2, 1, 1, 1]
    assert [row["source_rows"] for row in loaded.consignments] == [2, 1, 1, 1]
    assert [item["sequence"] for item in loaded.consignments[0]["goods"]] == [1, 2]
    assert loaded.consignments[0]["references"] == [{"type": "declaration_number", "value": "D1"}]


def test_a_declaration_is_not_cut_by_a_block_or_a_batch(load_bytes: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tidewaiter.intake.encoding.Utf8Blocks.next_block.__defaults__", (97,))
    rows = [f"HK,D{at // 5},640399,shoes,{at}" for at in range(100)]
    loaded = load_bytes("\n".join([HEADER, *rows]).encode(), batch_rows=7)
    assert [len(row["goods"]) for row in loaded.consignments] == [5] * 20
    assert [item["quantity"] for row in loaded.consignments for item in row["goods"]] == list(range(100))


def test_rows_that_contradict_the_first_are_flagged(load_bytes: Load) -> None:
    text = "administration,references.declaration_number,office,goods.hs\nHK,D1,A,6403\nHK,D1,B,6404\nHK,D1,B,6405\n"
    (row,) = load_bytes(text.encode()).consignments
    assert row["office"] == "A"
    assert row["flags"] == [{"code": "contradicting_rows", "field": "office"}]


def test_every_container_of_a_declaration_is_kept_once(load_bytes: Load) -> None:
    header = "administration,references.declaration_number,references.container,goods.hs"
    text = f"{header}\nHK,D1,C1,64\nHK,D1,C2,64\nHK,D1,C1,64\n"
    (row,) = load_bytes(text.encode()).consignments
    assert [reference["value"] for reference in row["references"]] == ["D1", "C1", "C2"]


def test_a_value_that_does_not_convert_is_null_and_flagged(load_bytes: Load) -> None:
    text = (
        "administration,references.house_bill,lodged_at,mode,regime,goods.hs,goods.quantity,gross_mass_kg,courier\n"
        "MO,H1,2026-02-30,11,smuggling,64O3,a dozen,-5,perhaps\n"
    )
    (row,) = load_bytes(text.encode()).consignments
    assert {(flag["code"], flag["field"]) for flag in row["flags"]} == {
        ("unreadable_date", "lodged_at"),
        ("unknown_code", "mode"),
        ("unknown_code", "regime"),
        ("unreadable_code", "goods[1].hs"),
        ("unreadable_number", "goods[1].quantity"),
        ("unreadable_yes_no", "courier"),
    }
    assert row["lodged_at"] is None and row["goods"][0]["quantity"] is None
    assert row["gross_mass_kg"] == -5.0


def test_a_row_without_any_identity_is_refused(load_bytes: Load) -> None:
    loaded = load_bytes(f"{HEADER}\nHK,,,,\nHK,D1,,,\nHK,,,shoes,\n".encode())
    assert (loaded.read, loaded.accepted) == (3, 2)
    assert (loaded.codes, loaded.positions) == (["no_identity"], ["2"])


def test_the_administration_comes_from_the_row_or_from_the_options(load_bytes: Load) -> None:
    text = f"{HEADER}\nHK,D1,,,\n,D2,,,\n".encode()
    assert load_bytes(text).codes == ["missing_required"]
    assert [row["administration"] for row in load_bytes(text, administration="MO").consignments] == ["HK", "MO"]


def test_an_unknown_header_is_one_clear_reject(load_bytes: Load) -> None:
    loaded = load_bytes(b"colour,size\nred,3\nblue,4\n")
    assert (loaded.read, loaded.codes, loaded.positions) == (1, ["no_mapping"], ["1"])
    assert "colour, size" in loaded.rejects[0]["message"]


def test_a_column_twice_or_missing_refuses_the_file(load_bytes: Load, tmp_path: Path) -> None:
    assert load_bytes(b"administration,goods.hs,goods.hs\nHK,1,2\n").codes == ["duplicate_header"]
    mapping = tmp_path / "m.toml"
    mapping.write_text(
        '[mapping]\nname = "m"\n[constants]\nadministration = "HK"\n[columns]\nno = "references.house_bill"\n'
    )
    loaded = load_bytes(b"nr\n1\n", mapping=str(mapping))
    assert loaded.codes == ["missing_column"] and '"no"' in loaded.rejects[0]["message"]
    assert load_bytes(b"no\n1\n", mapping=str(mapping)).consignments[0]["consignment_id"] == "HK:house_bill:1"


def test_a_mapping_that_is_not_valid_refuses_the_file_and_says_where(load_bytes: Load, tmp_path: Path) -> None:
    mapping = tmp_path / "m.toml"
    mapping.write_text('[mapping]\nname = "m"\n[columns]\na = "goods.colour"\n')
    (reject,) = load_bytes(b"a\n1\n", mapping=str(mapping)).rejects
    assert reject["code"] == "invalid_mapping"
    assert "m.toml" in reject["message"] and '[columns] "a"' in reject["message"]
    assert load_bytes(b"a\n1\n", mapping="nowhere").codes == ["invalid_mapping"]


def test_broken_rows_are_refused_with_their_place_and_text(load_bytes: Load) -> None:
    text = OWN.encode() + b"HK,D2\nHK,D3,64,\xff\xfe,1\nHK,D4,64,a\0b,1\nHK,D5,64,ok,1\n"
    loaded = load_bytes(text)
    assert [row["consignment_id"] for row in loaded.consignments] == ["HK:D1", "HK:D5"]
    assert list(zip(loaded.codes, loaded.positions, strict=True)) == [
        ("wrong_field_count", "3"),
        ("wrong_encoding", "4"),
        ("embedded_null", "5"),
    ]
    assert loaded.rejects[0]["raw"] == "HK,D2"
    assert "\\xff\\xfe" in loaded.rejects[1]["raw"]


def test_the_raw_text_of_a_reject_is_cut(load_bytes: Load) -> None:
    loaded = load_bytes(OWN.encode() + b"HK,D2,64," + b"x" * 200_000 + b",1\n", max_field_bytes=100_000)
    assert loaded.codes == ["field_too_long"]
    assert len(loaded.rejects[0]["raw"]) == 64 * 1024


def test_a_truncated_gzip_keeps_the_rows_before_and_says_so(load_bytes: Load) -> None:
    rows = [f"HK,D{random.Random(at).getrandbits(60)},640399,shoes,{at}" for at in range(5000)]
    packed = gzip.compress("\n".join([HEADER, *rows]).encode())
    loaded = load_bytes(packed[: len(packed) // 2], "a.csv.gz")
    assert loaded.codes == ["truncated_input"]
    assert 1000 < loaded.accepted < 5000
    assert [row["goods"][0]["quantity"] for row in loaded.consignments] == list(range(loaded.accepted))
    assert load_bytes(packed[:12], "a.csv.gz").codes == ["truncated_input"]


def test_two_files_never_share_a_message_id_and_reading_again_gives_the_same(load: Load, tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "day.csv").write_text(OWN)
    first, second = load(tmp_path), load(tmp_path)
    assert [row["message_id"] for row in first.consignments] == [row["message_id"] for row in second.consignments]
    assert len({row["message_id"] for row in first.consignments}) == 2


def test_a_declaration_with_more_rows_than_any_system_takes(load_bytes: Load) -> None:
    rows = ["HK,D1,64,shoes,1"] * 10_001 + ["HK,D2,64,shoes,1"]
    loaded = load_bytes("\n".join([HEADER, *rows]).encode())
    assert (loaded.accepted, set(loaded.codes), len(loaded.codes)) == (1, {"too_many_items"}, 10_001)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=400), own=st.booleans())
def test_random_bytes_are_read_without_an_error(load_bytes: Load, body: bytes, own: bool) -> None:
    loaded = load_bytes(OWN.encode() + body if own else body)
    assert loaded.read == loaded.accepted + len(loaded.rejects)
    if own:
        assert loaded.accepted >= 1 or loaded.codes


_CELLS = ["", "HK", "D1", "D2", "640399", "x", "-1", "1e999", "2026-13-01", "NaN", '"', '"a"', "\r", "品", "是", "1,5"]


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(st.sampled_from(_CELLS), min_size=6, max_size=6), max_size=12))
def test_any_cells_keep_the_balance(load_bytes: Load, rows: list[list[str]]) -> None:
    header = "administration,consignment_id,lodged_at,goods.quantity,parties.driver.2.name,references.plate"
    load_bytes("\n".join([header, *(",".join(row) for row in rows)]).encode())


def test_what_was_written_as_our_own_csv_is_read_back(load_bytes: Load) -> None:
    rows = [_consignment(random.Random(seed), seed) for seed in range(300)]
    written = RecordBatch.from_pylist(rows, schema=CONSIGNMENT)
    loaded = load_bytes(write_own_csv(written).encode())
    apart = {"message_id", "source_file", "source_position", "source_rows"}
    for back, row in zip(loaded.consignments, written.to_pylist(), strict=True):
        assert {name: back[name] for name in back if name not in apart} == {
            name: row[name] for name in row if name not in apart
        }


def _consignment(draw: random.Random, seed: int) -> dict[str, Any]:
    """An invented consignment with odd texts and any value missing."""

    def maybe(value: Any) -> Any:
        return value if draw.random() < 0.7 else None

    def text() -> str:
        return draw.choice(['球鞋 "白色"', "sapatos, de desporto", "two\nlines", "=1+1", "x"])

    lodged = maybe(datetime(2026, 5, 1, tzinfo=UTC) + timedelta(seconds=draw.randrange(10**6)))
    goods_fields = {"description": text, "quantity": lambda: draw.random() * 100, "unit": lambda: "H87"}
    return {
        "message_id": f"m{seed}",
        "consignment_id": f"HK:{seed}",
        "function": draw.choice(["original", "amendment"]),
        "partial": draw.random() < 0.5,
        "version": maybe(draw.randrange(9)),
        "administration": "HK",
        "regime": maybe("export"),
        "mode": maybe(draw.randrange(10)),
        "courier": maybe(draw.random() < 0.5),
        "lodged_at": lodged,
        "lodged_offset": maybe(draw.choice([480, -210, 0])) if lodged else None,
        "references": [
            {"type": "house_bill", "value": f"H{seed}"},
            {"type": "container", "value": "A"},
            {"type": "container", "value": "B"},
        ],
        "route": [
            {"sequence": 1, "role": "origin", "country": "CN", "place": maybe("CNSZX"), "basis": None},
            {"sequence": 2, "role": "transit", "country": "MO", "place": None, "basis": "declared"},
            {"sequence": 3, "role": "transit", "country": maybe("HK"), "place": "HKHKG", "basis": None},
        ],
        "parties": [
            {"role": "consignor", "name": text(), "phone": maybe("+852 5555 0000")},
            {"role": "notify", "name": "a"},
            {"role": "notify", "name": "b"},
        ],
        "goods": [
            {"sequence": at, "hs": "640399", **{name: maybe(make()) for name, make in goods_fields.items()}}
            for at in range(1, draw.randrange(1, 4))
        ],
        "value": maybe(draw.random() * 1e6),
        "currency": maybe("HKD"),
        "flags": [],
        "source_file": "invented",
        "source_position": str(seed),
        "source_rows": 1,
        "synthetic": True,
    }


@pytest.mark.shared
def test_the_korean_declarations_load_without_a_reject(shared: Path, load: Load) -> None:
    loaded = load(shared / "data" / "customs-declarations")
    assert (loaded.read, loaded.accepted, len(loaded.rejects), len(loaded.inspections)) == (54_000, 54_000, 0, 54_000)
    assert sum(row["finding"] == "find" for row in loaded.inspections) == 11_653
    assert sum(row["severity"] == "critical" for row in loaded.inspections) == 545
    assert not any(row["flags"] for row in loaded.consignments)
    assert {row["mode"] for row in loaded.consignments} == {1, 2, 3, 4, 5, 9}
    assert sum(bool(row["courier"]) for row in loaded.consignments) == 54_000 - 44_462
    assert all(row["synthetic"] and row["administration"] == "KR" for row in loaded.consignments)
    sources = [source for source in find_sources([shared / "data" / "customs-declarations"]) if source.head(1)]
    assert all(READER.recognises(source) for source in sources)
