"""The messages of a run once more, as they lie in memory, for as long as the run is being made.

A nested Parquet file must be decoded whole for one row of it, and the later stages of a run ask for scattered rows. So
the first pass leaves each part here too, not compressed (about 1.2 KB a message), and the files are mapped: of a row
that is asked for, little more is read than itself. The folder is gone before the result is put in place.
"""

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

__all__ = ["FOLDER", "keep", "mapped", "narrowed", "sweep", "take"]

FOLDER = ".scratch"
_WITHIN = ".list.element."


def keep(root: Path, part: Path, rows: pa.Table) -> None:
    """Leave the rows of a part, in their order. ``part`` is where its Parquet file lies within ``root``."""
    path = _beside(root, part)
    path.parent.mkdir(parents=True, exist_ok=True)
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, rows.schema) as writer:
        writer.write_table(rows)


def mapped(root: Path, part: Path) -> list[pa.RecordBatch]:
    """Give the rows of a part in batches, mapped into memory for as long as these live."""
    with pa.memory_map(str(_beside(root, part))) as file, pa.ipc.open_file(file) as reader:
        return [reader.get_batch(number) for number in range(reader.num_record_batches)]


def take(batches: Sequence[pa.RecordBatch], rows: npt.NDArray[np.int64]) -> pa.Table:
    """Take rows of a part by their numbers in it, ascending; no other rows are touched."""
    ends = np.cumsum([batch.num_rows for batch in batches])
    cuts = np.searchsorted(rows, ends)
    taken = []
    first = before = 0
    for batch, end, cut in zip(batches, ends.tolist(), cuts.tolist(), strict=True):
        taken.append(batch.take(pa.array(rows[first:cut] - before)))
        first, before = cut, end
    return pa.Table.from_batches(taken)


def narrowed(batch: pa.RecordBatch, columns: Iterable[str]) -> pa.RecordBatch:
    """Give some columns of a batch, which Parquet paths name (``value``, ``goods.list.element.hs``); no row is copied.

    Columns come in the order in which they are named first, members of lists in that of the schema.
    """
    members: dict[str, set[str]] = {}
    for column in columns:
        name, _, member = column.partition(_WITHIN)
        members.setdefault(name, set()).add(member)
    arrays = [_with_members(batch.column(name), wanted) for name, wanted in members.items()]
    return pa.RecordBatch.from_arrays(arrays, names=list(members))


def sweep(root: Path) -> None:
    """Remove all that was kept."""
    shutil.rmtree(root / FOLDER, ignore_errors=True)


def _beside(root: Path, part: Path) -> Path:
    return (root / FOLDER / part.relative_to(root)).with_suffix(".arrow")


def _with_members(column: pa.Array, wanted: set[str]) -> pa.Array:
    if wanted == {""}:
        return column
    elements = column.values
    fields = [field for field in elements.type if field.name in wanted]
    chosen = pa.StructArray.from_arrays(
        [elements.field(field.name) for field in fields],
        fields=fields,
        mask=elements.is_null() if elements.null_count else None,
    )
    return pa.ListArray.from_arrays(column.offsets, chosen, mask=column.is_null() if column.null_count else None)
