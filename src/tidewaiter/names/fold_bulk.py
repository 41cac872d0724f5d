"""Fold whole columns. Equal to ``fold`` row by row; a property test holds the two together."""

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tidewaiter.names import streams
from tidewaiter.names.tables import Codes, Table, compact_table, name_table, runs_on_flags, skeleton_table, text_table

_SPACE = ord(" ")


def fold_column(column: pa.Array) -> pa.StringArray:
    """Fold a column of texts (string or large_string; nulls stay null) as `fold.fold_text` does."""
    return _folded(column, text_table(), one_space)


def fold_name_column(column: pa.Array) -> pa.StringArray:
    """Fold a column of names (string or large_string; nulls stay null) as `fold.fold_name` does."""
    return _folded(column, name_table(), lambda codes: _without_spaces_in_han(one_space(codes)))


def compact_column(column: pa.Array) -> pa.StringArray:
    """Fold a column of identifiers (string or large_string; nulls stay null) as `fold.compact` does."""
    return _folded(column, compact_table(), lambda codes: codes)


def skeleton_column(column: pa.Array) -> pa.StringArray:
    """Give the look-alike classes of a column of texts (string or large_string; nulls stay null): `fold.skeleton`."""
    return _folded(column, skeleton_table(), lambda codes: codes)


def one_space(codes: Codes) -> Codes:
    """Make each run of spaces in a stream one space, and take those at both ends of rows out."""
    space = codes == _SPACE
    mark = codes == streams.mark_of(codes)
    # After a space or at the start of a row; the first element is a mark and never a space.
    space[1:] &= (space | mark)[:-1]
    codes = codes[~space]
    space = codes == _SPACE
    space[:-1] &= (codes == streams.mark_of(codes))[1:]
    kept: Codes = codes[~space]
    return kept


def _without_spaces_in_han(codes: Codes) -> Codes:
    if codes.dtype == np.uint8:
        return codes
    space = codes == _SPACE
    han = runs_on_flags()[codes]
    space[1:-1] &= han[:-2] | han[2:]
    kept: Codes = codes[~space]
    return kept


def _folded(column: pa.Array, table: Table, finish: Callable[[Codes], Codes]) -> pa.StringArray:
    parts: list[pa.StringArray] = []
    places = np.zeros(len(column), np.int64)
    done = 0
    for stream in streams.streams(column):
        codes, _ = streams.apply(table, stream.codes)
        parts.append(streams.column_of(finish(codes[codes != 0])))
        places[stream.rows] = done + np.arange(stream.rows.size)
        done += stream.rows.size
    if not parts:
        return pa.nulls(len(column), pa.string())
    indices = pa.array(places, mask=pc.is_null(column).to_numpy(zero_copy_only=False))
    return pa.concat_arrays(parts).take(indices)
