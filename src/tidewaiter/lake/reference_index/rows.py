"""Read rows of the lake by their place: a few columns of several rows, or one whole consignment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from tidewaiter.lake.layout import LAKE_CONSIGNMENT
from tidewaiter.lake.reference_index.catalogue import File
from tidewaiter.lake.reference_index.refusal import IndexRefused

__all__ = ["IN_FORCE", "Place", "check_unchanged", "read_consignment", "read_rows"]

IN_FORCE = "in_force"
_LEAVES = {
    "parties": [f"parties.list.element.{name}" for name in ("identifier_type", "identifier", "phone", "account")],
}


@dataclass(frozen=True)
class Place:
    """Where a message that bears a reference lies, and enough of it to show in a list."""

    file: str
    """Path of the Parquet file from the result's root."""
    row: int
    """Position in the file, from 0."""
    kind: str
    """Kind of the reference that was found (`spelling.KINDS`)."""
    value: str
    """The reference as declared."""
    message_id: str
    consignment_id: str
    administration: str
    office: str | None
    day: date | None
    state: str
    """``in_force``, or why the message is not: superseded, cancelled, waiting, duplicate."""
    reason: str | None
    """Why, as a code of ``message_state``; None for a message in force."""


def check_unchanged(root: Path, file: File) -> Path:
    """Give the path of a file of the lake. Raises IndexRefused where it is not the one that was indexed."""
    inner = PurePosixPath(file.path)
    path = root / inner
    if inner.is_absolute() or ".." in inner.parts or not path.is_file() or path.stat().st_size != file.bytes:
        raise IndexRefused(
            f"{path} is not the file that was indexed: the result was replaced or moved since. Build the index again."
        )
    return path


def read_rows(path: Path, rows: Sequence[int], columns: list[str]) -> list[dict[str, Any]]:
    """Read some columns of rows (positions in the file) from those row groups alone that hold one of them.

    Returns the rows in the order asked for; of a party only the numbers by which it is known. Raises IndexRefused
    where the file cannot be read or is too short.
    """
    if len(rows) == 1 or not _LEAVES.keys() & set(columns):
        return _span(path, rows, columns)
    try:
        with pq.ParquetFile(path) as file:
            return _picked(file, rows, [leaf for name in columns for leaf in _LEAVES.get(name, [name])])
    except (pa.ArrowException, OSError) as error:
        raise IndexRefused(f"{path} cannot be read: {error}. Make the result again.") from error


def _span(path: Path, rows: Sequence[int], columns: list[str]) -> list[dict[str, Any]]:
    """Read rows with what lies between them. Polars builds nothing outside, which takes half the time."""
    first, size = min(rows), max(rows) - min(rows) + 1
    try:
        scanned = pl.scan_parquet(path, hive_partitioning=False, glob=False)
        held = scanned.select(columns).slice(first, size).collect()
        found = held[[row - first for row in rows]].to_dicts() if held.height == size else []
    except (pl.exceptions.PolarsError, OSError) as error:
        raise IndexRefused(f"{path} cannot be read: {error}. Make the result again.") from error
    if not found:
        raise IndexRefused(f"{path} has no row {max(rows)}. Build the index again.")
    return found


def _picked(file: pq.ParquetFile, rows: Sequence[int], columns: list[str]) -> list[dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    start = 0
    for group in range(file.num_row_groups):
        end = start + file.metadata.row_group(group).num_rows
        inside = sorted({row for row in rows if start <= row < end})
        if inside:
            table = file.read_row_group(group, columns=columns, use_threads=False)
            taken = table.take(pa.array([row - start for row in inside])).to_pylist()
            found.update(zip(inside, taken, strict=True))
        start = end
    if not found.keys() >= set(rows):
        raise pa.ArrowInvalid(f"a row beyond its end, which is {start}, was asked for")
    return [found[row] for row in rows]


def read_consignment(root: Path, place: Place) -> dict[str, Any]:
    """Read the whole message at a place: nested as ``layout.LAKE_CONSIGNMENT``, with its ``state`` and ``reason``.

    A message that an amendment has superseded stands as it was lodged; the version in force is another message of the
    same ``consignment_id`` (`Index.in_force`). Raises IndexRefused where the place holds another message.
    """
    inner = PurePosixPath(place.file)
    if inner.is_absolute() or ".." in inner.parts:
        raise IndexRefused(f"{place.file} does not lie within the result.")
    path = root / inner
    [found] = _span(path, [place.row], LAKE_CONSIGNMENT.names)
    if found["message_id"] != place.message_id:
        raise IndexRefused(f"{path} holds another message at row {place.row}. Build the index again.")
    return {**found, "state": place.state, "reason": place.reason}
