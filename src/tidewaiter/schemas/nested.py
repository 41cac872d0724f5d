"""Take a nested column apart without copying it."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc


def children(batch: pa.RecordBatch, column: str) -> tuple[np.ndarray, pa.StructArray]:
    """Give the elements of a list column, and for each the row that it belongs to.

    Returns ``(row, elements)``: an int64 array of positions in ``batch``, and the flattened struct array; both have
    one entry per element. Null and empty lists have none.
    """
    values = batch.column(column)
    rows = pc.list_parent_indices(values).to_numpy(zero_copy_only=False)
    return rows.astype(np.int64, copy=False), values.flatten()


def ordinal(row: np.ndarray) -> np.ndarray:
    """Number the elements within each row from 1, given the row of each element as `children` gives it."""
    if row.size == 0:
        return np.empty(0, dtype=np.int64)
    starts = np.flatnonzero(np.r_[True, row[1:] != row[:-1]])
    lengths = np.diff(np.r_[starts, row.size])
    return np.arange(row.size) - np.repeat(starts, lengths) + 1
