"""A column of texts as one long array of characters, with a mark between rows.

Rows of plain ASCII become a stream of bytes, the others a stream of code points: the same work on a quarter of the
memory. All further steps keep the marks in place, so that no offsets need to be carried along.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from tidewaiter.names.tables import ROW, ROW_BYTE, Codes, Table

# Rows that are worked on together: the arrays of one piece should stay in the processor's cache.
_PIECE_BYTES = 1 << 20
_PIECE_ROWS = 1 << 15


@dataclass(frozen=True)
class Stream:
    """Rows of a column, one after the other, with a mark before, between and after them."""

    rows: NDArray[np.int64]
    """For each row of the stream its position in the column."""
    codes: Codes


def mark_of(codes: Codes) -> int:
    """Give the element that stands between rows in a stream of this type."""
    return ROW_BYTE if codes.dtype == np.uint8 else ROW


def marks(codes: Codes) -> NDArray[np.intp]:
    """Give the places of the marks: one more than there are rows."""
    return np.flatnonzero(codes == mark_of(codes))


def streams(column: pa.Array) -> Iterator[Stream]:
    """Cut a string column (nulls left out) into streams of moderate size."""
    rows = np.arange(len(column))
    if column.null_count:
        rows = np.flatnonzero(pc.is_valid(column).to_numpy(zero_copy_only=False))
        column = column.drop_null()
    if not len(column):
        return
    plain = pc.equal(pc.binary_length(column), pc.utf8_length(column)).to_numpy(zero_copy_only=False)
    for wanted in (True, False):
        chosen = np.flatnonzero(plain == wanted)
        if chosen.size:
            part = column if chosen.size == len(column) else column.take(pa.array(chosen))
            for start, end in _pieces(part):
                piece = part.slice(start, end - start)
                yield Stream(rows[chosen[start:end]], _bytes(piece) if wanted else _code_points(piece))


def _pieces(column: pa.Array) -> Iterator[tuple[int, int]]:
    sizes = np.cumsum(pc.binary_length(column).to_numpy(zero_copy_only=False), dtype=np.int64)
    start = 0
    while start < sizes.size:
        limit = _PIECE_BYTES + (int(sizes[start - 1]) if start else 0)
        end = min(max(int(np.searchsorted(sizes, limit, side="right")), start + 1), start + _PIECE_ROWS)
        yield start, end
        start = end


def _joined(column: pa.Array, mark: str | bytes) -> memoryview:
    kind = pa.binary() if isinstance(mark, bytes) else column.type
    one_row = pa.LargeListArray.from_arrays(pa.array([0, len(column)], pa.int64()), column.cast(kind))
    return memoryview(pc.binary_join(one_row, pa.scalar(mark, kind))[0].as_buffer())


def _bytes(column: pa.Array) -> Codes:
    joined = np.frombuffer(_joined(column, bytes([ROW_BYTE])), np.uint8)
    codes = np.empty(joined.size + 2, np.uint8)
    codes[0] = codes[-1] = ROW_BYTE
    codes[1:-1] = joined
    return codes


def _code_points(column: pa.Array) -> Codes:
    mark = chr(ROW)
    text = str(_joined(column, mark), "utf-8")
    if text.count(mark) != len(column) - 1:
        text = str(_joined(pc.replace_substring(column, mark, "\ufffe"), mark), "utf-8")
    return np.frombuffer(f"{mark}{text}{mark}".encode("utf-32-le"), np.uint32)


def apply(table: Table, codes: Codes) -> tuple[Codes, NDArray[np.intp] | None]:
    """Map each character by a table; returns what `Table.apply` does."""
    if codes.dtype == np.uint8:
        return table.ascii[codes], None
    return table.apply(codes)


def column_of(codes: Codes) -> pa.StringArray:
    """Make a string column of a stream."""
    ends = marks(codes)
    if codes.dtype == np.uint8:
        offsets = ends - np.arange(ends.size) - ends[0]
        data = codes.tobytes().translate(None, bytes([ROW_BYTE]))
    else:
        text = codes[codes != ROW]
        data = text.tobytes().decode("utf-32-le").encode()
        widths = np.ones(codes.size, np.int32)
        for first in (0x80, 0x800, 0x10000):
            widths += codes >= first
        widths[ends] = 0
        offsets = np.cumsum(widths)[ends]
    return pa.StringArray.from_buffers(ends.size - 1, pa.py_buffer(offsets.astype(np.int32)), pa.py_buffer(data))
