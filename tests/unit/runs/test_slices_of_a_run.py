"""However a run is cut into slices, its lists are the same, and the sheets say what the tables say."""

import csv
from datetime import date
from pathlib import Path

import polars as pl
import pyarrow as pa
import pytest

from tidewaiter.lake.run_record import RunRecord
from tidewaiter.runs import listing, slices
from tidewaiter.runs.request import RunRequest
from tidewaiter.runs.run import run

HEAD = (
    "references.declaration_number,references.container,function,version,issued_at,administration,office,regime,mode,"
    "lodged_at,parties.consignor.name,parties.consignee.name,parties.consignor.phone,route.origin.country,"
    "route.destination.place,goods.hs,goods.description,goods.quantity,goods.unit,goods.value,goods.currency,"
    "value,currency,gross_mass_kg,packages\n"
)
WATCHLIST = (
    "entry,kind,type,value,label,mandatory,priority,channel,valid_from,valid_until,source,grading,reason\n"
    "W1,phone,,+852 5555 0101,Harbour Lantern,yes,90,physical,,,HK,B2,seen with labels\n"
)
TERMS = (
    "term_id,term,language,kind,brand,mandatory,priority,channel,match,unless\n"
    "T1,Velmora,und,brand,Velmora,no,30,physical,word,\n"
)
PROFILES = """
profiles:
  - id: P1
    owner: Tests
    purpose: to see that profiles run
    valid: {from: 2026-05-01, until: 2026-06-30}
    channel: documentary
    priority: 60
    sentence: {en: "Footwear at {value_per_piece} a piece", zh-Hant: "鞋類每件申報值{value_per_piece}"}
    when:
      item: {all: [{field: hs, prefix: "64"}, {field: value_per_piece, below: 1, currency: USD}]}
"""


def _line(number: int) -> str:
    day = f"2026-05-{28 + number % 4:02d}" if number % 7 else "2026-06-02"
    cells = [
        f"D{number:04d}", f"TCLU{number:07d}", "original", "1", f"{day}T09:00:00+08:00", ("HK", "MO")[number % 2],
        ("PORT", "", "BRIDGE")[number % 3], "export", "4", "" if number % 11 == 0 else f"{day}T08:00:00+08:00",
        f"=Trader {number}", "", "+852 5555 0101" if number % 5 == 0 else "", "CN", "USLAX",
        "640399" if number % 3 == 0 else "620342", "V E L M O R A bag" if number % 4 == 0 else "cotton trousers",
        "10", "H87", "5", "USD", "5", "USD", "12.3456", "2",
    ]  # fmt: skip
    return ",".join(cells) + "\n"


@pytest.fixture
def world(tmp_path: Path) -> Path:
    rows = "".join(_line(number) for number in range(1, 90))
    (tmp_path / "in.csv").write_text(HEAD + rows, encoding="utf-8")
    (tmp_path / "watch.csv").write_text(WATCHLIST, encoding="utf-8")
    (tmp_path / "terms.csv").write_text(TERMS, encoding="utf-8")
    (tmp_path / "profiles.yaml").write_text(PROFILES, encoding="utf-8")
    return tmp_path


def _run(world: Path, out: str, language: str = "en", batch_rows: int = 65_536, capacity: int = 2) -> RunRecord:
    request = RunRequest(
        inputs=(world / "in.csv",), out=world / out, watchlist=world / "watch.csv", terms=world / "terms.csv",
        profiles=world / "profiles.yaml", capacity=capacity, processes=1, language=language, batch_rows=batch_rows,
    )  # fmt: skip
    return run(request)


def _selection(folder: Path) -> pl.DataFrame:
    rows = pl.read_parquet(sorted((folder / "selection").rglob("*.parquet")), hive_partitioning=False)
    return rows.sort("consignment_id")


def _sheet(path: Path) -> list[list[str]]:
    return list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines(keepends=True), strict=True))


