"""From declarations to a list: one run on a small input, as an analyst would do it."""

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from tidewaiter.lake.building import DestinationRefused
from tidewaiter.lake.run_record import Counts
from tidewaiter.runs.request import RunRefused, RunRequest
from tidewaiter.runs.run import run

HEAD = (
    "references.declaration_number,function,version,issued_at,administration,office,regime,mode,lodged_at,"
    "parties.consignor.name,parties.consignor.phone,goods.hs,goods.description,goods.quantity,goods.unit,"
    "goods.value,goods.currency\n"
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
    title: Cheap shoes
    owner: Tests
    purpose: to see that profiles run
    valid: {from: 2026-05-01, until: 2026-06-30}
    channel: documentary
    priority: 60
    sentence: {en: Footwear declared below one dollar a piece}
    when:
      item: {all: [{field: hs, prefix: "64"}, {field: value_per_piece, below: 1, currency: USD}]}
"""


def line(number: int, **given: str) -> str:
    row = {
        "number": f"D{number:04d}", "function": "original", "version": "1", "issued": "2026-05-02T09:00:00+08:00",
        "administration": "HK", "office": "HK-TEST", "regime": "export", "mode": "4",
        "lodged": "2026-05-02T08:00:00+08:00", "name": f"Trader {number}", "phone": "", "hs": "620342",
        "description": "cotton trousers", "quantity": "10", "unit": "H87", "value": "100", "currency": "USD",
    } | given  # fmt: skip
    return ",".join(row.values()) + "\n"


@pytest.fixture
def world(tmp_path: Path) -> Path:
    rows = [line(number) for number in range(40)]
    rows[3] = line(3, phone="(852) 5555-0101")
    rows[5] = line(5, description="V E L M O R A bag")
    rows[7] = line(7, hs="640399", value="5")
    rows[9] = line(9, hs="640399", value="5", lodged="2026-07-02T08:00:00+08:00")
    rows.append(
        line(7, function="amendment", version="2", issued="2026-05-04T09:00:00+08:00", hs="640399", value="500")
    )
    rows.append(line(11, function="cancellation", version="2", issued="2026-05-03T09:00:00+08:00"))
    rows.append(line(999, function="amendment", version="2", issued="2026-05-03T09:00:00+08:00"))
    rows.append("only,three,cells\n")
    (tmp_path / "in.csv").write_text(HEAD + "".join(rows), encoding="utf-8")
    (tmp_path / "watch.csv").write_text(WATCHLIST, encoding="utf-8")
    (tmp_path / "terms.csv").write_text(TERMS, encoding="utf-8")
    (tmp_path / "profiles.yaml").write_text(PROFILES, encoding="utf-8")
    return tmp_path


def request(world: Path, **given: object) -> RunRequest:
    values: dict[str, object] = {
        "inputs": (world / "in.csv",), "out": world / "result", "watchlist": world / "watch.csv",
        "terms": world / "terms.csv", "profiles": world / "profiles.yaml", "capacity": 10, "processes": 1,
    }  # fmt: skip
    return RunRequest(**{**values, **given})  # type: ignore[arg-type]


def selection(world: Path) -> pl.DataFrame:
    return pl.read_parquet(sorted((world / "result" / "selection").rglob("*.parquet")), hive_partitioning=False)


def of(rows: pl.DataFrame, consignment: str) -> dict[str, object]:
    found = rows.filter(pl.col("consignment_id") == consignment)
    assert found.height == 1
    return found.row(0, named=True)


def test_every_row_is_accounted_for(world: Path) -> None:
    counts = run(request(world)).counts
    assert (counts.read, counts.accepted, counts.rejected) == (44, 43, 1)
    assert (counts.consignments, counts.superseded, counts.cancelled, counts.waiting) == (39, 2, 1, 1)
    rejects = pl.read_parquet(world / "result" / "reject" / "*.parquet")
    assert "only,three,cells" in rejects["raw"][0]


def test_each_criterion_is_told_in_words(world: Path) -> None:
    run(request(world, share=0.01, as_of=datetime(2026, 5, 2, 12, tzinfo=UTC), capacity=8))
    rows = selection(world).filter(pl.col("status") == "selected")
    watched, branded, cheap = of(rows, "HK:D0003"), of(rows, "HK:D0005"), of(rows, "HK:D0007")
    assert watched["mandatory"]
    assert watched["probability"] == 1.0
    assert any("Harbour Lantern" in reason and "B2" in reason for reason in watched["reasons"])
    assert any("Velmora" in reason and "spaced apart" in reason for reason in branded["reasons"])
    assert any("below one dollar" in reason for reason in cheap["reasons"])


def test_the_version_in_force_is_screened(world: Path) -> None:
    run(request(world, as_of=datetime(2026, 5, 3, tzinfo=UTC)))
    assert "P1" in selection(world)["rule"].to_list(), "before the amendment the shoes are cheap"
    run(request(world))
    assert "P1" not in selection(world)["rule"].to_list(), "the amendment put the value right"


def test_a_profile_counts_on_the_days_of_its_validity(world: Path) -> None:
    run(request(world, as_of=datetime(2026, 5, 3, tzinfo=UTC)))
    rules = selection(world).filter(pl.col("consignment_id") == "HK:D0009")["rule"].to_list()
    assert "P1" not in rules


def test_what_a_profile_could_not_judge_is_counted(world: Path) -> None:
    text = (world / "in.csv").read_text()
    (world / "in.csv").write_text(text + line(50, hs="640399", currency="CHF") + line(51, hs="640399", currency="CHF"))
    assert run(request(world)).unjudged == {"P1": 2}


def test_the_same_input_and_seed_give_the_same_bytes(world: Path) -> None:
    digests = []
    for _ in range(2):
        record = run(request(world))
        files = sorted((world / "result" / "selection").rglob("*.parquet"))
        sheet = (world / "result" / "inspection-list.csv").read_bytes()
        digests.append((record.selection_digest, [file.read_bytes() for file in files], sheet))
        assert not list((world / "result").rglob(".*")), "what only the run itself needed is gone"
    assert digests[0] == digests[1]
    assert run(request(world, seed=2)).selection_digest != digests[0][0]


def test_processes_make_no_difference(world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = run(request(world)).selection_digest
    monkeypatch.setattr("tidewaiter.runs.run.SMALL_INPUT", 0)
    assert run(request(world, processes=2)).selection_digest == alone


def test_mandatory_hits_beyond_capacity_stand_in_overflow(world: Path) -> None:
    text = (world / "in.csv").read_text()
    text += "".join(line(number, phone="+852 5555 0101") for number in range(100, 115))
    (world / "in.csv").write_text(text)
    record = run(request(world, capacity=5))
    rows = selection(world)
    assert record.counts.overflow == rows.filter(pl.col("status") == "overflow").height > 0
    assert rows.filter(pl.col("mandatory") & (pl.col("status") == "not_selected")).is_empty()
    assert any("HK-TEST" in alarm for alarm in record.warnings)
    assert len((world / "result" / "overflow.csv").read_text("utf-8-sig").splitlines()) == record.counts.overflow + 1


def test_the_record_says_what_was_done(world: Path) -> None:
    run(request(world))
    record = json.loads((world / "result" / "run.json").read_text())
    assert record["format"] == "tidewaiter.run/2"
    assert len(record["inputs"][0]["sha256"]) == 64
    assert set(record["criteria"]) == {"watchlist", "terms", "profiles", "rates"}
    assert record["capacity"] == request(world).capacity
    assert record["waiting_by_reason"] == {"declaration_missing": 1}
    assert sum(record["waiting_by_reason"].values()) == record["counts"]["waiting"]
    assert record["timings"].keys() >= {"read_and_screen", "versions", "selection"}


def test_a_capacity_file_is_named_with_its_digest(world: Path) -> None:
    file = world / "capacity.csv"
    file.write_text("administration,office,day,capacity\n*,*,*,3\n")
    run(request(world, capacity=file))
    record = json.loads((world / "result" / "run.json").read_text())
    assert record["capacity"] == {"name": str(file), "sha256": hashlib.sha256(file.read_bytes()).hexdigest()}


def test_a_table_exists_for_what_waits(world: Path) -> None:
    run(request(world))
    waiting = (world / "result" / "waiting.csv").read_text("utf-8-sig").splitlines()
    assert len(waiting) == 2
    assert "declaration_missing" in waiting[1]


def test_a_missing_input_and_broken_criteria_are_refused_before_work(world: Path) -> None:
    with pytest.raises(RunRefused, match=r"absent\.csv"):
        run(request(world, inputs=(world / "absent.csv",)))
    (world / "profiles.yaml").write_text("profiles:\n  - id: P1\n    ownr: x\n")
    with pytest.raises(RunRefused, match="owner"):
        run(request(world))
    assert not (world / "result").exists()


def test_a_destination_with_other_content_is_refused(world: Path) -> None:
    (world / "result").mkdir()
    (world / "result" / "thesis.txt").write_text("mine")
    with pytest.raises(DestinationRefused):
        run(request(world))
    assert (world / "result" / "thesis.txt").read_text() == "mine"


def test_offices_without_a_stated_capacity_get_none_and_are_named(world: Path) -> None:
    (world / "capacity.csv").write_text("administration,office,day,capacity\nHK,HK-OTHER,*,5\n")
    record = run(request(world, capacity=world / "capacity.csv"))
    assert record.counts.selected == 0
    assert record.counts.overflow == 1
    assert any("HK-TEST" in warning and "capacity" in warning for warning in record.warnings)


def test_a_broken_capacity_file_is_refused_before_work(world: Path) -> None:
    (world / "capacity.csv").write_text("administration,office,day,capacity\nHK,HK-TEST,*,many\n")
    with pytest.raises(RunRefused, match=r"capacity\.csv, line 2"):
        run(request(world, capacity=world / "capacity.csv"))


def test_no_criteria_give_the_random_share_alone(world: Path) -> None:
    record = run(request(world, watchlist=None, terms=None, profiles=None))
    rows = selection(world)
    assert rows["origin"].unique().to_list() == ["random"]
    assert record.counts.hits == 0


def test_an_empty_input_gives_an_empty_list(world: Path) -> None:
    (world / "in.csv").write_text("")
    record = run(request(world))
    assert record.counts == Counts()
    assert (world / "result" / "inspection-list.csv").exists()


def test_counts_that_do_not_add_up_are_an_error() -> None:
    with pytest.raises(ArithmeticError):
        Counts(read=3, accepted=1, rejected=1).check()
