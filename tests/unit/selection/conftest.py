"""Small invented strata for the tests of selection, as the fixtures ``stratum`` and ``joined``."""

from collections.abc import Callable
from datetime import date

import pyarrow as pa
import pytest

from tidewaiter.selection.candidates import CANDIDATE
from tidewaiter.selection.draw import draws

DAY = date(2026, 5, 1)
ORIGIN = {"w": "watchlist", "p": "profile_hit", "t": "term"}
Tables = tuple[pa.Table, pa.Table, pa.Table]
POOL = ["administration", "office", "day", "message_id", "consignment_id", "draw"]


def make_stratum(
    marks: list[str], population: int, seed: int, *, office: str = "Port", day: date | None = DAY
) -> Tables:
    """Make one office and day: strata, candidates, and a pool of all its consignments.

    The first consignments are candidates, one a mark: an optional ``!`` for mandatory, w, p or t for the kind, and the
    priority, such as ``!w50``.
    """
    ids = [f"HK:{office}:{day}:{number}" for number in range(population)]
    drawn = draws(seed, pa.array(ids, pa.string()))
    rows = [
        {
            "administration": "HK",
            "office": office,
            "day": day,
            "message_id": f"m-{one}",
            "consignment_id": one,
            "draw": draw,
        }
        for one, draw in zip(ids, drawn.tolist(), strict=True)
    ]
    hits = [
        row
        | {
            "mandatory": mark.startswith("!"),
            "priority": int(mark.lstrip("!")[1:]),
            "origin": ORIGIN[mark.lstrip("!")[0]],
            "rule": f"rule-{mark}",
            "channel": "physical",
        }
        for row, mark in zip(rows, marks, strict=False)
    ]
    types = pa.schema([CANDIDATE.field(name) for name in POOL])
    strata = pa.table(
        {
            "administration": ["HK"],
            "office": [office],
            "day": pa.array([day], pa.date32()),
            "population": pa.array([population], pa.int64()),
        }
    )
    return strata, pa.Table.from_pylist(hits, schema=CANDIDATE), pa.Table.from_pylist(rows, schema=types)


@pytest.fixture(scope="session")
def stratum() -> Callable[..., Tables]:
    """Gives ``make_stratum``."""
    return make_stratum
