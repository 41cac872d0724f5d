"""Planted schemes: enough families, what they change, and that nothing outside the truth folder tells."""

import json
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
import pytest

from tidewaiter.simulation import World, WorldSummary, generate_day
from tidewaiter.simulation.schemes import FAMILIES


@pytest.fixture(scope="module")
def truth(small_world: World) -> pl.DataFrame:
    frames = [pl.from_arrow(generate_day(small_world, day).truth) for day in range(12)]
    return pl.concat([frame for frame in frames if isinstance(frame, pl.DataFrame)])


def test_ten_families_and_more_are_planted(truth: pl.DataFrame) -> None:
    assert len(FAMILIES) >= 10
    assert truth["family"].drop_nulls().n_unique() >= 10
    assert set(truth["split"].drop_nulls()) <= {"open", "sealed", "unseen"}


def test_about_the_share_asked_for_belongs_to_schemes(small_world: World, truth: pl.DataFrame) -> None:
    share = truth["infringing"].to_numpy().mean()
    assert 0.6 * small_world.parameters.prevalence < share < 1.2 * small_world.parameters.prevalence


def test_each_consignment_has_its_truth_once(small_world: World, truth: pl.DataFrame) -> None:
    originals: set[str] = set()
    for day in range(12):
        batch = generate_day(small_world, day).consignments
        kept = pa.compute.equal(batch.column("function"), "original")
        originals |= set(batch.column("consignment_id").filter(kept).to_pylist())
    assert truth["consignment_id"].n_unique() == len(truth)
    assert set(truth["consignment_id"]) == originals


def test_schemes_keep_to_their_days(small_world: World) -> None:
    running = {scheme.id: (scheme.first, scheme.last) for scheme in small_world.schemes}
    for day in (0, 5, 11):
        for scheme in generate_day(small_world, day).truth.column("scheme").drop_null().to_pylist():
            assert running[scheme][0] <= day <= running[scheme][1]


def test_a_world_without_schemes_is_honest(small_world: World) -> None:
    from dataclasses import replace

    from tidewaiter.simulation import build

    honest = build(replace(small_world.parameters, prevalence=0.0))
    assert honest.schemes == ()
    assert not any(generate_day(honest, 2).truth.column("infringing").to_pylist())


def test_only_the_truth_folder_names_schemes(written_world: tuple[Path, WorldSummary]) -> None:
    out, summary = written_world
    assert summary.infringing > 0
    assert "infringing" not in (out / "world.json").read_text(encoding="utf-8")
    words = [family.name for family in FAMILIES]
    for path in out.rglob("*"):
        if path.is_file() and "truth" not in path.parts:
            data = path.read_bytes()
            assert not any(word.encode() in data for word in words if word != "lane"), path
    assert "Never join" in (out / "truth" / "README.txt").read_text(encoding="utf-8")
    listed = json.loads((out / "truth" / "schemes.json").read_text(encoding="utf-8"))
    assert listed["synthetic"] is True
    assert len(listed["schemes"]) == summary.schemes


def test_officers_find_most_but_not_all_of_what_they_open(small_world: World) -> None:
    found = []
    for day in range(12):
        one = generate_day(small_world, day)
        seen, real = pl.from_arrow(one.inspections), pl.from_arrow(one.truth)
        assert isinstance(seen, pl.DataFrame)
        assert isinstance(real, pl.DataFrame)
        found.append(seen.join(real.select("consignment_id", "infringing"), on="consignment_id"))
    joined = pl.concat(found)
    assert set(joined["finding"]) >= {"find", "no_find"}
    hit = joined.filter(pl.col("infringing"))["finding"].eq("find").mean()
    assert hit is not None
    assert np.isclose(float(hit), 0.88, atol=0.15)  # type: ignore[arg-type]
