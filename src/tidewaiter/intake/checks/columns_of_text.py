"""A column of identifiers as bytes in normal form: `domain.identifiers.normal_form` for millions of values at once."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from tidewaiter.domain.identifiers import normal_form

Bytes = npt.NDArray[np.uint8]
Positions = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Column: TypeAlias = "pa.Array | pa.ChunkedArray | pl.Series"

_ASCII = 0x80
_GONE = 0


def translated(data: Bytes, table: bytes) -> Bytes:
    """Each byte as the table of 256 says: several times as fast as indexing a numpy table."""
    return np.frombuffer(data.tobytes().translate(table), dtype=np.uint8).reshape(data.shape)


def _fold_table() -> bytes:
    """What each byte becomes: `_GONE` for a separator, ``?`` for a NUL or a piece of a wider character."""
    becomes = bytearray(b"?" * 256)
    for code in range(1, _ASCII):
        becomes[code] = ord(normal_form.FOLD.get(code, chr(code)) or chr(_GONE))
    return bytes(becomes)


_BECOMES = _fold_table()


@dataclass(frozen=True, slots=True)
class CompactColumn:
    """Values in normal form: ``data[start[i] : start[i] + length[i]]`` are the bytes of value i, one byte a character.

    A character that no identifier holds stands as ``?``. A null is like an empty value: its length is 0.
    """

    data: Bytes
    start: Positions
    length: Positions

    def matrix(self, rows: Positions, length: int) -> Bytes:
        """The characters of ``rows``, all ``length`` long: shape (length, rows), one line a place."""
        start = self.start[rows]
        if rows.size and start[-1] - start[0] == length * (rows.size - 1) and (np.diff(start) == length).all():
            block = self.data[start[0] : start[0] + length * rows.size]
            return np.ascontiguousarray(block.reshape(-1, length).T)
        characters: Bytes = self.data[start + np.arange(length)[:, None]]
        return characters

    def starts_with(self, prefix: bytes) -> Mask:
        """Which values begin with ``prefix``."""
        rows = np.flatnonzero(self.length >= len(prefix))
        for place, char in enumerate(prefix):
            rows = rows[self.data[self.start[rows] + place] == char]
        found = np.zeros(self.length.size, dtype=np.bool_)
        found[rows] = True
        return found

    def all_digits(self) -> Mask:
        """Which values are digits alone, one at least."""
        digits = np.concatenate(([0], np.cumsum((self.data >= ord("0")) & (self.data <= ord("9")))))
        found: Mask = (digits[self.start + self.length] - digits[self.start] == self.length) & (self.length > 0)
        return found

    def without_prefix(self, prefix: bytes) -> "CompactColumn":
        """The same values with ``prefix`` taken off where they begin with it."""
        cut = self.starts_with(prefix) * len(prefix)
        return CompactColumn(self.data, self.start + cut, self.length - cut)


def compact_column(values: Column) -> CompactColumn:
    """Bring a string column (pyarrow or polars) to the normal form that `normal_form.compact` gives each value."""
    data, offsets = _buffers(_string_array(values))
    if (data >= _ASCII).any():
        data, offsets = _without_wide_characters(data, offsets)
    data = translated(data, _BECOMES)
    kept = data != _GONE
    if not kept.all():
        before = np.concatenate(([0], np.cumsum(kept)))
        data, offsets = data[kept], before[offsets]
    return CompactColumn(data, offsets[:-1], np.diff(offsets))


def _string_array(values: Column) -> pa.Array:
    array = (values.to_arrow() if isinstance(values, pl.Series) else values).cast(pa.large_string())
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    return pc.fill_null(array, "") if array.null_count else array


def _buffers(array: pa.Array) -> tuple[Bytes, Positions]:
    _, offset_buffer, data_buffer = array.buffers()
    if not len(array) or data_buffer is None:
        return np.empty(0, dtype=np.uint8), np.zeros(len(array) + 1, dtype=np.int64)
    offsets = np.frombuffer(offset_buffer, dtype=np.int64)[array.offset : array.offset + len(array) + 1]
    return np.frombuffer(data_buffer, dtype=np.uint8)[offsets[0] : offsets[-1]], offsets - offsets[0]


def _without_wide_characters(data: Bytes, offsets: Positions) -> tuple[Bytes, Positions]:
    """Fold the values that hold anything beyond ASCII one by one: they are few. Each character becomes one byte."""
    before = np.concatenate(([0], np.cumsum(data >= _ASCII)))[offsets]
    wide = np.flatnonzero(np.diff(before))
    pieces = []
    lengths = np.diff(offsets)
    end = 0
    for row in wide.tolist():
        first, last = int(offsets[row]), int(offsets[row + 1])
        text = normal_form.compact(data[first:last].tobytes().decode(errors="replace"))
        folded = np.frombuffer(text.encode("ascii", errors="replace"), dtype=np.uint8)
        pieces += [data[end:first], folded]
        lengths[row] = folded.size
        end = last
    return np.concatenate([*pieces, data[end:]]), np.concatenate(([0], np.cumsum(lengths)))
