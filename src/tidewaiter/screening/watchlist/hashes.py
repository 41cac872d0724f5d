"""Find in bulk which values of a column may stand on a list, by 64-bit hashes.

Values that compare alike have the same letters and digits, so a hash of those sorts out nearly all that is not listed.
Whoever passes is compared in full afterwards: a hash alone never makes a hit.
"""

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray

from tidewaiter.domain.identifiers import phone
from tidewaiter.names import streams
from tidewaiter.names.characters import fold_character
from tidewaiter.names.tables import Codes, Table, compact_table
from tidewaiter.screening.lists.repeats import Distinct

Hashes = NDArray[np.uint64]
Places = NDArray[np.int64]

_SEED = 20_260_501
# Places of the first sieve for each value on the list: one in this many of the others passes by chance.
_PLACES = 32
_FEWEST_BITS, _MOST_BITS = 10, 27
# Numbers are told apart by their last digits: country code and trunk prefix are written or left out.
_LAST_DIGITS = 7
# From so many digits on, a trunk prefix that is left out is not among the last digits (+86 0 and seven more).
_SURELY_LONG = 10
# What announces an extension ("ext. 12", "#12", 轉12, 內線12) folds to one of these.
_EXTENSION = ord("x")
_ANNOUNCE = "x#转线"
# 2**64 divided by the golden ratio: spreads small numbers over 64 bits (Knuth, The Art of Computer Programming, 6.4).
_SPREAD = np.uint64(0x9E3779B97F4A7C15)


class Pairs(NamedTuple):
    """Elements of a column, and for each a key that it may meet."""

    element: Places
    key: Places

    def where(self, kept: NDArray[np.bool_]) -> "Pairs":
        """Keep the pairs for which ``kept`` is true."""
        return Pairs(self.element[kept], self.key[kept])


class HashIndex:
    """Which keys have a hash. For whole columns: a table of bits first, then the sorted hashes themselves.

    Can be pickled, for processes of one installation: polars promises the same hashes within one of its versions.
    """

    def __init__(self, hashes: Hashes, keys: Places) -> None:
        order = np.lexsort((keys, hashes))
        self._hashes, self._keys = hashes[order], keys[order]
        self._make_sieve()

    def _make_sieve(self) -> None:
        bits = int(np.ceil(np.log2(max(1, self._hashes.size) * _PLACES)))
        bits = min(max(bits, _FEWEST_BITS), _MOST_BITS)
        self._shift = np.uint64(64 - bits)
        self._sieve = np.zeros(1 << bits, bool)
        self._sieve[self._hashes >> self._shift] = True

    def __getstate__(self) -> tuple[Hashes, Places]:
        return self._hashes, self._keys

    def __setstate__(self, state: tuple[Hashes, Places]) -> None:
        self._hashes, self._keys = state
        self._make_sieve()

    def pairs(self, hashes: Hashes, elements: Places) -> Pairs:
        """Give the elements whose hash is that of a key, with each such key, in the order of the list."""
        passed = np.flatnonzero(self._sieve[hashes >> self._shift])
        wanted = hashes[passed]
        first = np.searchsorted(self._hashes, wanted, side="left")
        counts = np.searchsorted(self._hashes, wanted, side="right") - first
        offsets = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        return Pairs(np.repeat(elements[passed], counts), self._keys[np.repeat(first, counts) + offsets])


def text_pairs(column: pa.Array, listed: HashIndex) -> Pairs:
    """Give the elements of a string column whose letters and digits are those of a key, with the key."""
    distinct = Distinct(column)
    found = [listed.pairs(_hash_texts(stream.codes), stream.rows) for stream in streams.streams(distinct.texts)]
    return _spread(distinct, _joined(found))


def text_hashes(column: pa.Array) -> Hashes:
    """Hash the letters and digits of each value of a string column without nulls."""
    return _scattered(column, _hash_texts)


def _hash_texts(codes: Codes) -> Hashes:
    kept = _kept(compact_table(), codes)
    hashes: Hashes = pl.Series(streams.column_of(kept)).hash(_SEED).to_numpy()
    return hashes


def phone_pairs(column: pa.Array, listed: HashIndex) -> Pairs:
    """Give the elements of a column of telephone numbers whose last digits are those of a key, with the key."""
    distinct = Distinct(column)
    found = []
    for stream in streams.streams(distinct.texts):
        hashes, _, extended = _hash_phones(stream.codes)
        found.append(listed.pairs(hashes, stream.rows))
        if extended.any():
            elements = stream.rows[extended]
            found.append(listed.pairs(_without_extension(distinct.texts.take(pa.array(elements))), elements))
    return _spread(distinct, _joined(found))


def phone_hashes(column: pa.Array) -> tuple[Hashes, Places]:
    """Hash the last digits of each number of a string column without nulls; gives hashes, and the row of each.

    A number has a second hash where it is written with an extension, or so short that a trunk prefix counts.
    """
    hashes = np.zeros(len(column), np.uint64)
    twice = np.zeros(len(column), bool)
    for stream in streams.streams(column):
        hashes[stream.rows], digits, extended = _hash_phones(stream.codes)
        twice[stream.rows] = extended | (digits < _SURELY_LONG)
    rows = np.flatnonzero(twice)
    further = _without_extension(column.take(pa.array(rows)))
    return np.concatenate([hashes, further]), np.concatenate([np.arange(len(column)), rows])


def _without_extension(column: pa.Array) -> Hashes:
    numbers = [phone.e164(value) or phone.compact(value) for value in column.to_pylist()]
    return _scattered(pa.array(numbers, pa.string()), lambda codes: _hash_phones(codes)[0])


def _hash_phones(codes: Codes) -> tuple[Hashes, Places, NDArray[np.bool_]]:
    """Give the hash of the last digits, the count of digits, and whether there seems to be an extension."""
    kept = _kept(_phone_table(), codes)
    marks = streams.marks(kept)
    begins, ends = marks[:-1], marks[1:]
    number = np.zeros(begins.size, np.uint64)
    for back in range(1, _LAST_DIGITS + 1):
        place = np.maximum(ends - back, 0)
        within = place > begins
        number = number * np.uint64(10) + np.where(within, kept[place] - ord("0"), 0).astype(np.uint64)
    extended = np.zeros(begins.size, bool)
    extended[np.searchsorted(marks, np.flatnonzero(kept == _EXTENSION)) - 1] = True
    return number * _SPREAD, ends - begins - 1, extended


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
    if codes.dtype == np.uint8:
        return np.frombuffer(codes.tobytes().translate(*table.translation), np.uint8)
    mapped, _ = streams.apply(table, codes)
    kept: Codes = mapped[mapped != 0]
    return kept


def _spread(distinct: Distinct, pairs: Pairs) -> Pairs:
    """From the different texts to the elements that hold them."""
    which, elements = distinct.spread(pairs.element)
    return Pairs(elements, pairs.key[which])


def _joined(found: list[Pairs]) -> Pairs:
    none = np.empty(0, np.int64)
    return (
        Pairs(*(np.concatenate([none, *parts]) for parts in zip(*found, strict=True))) if found else Pairs(none, none)
    )
