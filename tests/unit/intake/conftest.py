"""Read an input whole, and check what holds of every input."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tidewaiter.intake.reading import ReadOptions
from tidewaiter.intake.registry import read
from tidewaiter.intake.sources import find_sources
from tidewaiter.schemas import CONSIGNMENT, INSPECTION, REJECT


@dataclass
class Loaded:
    """All that was read."""

    read: int = 0
    accepted: int = 0
    consignments: list[dict[str, Any]] = field(default_factory=list)
    rejects: list[dict[str, Any]] = field(default_factory=list)
    inspections: list[dict[str, Any]] = field(default_factory=list)

    @property
    def codes(self) -> list[str]:
        return [reject["code"] for reject in self.rejects]

    @property
    def positions(self) -> list[str]:
        return [reject["source_position"] for reject in self.rejects]


def load_all(path: Path, options: ReadOptions | None = None) -> Loaded:
    loaded = Loaded()
    for source in find_sources([path]):
        for batch in read(source, options):
            batch.consignments.validate(full=True)
            assert batch.consignments.schema.equals(CONSIGNMENT, check_metadata=True)
            assert batch.rejects.schema.equals(REJECT)
            assert batch.read == batch.accepted + batch.rejects.num_rows
            rows = batch.consignments.to_pylist()
            assert sum(row["source_rows"] for row in rows) == batch.accepted
            if batch.inspections is not None:
                assert batch.inspections.schema.equals(INSPECTION)
                loaded.inspections += batch.inspections.to_pylist()
            loaded.read += batch.read
            loaded.accepted += batch.accepted
            loaded.consignments += rows
            loaded.rejects += batch.rejects.to_pylist()
    ids = [row["message_id"] for row in loaded.consignments]
    assert len(set(ids)) == len(ids)
    return loaded


@pytest.fixture
def load() -> Callable[..., Loaded]:
    """Read a path with all invariants checked."""
    return load_all


@pytest.fixture
def load_bytes(tmp_path: Path) -> Callable[..., Loaded]:
    """Write bytes to a file and read it, with all invariants checked."""

    def run(content: bytes, name: str = "input.csv", **options: Any) -> Loaded:
        path = tmp_path / name
        path.write_bytes(content)
        return load_all(path, ReadOptions(**options))

    return run