@pytest.mark.parametrize(("slice_rows", "told_rows", "files"), [(1, 1, 1), (7, 5, 2), (7, 1000, 1), (1000, 1, 16)])
def test_slices_of_any_size_give_the_same_lists(
    world: Path, monkeypatch: pytest.MonkeyPatch, slice_rows: int, told_rows: int, files: int
) -> None:
    whole = _run(world, "whole", batch_rows=13)
    monkeypatch.setattr(listing, "SLICE_ROWS", slice_rows)
    monkeypatch.setattr(listing, "TOLD_ROWS", told_rows)
    monkeypatch.setattr(slices, "_FILES", files)
    cut = _run(world, "cut", batch_rows=13)
    assert cut.counts == whole.counts
    assert whole.counts.overflow
    assert _selection(world / "cut").equals(_selection(world / "whole"))
    assert sorted(cut.warnings) == sorted(whole.warnings)
    for name in ("inspection-list.csv", "overflow.csv"):
        assert (world / "cut" / name).read_bytes() == (world / "whole" / name).read_bytes()


def test_the_same_run_has_the_same_digest_and_other_words_another(world: Path) -> None:
    first = _run(world, "first")
    assert _run(world, "again").selection_digest == first.selection_digest
    assert _run(world, "chinese", language="zh-Hant").selection_digest != first.selection_digest


def test_a_sheet_says_what_the_tables_say(world: Path) -> None:
    record = _run(world, "result", language="zh-Hant")
    head, *rows = _sheet(world / "result" / "inspection-list.csv")
    assert head[:4] == ["海關當局", "海關辦事處", "日期", "次序"]
    assert len(rows) == record.counts.selected
    assert len(_sheet(world / "result" / "overflow.csv")) == record.counts.overflow + 1
    order = [(row[0], row[2] or "9999", row[1], int(row[3])) for row in rows]
    assert order == sorted(order), "by administration, day, office and rank"
    table = {row["consignment_id"]: row for row in _selection(world / "result").iter_rows(named=True)}
    for row in rows:
        told = table[row[5]]
        number = row[5].rpartition(":D")[2]
        assert row[4] == " | ".join(told["reasons"])
        assert row[6:16] == [
            f"declaration_number: D{number} | container: TCLU{int(number):07d}",
            "V E L M O R A bag" if int(number) % 4 == 0 else "cotton trousers",
            "640399" if int(number) % 3 == 0 else "620342",
            "CN → USLAX",
            f"consignor: =Trader {int(number)}",
            "5.0",
            "USD",
            "12.346",
            "2",
            told["channel"] or "",
        ]
        assert row[16] == ("是" if told["mandatory"] else "")
    assert {row[16] for row in rows} == {"是", ""}


def test_where_nothing_can_be_controlled_the_sheets_have_heads_alone(world: Path) -> None:
    (world / "watch.csv").write_text(WATCHLIST.replace("yes", "no"), encoding="utf-8")
    record = _run(world, "result", capacity=0)
    assert record.counts.hits
    assert record.counts.selected == record.counts.overflow == 0
    for name in ("inspection-list.csv", "overflow.csv"):
        assert len(_sheet(world / "result" / name)) == 1
    assert set(_selection(world / "result")["status"]) == {"not_selected"}


def test_a_slice_holds_whole_offices_of_neighbouring_days() -> None:
    days = [date(2026, 5, 1), date(2026, 5, 2), None]
    places = [(office, day) for office in ("", "A", "B") for day in days]
    strata = pa.table(
        {
            "administration": ["HK"] * 9,
            "office": [office for office, _ in places],
            "day": pa.array([day for _, day in places], pa.date32()),
            "population": pa.array([4, 100, 1, 3, 3, 3, 2, 5, 1], pa.int64()),
        }
    )
    pool = strata.drop_columns(["population"]).append_column("draw", pa.array([0.5] * 9))
    parts = list(slices.slices(None, strata, pool, rows=10))  # type: ignore[arg-type]
    held = [list(zip(part.strata["day"].to_pylist(), part.strata["office"].to_pylist(), strict=True)) for part in parts]
    assert [place for one in held for place in one] == [(day, office) for day in days for office in ("", "A", "B")]
    assert all(part.strata.num_rows == part.random_pool.num_rows for part in parts)
    assert [part.population for part in parts] == [9, 100, 9, 4]
