"""A small lake, made row by row."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from tidewaiter.lake.layout import LAKE_CONSIGNMENT, SCHEMAS
from tidewaiter.lake.parts import write_part, write_partitioned

KEY = b"a secret of a node, for tests only"
MakeLake = Callable[..., Path]

_REQUIRED: dict[str, Any] = {
    "function": "original",
    "partial": False,
    "administration": "HK",
    "source_file": "file.csv",
    "source_position": "2",
    "source_rows": 1,
    "synthetic": True,
    "draw": 0.5,
}


def _row(number: int, given: dict[str, Any]) -> dict[str, Any]:
    ids = {"message_id": f"message-{number}", "consignment_id": f"HK:{number}", "day": date(2026, 5, 1)}
    return {name: {**_REQUIRED, **ids, **given}.get(name) for name in LAKE_CONSIGNMENT.names}


@pytest.fixture
def make_lake(tmp_path: Path) -> MakeLake:
    """Write consignments (what is not given is filled in) and message states; ``part`` rows go into a file."""

    def make(consignments: Sequence[dict[str, Any]], states: Sequence[dict[str, Any]] = (), part: int = 1000) -> Path:
        root = tmp_path / "result"
        rows = [_row(number, given) for number, given in enumerate(consignments)]
        for start in range(0, len(rows), part):
            batch = pa.RecordBatch.from_pylist(rows[start : start + part], schema=LAKE_CONSIGNMENT)
            write_partitioned(root, "consignment", f"{start:06d}", batch)
        write_part(
            root, "message_state", "0", pa.RecordBatch.from_pylist(list(states), schema=SCHEMAS["message_state"])
        )
        (root / "consignment").mkdir(parents=True, exist_ok=True)
        return root

    return make
