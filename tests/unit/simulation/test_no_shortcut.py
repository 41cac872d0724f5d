"""No single column, and no copy of an earlier row, gives the truth away."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from tidewaiter.simulation import Parameters, build, generate_day, shortcut

DAYS = 30


@pytest.fixture(scope="module")
def world() -> tuple[pl.DataFrame, np.ndarray, np.ndarray]:
    """About 60 000 rows of a world with ten times the usual share of schemes."""
    whole = build(Parameters(rows=60_000, days=DAYS, seed=7, prevalence=0.05, start=date(2026, 3, 1)))
    frames, labels, days = [], [], []
    for day in range(DAYS):
        one = generate_day(whole, day)
        frame = shortcut.flatten(one.consignments).unique("consignment_id", keep="first", maintain_order=True)
        truth = pl.from_arrow(one.truth)
        assert isinstance(truth, pl.DataFrame)
        assert frame["consignment_id"].equals(truth["consignment_id"])
        frames.append(frame)
        labels.append(truth["infringing"].to_numpy())
        days.append(np.full(len(frame), day))
    return pl.concat(frames, how="diagonal_relaxed"), np.concatenate(labels), np.concatenate(days)


@pytest.mark.slow
def test_no_column_and_no_copy_gives_the_truth_away(world: tuple[pl.DataFrame, np.ndarray, np.ndarray]) -> None:
    frame, labels, days = world
    found = shortcut.measure(frame, labels, days)
    assert len(found.columns) > 80
    assert found.failures() == []
    for name in ("message_id", "consignment_id", "source_position", "references.declaration_number.value"):
        assert abs(found.columns[name] - 0.5) < 0.03


@pytest.mark.slow
def test_the_measure_sees_a_leak(world: tuple[pl.DataFrame, np.ndarray, np.ndarray]) -> None:
    frame, labels, days = world
    rng = np.random.default_rng(5)
    told = np.where(labels, rng.random(len(labels)) < 0.9, rng.random(len(labels)) < 0.1).astype(int)
    leaking = frame.with_columns(pl.Series("regime", np.where(told, "a", "b")))
    assert any(
        text.startswith("regime") for text in shortcut.measure(leaking.select(frame.columns), labels, days).failures()
    )


def test_a_copied_label_is_found_by_looking_it_up() -> None:
    values = [f"bundle {at % 500}" for at in range(4_000)]
    labels = np.array([at % 500 < 100 for at in range(4_000)])
    early = np.arange(4_000) < 2_400
    frame = pl.DataFrame({"bundle": values})
    assert shortcut.look_up_auc(frame, ["bundle"], labels, early) == pytest.approx(1.0)
    assert shortcut.column_auc(pl.Series(np.random.default_rng(1).random(4_000)), labels) == pytest.approx(
        0.5, abs=0.06
    )


def test_auc_counts_ties_half() -> None:
    labels = np.array([True, False, True, False])
    assert shortcut.auc(labels, np.array([1.0, 1.0, 1.0, 1.0])) == 0.5
    assert shortcut.auc(labels, np.array([2.0, 1.0, 3.0, 1.0])) == 1.0
    assert shortcut.auc(labels, np.array([1.0, 1.0, 2.0, 0.0])) == 0.875
