"""Read CSV in bulk, where nothing is wrong with it; `careful` reads the rest.

Reading in bulk forgives what a list must not be forgiven (text after a closing quote, say) and does not tell lines. So
the quotes of a file are looked at first: they show where each row begins, and whether every row is CSV as in RFC 4180.
"""

import csv
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
from numpy.typing import NDArray

# What decoding leaves where bytes were not UTF-8: such a line is for the careful reader to report.
_UNDECODABLE = "\ufffd".encode()
BYTE_ORDER_MARK = "\ufeff".encode()
_COMMA, _QUOTE, _NEWLINE, _RETURN = b',"\n\r'
# Bytes whose quotes are looked at together, to bound memory.
_BLOCK = 4 << 20

_Places = NDArray[np.int64]


class Rows(NamedTuple):
    """The rows of a file below its first: a column of strings for each of its fields, and where each row stands."""

    header: list[str]
    columns: list[pa.DictionaryArray]
    lines: _Places
    """Number of the line, from 1, on which each row begins."""


def read(data: bytes) -> Rows | None:
    """Read CSV in UTF-8 without a byte order mark; None where it is not well-formed or holds something unusual."""
    if not data or not _is_plain(data):
        return None
    shape = _shape(np.frombuffer(data, np.uint8))
    if shape is None:
        return None
    header_end, lines = shape
    if data.startswith(BYTE_ORDER_MARK, header_end):
        return None
    try:
        header = next(csv.reader([data[:header_end].decode()]), [])
        columns = _columns(memoryview(data)[header_end:], len(header))
    except (UnicodeDecodeError, pa.ArrowInvalid):
        return None
    if not columns or len(columns[0]) != lines.size:
        return None
    return Rows(header, columns, lines)


def _is_plain(data: bytes) -> bool:
    """Whether the bytes hold no sign that bytes were lost, and no line end but LF and CR LF."""
    if _UNDECODABLE in data:
        return False
    return b"\r" not in data or data.count(b"\r") == data.count(b"\r\n")


def _shape(data: NDArray[np.uint8]) -> tuple[int, _Places] | None:
    """Give where the first row ends, and for each other row that is not blank the number of its line.

    None where a quote stands within a field, text after a closing quote, or a row is longer than a field may be.
    """
    newlines, row_ends = [], []
    within = 0
    for start in range(0, data.size, _BLOCK):
        block = data[start : start + _BLOCK]
        quotes = np.flatnonzero(block == _QUOTE) + start
        opening, closing = quotes[within::2], quotes[1 - within :: 2]
        if not (_follow(data, opening[opening > 0]) and _precede(data, closing[closing < data.size - 1])):
            return None
        newline = np.flatnonzero(block == _NEWLINE) + start
        newlines.append(newline)
        row_ends.append(newline[(np.searchsorted(quotes, newline) + within) % 2 == 0])
        within = (within + quotes.size) % 2
    ends = np.concatenate(row_ends)
    if within or not ends.size:
        return None
    begins = ends + 1
    ends = np.append(ends[1:], data.size) - (data[np.append(ends[1:], data.size) - 1] == _RETURN)
    if (ends - begins).max() > csv.field_size_limit() or begins[0] > csv.field_size_limit():
        return None
    lines = np.searchsorted(np.concatenate(newlines), begins) + 1
    return int(begins[0]), lines[ends > begins]


def _follow(data: NDArray[np.uint8], quotes: NDArray[np.intp]) -> bool:
    """Whether each opening quote begins a field, or stands after a closing one (a quote within the field, doubled)."""
    before = data[quotes - 1]
    return bool(((before == _COMMA) | (before == _NEWLINE) | (before == _QUOTE)).all())


def _precede(data: NDArray[np.uint8], quotes: NDArray[np.intp]) -> bool:
    """Whether each closing quote ends a field, or stands before an opening one."""
    after = data[quotes + 1]
    return bool(((after == _COMMA) | (after == _NEWLINE) | (after == _RETURN) | (after == _QUOTE)).all())


def _columns(data: memoryview, count: int) -> list[pa.DictionaryArray]:
    """Parse rows. Raises pyarrow.ArrowInvalid where rows are ragged, bytes are not UTF-8, or no row is there."""
    names = [str(number) for number in range(count)]
    kind = pa.dictionary(pa.int32(), pa.string())
    table = pa_csv.read_csv(
        pa.BufferReader(pa.py_buffer(data)),
        pa_csv.ReadOptions(column_names=names),
        pa_csv.ParseOptions(newlines_in_values=True),
        pa_csv.ConvertOptions(
            column_types=dict.fromkeys(names, kind), strings_can_be_null=False, quoted_strings_can_be_null=False
        ),
    ).unify_dictionaries()
    return [pa.concat_arrays(column.chunks) for column in table.columns]
