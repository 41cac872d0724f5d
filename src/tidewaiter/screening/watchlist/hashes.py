"""Find in bulk which values of a column may stand on a list, by 64-bit hashes.

Values that compare alike have the same letters and digits, so a hash of those sorts out nearly all that is not listed.
Whoever passes is compared in full afterwards: a hash alone never makes a hit.
"""

from collections.abc import Callable
from functools import cache

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray

from tidewaiter.names import streams
from tidewaiter.names.characters import fold_character
from tidewaiter.names.streams import Codes
from tidewaiter.names.tables import Table, compact_table

Hashes = NDArray[np.uint64]

_SEED = 20_260_501
# Places of the first sieve for each value on the list: one in this many of the others passes by chance.
_PLACES = 32
_FEWEST_BITS, _MOST_BITS = 10, 27
# Numbers are told apart by their last digits: country code and trunk prefix are written or left out.
_LAST_DIGITS = 7
# What announces an extension ("ext. 12", "#12", 轉12, 內線12) folds to one of these.
_EXTENSION = ord("x")
_ANNOUNCE = "x#转线"
# 2**64 divided by the golden ratio: spreads small numbers over 64 bits (Knuth, The Art of Computer Programming, 6.4).
_SPREAD = np.uint64(0x9E3779B97F4A7C15)


class HashSet:
    """A set of hashes with a quick test for whole columns: a table of bits, then the sorted hashes themselves."""

    def __init__(self, hashes: Hashes) -> None:
        self._sorted = np.unique(hashes)
        bits = int(np.ceil(np.log2(max(1, self._sorted.size) * _PLACES)))
        bits = min(max(bits, _FEWEST_BITS), _MOST_BITS)
        self._shift = np.uint64(64 - bits)
        self._sieve = np.zeros(1 << bits, bool)
        self._sieve[self._sorted >> self._shift] = True

    def __len__(self) -> int:
        return int(self._sorted.size)

    def where(self, hashes: Hashes) -> NDArray[np.intp]:
        """Give the places of ``hashes`` that hold a member."""
        if not self._sorted.size:
            return np.empty(0, np.intp)
        passed = np.flatnonzero(self._sieve[hashes >> self._shift])
        at = np.searchsorted(self._sorted, hashes[passed])
        found: NDArray[np.intp] = passed[self._sorted[np.minimum(at, self._sorted.size - 1)] == hashes[passed]]
        return found


def text_rows(column: pa.Array, listed: HashSet) -> list[int]:
    """Give the rows of a string column whose letters and digits are those of a listed value, in ascending order."""
    found = [stream.rows[listed.where(_hash_texts(stream.codes))] for stream in streams.streams(column)]
    return sorted(np.concatenate(found).tolist()) if found else []


def text_hashes(column: pa.Array) -> Hashes:
    """Hash the letters and digits of each value of a string column without nulls."""
    return _scattered(column, _hash_texts)


def _hash_texts(codes: Codes) -> Hashes:
    kept = _kept(compact_table(), codes)
    hashes: Hashes = pl.Series(streams.column_of(kept)).hash(_SEED).to_numpy()
    return hashes


def phone_rows(column: pa.Array, listed: HashSet) -> list[int]:
    """Give the rows of a column of telephone numbers that may be listed, in ascending order.

    Those whose last digits are listed, and those that seem to hold an extension.
    """
    found = []
    for stream in streams.streams(column):
        hashes, extension = _hash_phones(stream.codes)
        found.append(stream.rows[np.union1d(listed.where(hashes), np.flatnonzero(extension))])
    return sorted(np.concatenate(found).tolist()) if found else []


def phone_hashes(column: pa.Array) -> Hashes:
    """Hash the last digits of each number of a string column without nulls; the numbers hold no extensions."""
    return _scattered(column, lambda codes: _hash_phones(codes)[0])


def _hash_phones(codes: Codes) -> tuple[Hashes, NDArray[np.bool_]]:
    kept = _kept(_phone_table(), codes)
    marks = streams.marks(kept)
    begins, ends = marks[:-1], marks[1:]
    number = np.minimum(ends - begins - 1, _LAST_DIGITS).astype(np.uint64)
    extension = np.zeros(begins.size, bool)
    for back in range(1, _LAST_DIGITS + 1):
        place = np.maximum(ends - back, 0)
        within = place > begins
        number = number * np.uint64(10) + np.where(within, kept[place] - ord("0"), 0).astype(np.uint64)
    places = np.flatnonzero(kept == _EXTENSION)
    extension[np.searchsorted(marks, places) - 1] = True
    return number * _SPREAD, extension


@cache
def _phone_table() -> Table:
    """Digits stay, what announces an extension becomes ``x``, all else goes."""
    return Table(_phone_character)


def _phone_character(character: str) -> str:
    folded = fold_character(character)
    return "".join("x" if part in _ANNOUNCE else part for part in folded if part in "0123456789" or part in _ANNOUNCE)


def _scattered(column: pa.Array, hashed: Callable[[Codes], Hashes]) -> Hashes:
    hashes = np.zeros(len(column), np.uint64)
    for stream in streams.streams(column):
        hashes[stream.rows] = hashed(stream.codes)
    return hashes


def _kept(table: Table, codes: Codes) -> Codes:
    mapped, _ = streams.apply(table, codes)
    kept: Codes = mapped[mapped != 0]
    return kept
