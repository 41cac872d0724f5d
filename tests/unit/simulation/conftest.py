"""A small world for the tests of this room."""

from datetime import date
from pathlib import Path

import pytest

from tidewaiter.simulation import Parameters, World, WorldSummary, build, simulate

SMALL = Parameters(rows=6_000, days=12, seed=11, prevalence=0.03, start=date(2026, 5, 1))


@pytest.fixture(scope="session")
def small_world() -> World:
    """A world of twelve days."""
    return build(SMALL)


@pytest.fixture(scope="session")
def written_world(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, WorldSummary]:
    """The same world as files, with short lists beside it."""
    out = tmp_path_factory.mktemp("world")
    summary = simulate(
        out,
        rows=SMALL.rows,
        days=SMALL.days,
        seed=SMALL.seed,
        prevalence=SMALL.prevalence,
        start=SMALL.start,
        processes=2,
        watchlist=800,
        terms=600,
        profiles=60,
    )
    return out, summary
