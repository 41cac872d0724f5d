"""A watchlist, compiled: built once, and carried to each process as it is."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from tidewaiter.names.fold_bulk import compact_column
from tidewaiter.screening.lists.problems import Problem
from tidewaiter.screening.lists.table import table_of
from tidewaiter.screening.watchlist.hashes import HashIndex, Pairs, phone_hashes, phone_pairs, text_hashes, text_pairs
from tidewaiter.screening.watchlist.keys import (
    KINDS,
    PHONE,
    REFERENCE,
    SHIP_PREFIX,
    comparable_column,
    telephone,
    telephones,
    without_ship_prefix,
)
from tidewaiter.screening.watchlist.load import COLUMNS, keys_of, read_watchlist

_SHIP_NUMBER = "^[0-9]{7}$"


class Watchlist:
    """Entries to look for, by each key that they are known by. Can be pickled."""

    def __init__(self, keys: pa.RecordBatch, digest: str) -> None:
        """Take the keys in force, as `keys.KEY` describes them."""
        self.key_columns = keys
        self.digest = digest
        """SHA-256 of the list, in hexadecimal."""
        self._kind = keys.column("kind").to_numpy()
        self._texts = _text_index(keys)
        self._phones = _phone_index(keys)

    @classmethod
    def load(cls, path: Path, as_of: date | None = None) -> tuple["Watchlist", list[Problem]]:
        """Read watchlist.csv as it is in force on a day (None: all of it, whatever its dates).

        Returns the watchlist, and the lines that were left out and why. Raises ListError where the file is empty or
        lacks a column, OSError where it cannot be read.
        """
        keys, digest, problems = read_watchlist(path, as_of)
        return cls(keys, digest), problems

    @classmethod
    def from_rows(
        cls, rows: Iterable[Mapping[str, str]], as_of: date | None = None
    ) -> tuple["Watchlist", list[Problem]]:
        """Make a watchlist of rows with the columns of watchlist.csv; a column that a row lacks is empty."""
        table = table_of(rows, COLUMNS)
        return cls(keys_of(table, as_of), table.digest), table.problems

    def __len__(self) -> int:
        """Count the entries, not their keys."""
        return len(self._first_keys)

    def describe(self, entry: str) -> dict[str, str]:
        """Give what explains a hit of an entry: ``label``, ``reason``, ``grading``, ``source``. Raises KeyError."""
        key = self._first_keys[entry]
        return {name: self.key_columns.column(name)[key].as_py() for name in ("label", "reason", "grading", "source")}

    @cached_property
    def _first_keys(self) -> dict[str, int]:
        """For each entry its first key."""
        entries = self.key_columns.column("entry")
        codes = entries.indices.to_numpy()
        first = np.full(len(entries.dictionary), -1)
        first[codes[::-1]] = np.arange(codes.size)[::-1]
        used = np.flatnonzero(first >= 0)
        return dict(zip(entries.dictionary.take(used).to_pylist(), first[used].tolist(), strict=True))

    def candidates(self, column: pa.Array) -> Pairs:
        """Give the values of a column of names, identifiers, accounts or references that may be listed."""
        return text_pairs(column, self._texts)

    def meeting(self, kind: str, column: pa.Array, candidates: Pairs) -> Pairs:
        """Keep those candidates that do compare alike with a key of a kind (`keys.comparable_column`)."""
        pairs = candidates.where(self._kind[candidates.key] == KINDS.index(kind))
        declared = comparable_column(kind, column.take(pa.array(pairs.element)))
        known = comparable_column(kind, self.key_columns.column("value").take(pa.array(pairs.key)))
        return pairs.where(pc.equal(declared, known).to_numpy(zero_copy_only=False))

    def phones(self, column: pa.Array, countries: pa.Array) -> Pairs:
        """Give the telephone numbers of parties in ``countries`` that are listed, with the keys that they meet."""
        pairs = phone_pairs(column, self._phones)
        met = np.zeros(pairs.key.size, bool)
        values = self.key_columns.column("value")
        for at, (element, key) in enumerate(zip(pairs.element.tolist(), pairs.key.tolist(), strict=True)):
            met[at] = _telephone(values[key].as_py()) in _telephones(
                column[element].as_py(), countries[element].as_py()
            )
        return pairs.where(met)


_telephone = lru_cache(telephone)
_telephones = lru_cache(telephones)


def _text_index(keys: pa.RecordBatch) -> HashIndex:
    kind = keys.column("kind")
    rows = np.flatnonzero(pc.not_equal(kind, KINDS.index(PHONE)).to_numpy(zero_copy_only=False))
    hashes = text_hashes(keys.column("value").take(pa.array(rows)))
    # A ship number is listed with or without the letters in front, and declared either way.
    references = np.flatnonzero(pc.equal(kind, KINDS.index(REFERENCE)).to_numpy(zero_copy_only=False))
    numbers = without_ship_prefix(compact_column(keys.column("value").take(pa.array(references))))
    ships = pc.match_substring_regex(numbers, _SHIP_NUMBER)
    references, numbers = references[ships.to_numpy(zero_copy_only=False)], numbers.filter(ships)
    prefixed = pc.binary_join_element_wise(SHIP_PREFIX, numbers, "")
    every: list[NDArray[np.uint64]] = [hashes, text_hashes(numbers), text_hashes(prefixed)]
    return HashIndex(np.concatenate(every), np.concatenate([rows, references, references]))


def _phone_index(keys: pa.RecordBatch) -> HashIndex:
    rows = np.flatnonzero(pc.equal(keys.column("kind"), KINDS.index(PHONE)).to_numpy(zero_copy_only=False))
    hashes, numbers = phone_hashes(keys.column("value").take(pa.array(rows)))
    return HashIndex(hashes, rows[numbers])
