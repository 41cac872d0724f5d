"""Arrow columns built in bulk: from pools and positions, from byte matrices, from interleaved pieces."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

ZERO = ord("0")


def pool(texts: Sequence[str | None]) -> pa.Array:
    """Make a pool of texts to draw from."""
    return pa.array(texts, pa.string())


def take(source: pa.Array, positions: np.ndarray, missing: np.ndarray | None = None) -> pa.Array:
    """Draw from a pool by position; null where ``missing`` is true."""
    return source.take(pa.array(positions, mask=missing))


def join(*parts: pa.Array) -> pa.Array:
    """Join texts row by row, with nothing between them; null where a part is null."""
    return pc.binary_join_element_wise(*parts, "")


def blank(values: pa.Array, missing: np.ndarray) -> pa.Array:
    """Set values to null where ``missing`` is true."""
    return pc.if_else(pa.array(missing), pa.scalar(None, values.type), values)


def digits(numbers: np.ndarray, width: int) -> np.ndarray:
    """Write numbers as ASCII digits, zero-filled: a uint8 matrix of ``width`` columns."""
    powers = 10 ** np.arange(width - 1, -1, -1, dtype=np.int64)
    return ((numbers.astype(np.int64)[:, None] // powers) % 10 + ZERO).astype(np.uint8)


def letters(rows: int, text: str) -> np.ndarray:
    """Repeat an ASCII text on each row of a uint8 matrix."""
    return np.broadcast_to(np.frombuffer(text.encode("ascii"), np.uint8), (rows, len(text)))


def fixed(*matrices: np.ndarray) -> pa.Array:
    """Read uint8 matrices, side by side, as one ASCII text a row."""
    whole = np.ascontiguousarray(np.concatenate(matrices, axis=1))
    rows, width = whole.shape
    offsets = np.arange(rows + 1, dtype=np.int32) * np.int32(width)
    return pa.StringArray.from_buffers(rows, pa.py_buffer(offsets), pa.py_buffer(whole))


def offsets_of(owner: np.ndarray, rows: int) -> np.ndarray:
    """Give list offsets (int32, rows + 1 of them) from the sorted row number of each element."""
    return np.searchsorted(owner, np.arange(rows + 1)).astype(np.int32)


def ranges(starts: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """Concatenate the integer ranges ``start .. start + length``."""
    total = int(lengths.sum())
    before = np.cumsum(lengths) - lengths
    return np.repeat(starts - before, lengths) + np.arange(total)


def lists(kind: pa.DataType, columns: Sequence[pa.Array], owner: np.ndarray, rows: int) -> pa.Array:
    """Make a list column of structs of type ``kind`` from its flat columns, sorted by ``owner``."""
    values = pa.StructArray.from_arrays(list(columns), fields=list(kind))
    return pa.ListArray.from_arrays(pa.array(offsets_of(owner, rows)), values)
