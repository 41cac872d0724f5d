"""Any day of a world comes out the same, alone or with the others, in this process or another."""

import json
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.simulation import Parameters, World, WorldSummary, build, generate_day, simulate
from tidewaiter.simulation.calendar import counts
from tidewaiter.simulation.shares import by_administration
from tidewaiter.simulation.writer import write


def _bytes(batch: pa.RecordBatch) -> bytes:
    return bytes(batch.serialize())


def test_a_day_alone_equals_the_day_among_others(small_world: World) -> None:
    for day in range(4):
        generate_day(small_world, day)
    among = generate_day(small_world, 4)
    alone = generate_day(build(small_world.parameters), 4)
    for name in ("consignments", "inspections", "truth"):
        assert _bytes(getattr(among, name)) == _bytes(getattr(alone, name))


def test_a_file_of_the_pool_equals_the_day_written_here(
    small_world: World, written_world: tuple[Path, WorldSummary], tmp_path: Path
) -> None:
    found = generate_day(small_world, 7)
    files = [(Path("truth", f"day={found.day.isoformat()}", "part-0.parquet"), found.truth)]
    for folder, batch in (("consignments", found.consignments), ("inspections", found.inspections)):
        shares = list(by_administration(batch, found.day))
        assert sum(rows.num_rows for _, rows in shares) == batch.num_rows
        files += [(folder / path, rows) for path, rows in shares]
    for path, batch in files:
        write(tmp_path / path, batch)
        assert (tmp_path / path).read_bytes() == (written_world[0] / path).read_bytes()


def test_another_seed_gives_another_world(small_world: World) -> None:
    given_ = small_world.parameters
    other = build(Parameters(given_.rows, given_.days, given_.seed + 1, given_.prevalence, given_.start))
    assert not generate_day(other, 0).consignments.equals(generate_day(small_world, 0).consignments)


@given(rows=st.integers(1, 50_000), days=st.integers(1, 60), seed=st.integers(0, 2**63))
def test_the_days_share_all_rows(rows: int, days: int, seed: int) -> None:
    shares = counts(seed, rows, days, date(2026, 1, 20))
    assert len(shares) == days
    assert int(shares.sum()) == rows
    assert (shares >= 0).all()


def test_more_comes_at_the_great_sales_than_in_the_new_year_week() -> None:
    sale, new_year = counts(1, 100_000, 1 + 20, date(2026, 11, 1)), counts(1, 100_000, 21, date(2026, 2, 8))
    assert sale[10] > 1.4 * sale[9]
    assert new_year[10] < 0.6 * new_year[3]


def test_a_world_without_whole_days_has_no_summary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    arguments = {"rows": 60, "days": 2, "seed": 1, "start": date(2026, 5, 1), "processes": 1, "watchlist": 10}
    simulate(tmp_path, **arguments, terms=100, profiles=2)  # type: ignore[arg-type]
    assert json.loads((tmp_path / "world.json").read_text(encoding="utf-8"))["counts"]["rows"] == 60

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tidewaiter.simulation.writer.write", full)
    with pytest.raises(OSError, match="No space"):
        simulate(tmp_path, **arguments, terms=100, profiles=2)  # type: ignore[arg-type]
    assert not (tmp_path / "world.json").exists()


@pytest.mark.parametrize("wrong", [{"rows": 0}, {"days": 0}, {"prevalence": 0.7}, {"prevalence": -0.1}])
def test_what_cannot_be_a_world_is_refused(wrong: dict[str, float], tmp_path: Path) -> None:
    arguments = {"rows": 10, "days": 1, "seed": 1, "start": date(2026, 5, 1), **wrong}
    with pytest.raises(ValueError, match=r"row|prevalence"):
        simulate(tmp_path, **arguments)  # type: ignore[arg-type]


def test_an_empty_day_is_a_day() -> None:
    world = build(Parameters(rows=1, days=3, seed=1, prevalence=0.1, start=date(2026, 5, 1)))
    sizes = [generate_day(world, day).consignments.num_rows for day in range(3)]
    assert sorted(sizes) == [0, 0, 1]


def test_files_say_that_they_are_synthetic(written_world: tuple[Path, WorldSummary]) -> None:
    out, _ = written_world
    for path in out.rglob("*.parquet"):
        file = pq.ParquetFile(path)
        assert file.schema_arrow.metadata[b"tidewaiter.synthetic"] == b"true"
        assert all(file.read(["synthetic"]).column(0).to_pylist())
    for path in out.iterdir():
        if path.is_file():
            assert "syn" in path.read_text(encoding="utf-8")[:4000].lower(), path
