"""A watchlist, compiled: built once in each process."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import pyarrow as pa

from tidewaiter.names.fold_bulk import compact_column, fold_name_column
from tidewaiter.screening.terms.table_file import Problem, table_of
from tidewaiter.screening.watchlist.hashes import HashSet, phone_hashes, phone_rows, text_hashes, text_rows
from tidewaiter.screening.watchlist.keys import (
    IDENTIFIER,
    KINDS,
    NAME,
    PHONE,
    REFERENCE,
    Key,
    comparable,
    without_ship_prefix,
)
from tidewaiter.screening.watchlist.load import COLUMNS, keys_of, read_watchlist


class Watchlist:
    """Entries to look for, by each key that they are known by. Can be pickled; its tables are built again there."""

    def __init__(self, keys: Iterable[Key], digest: str) -> None:
        self._keys = tuple(keys)
        self._by_entry: dict[str, Key] = {}
        self._by_value: dict[tuple[str, str], list[Key]] = {}
        forms = _comparable_forms(self._keys)
        for key, form in zip(self._keys, forms, strict=True):
            self._by_entry.setdefault(key.entry, key)
            self._by_value.setdefault((key.kind, form), []).append(key)
        self._texts, self._phones = _hash_sets(self._keys, forms)
        self.digest = digest
        """SHA-256 of the list, in hexadecimal."""

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

    def __reduce__(self) -> tuple[type["Watchlist"], tuple[tuple[Key, ...], str]]:
        return type(self), (self._keys, self.digest)

    def __len__(self) -> int:
        """Count the entries, not their keys."""
        return len(self._by_entry)

    def describe(self, entry: str) -> dict[str, str]:
        """Give what explains a hit of an entry: ``label``, ``reason``, ``grading``, ``source``. Raises KeyError."""
        key = self._by_entry[entry]
        return {"label": key.label, "reason": key.reason, "grading": key.grading, "source": key.source}

    def listed_texts(self, column: pa.Array) -> list[int]:
        """Give the rows of a column of names, identifiers, accounts or references that may be listed."""
        return text_rows(column, self._texts) if len(self._texts) else []

    def listed_phones(self, column: pa.Array) -> list[int]:
        """Give the rows of a column of telephone numbers that may be listed."""
        return phone_rows(column, self._phones) if len(self._phones) else []

    def keys(self, kind: str, form: str) -> list[Key]:
        """Give the keys of a kind whose value compares as ``form`` (see `keys.comparable`)."""
        return self._by_value.get((kind, form), [])


def _comparable_forms(keys: tuple[Key, ...]) -> list[str]:
    """Give `comparable` of each key; names and identifiers, of which there may be a million, in bulk."""
    forms = [""] * len(keys)
    for kind in KINDS:
        places = [place for place, key in enumerate(keys) if key.kind == kind]
        values = [keys[place].value for place in places]
        for place, form in zip(places, _forms(kind, values), strict=True):
            forms[place] = form
    return forms


def _forms(kind: str, values: list[str]) -> list[str]:
    if kind not in (NAME, IDENTIFIER, REFERENCE):
        return [comparable(kind, value) for value in values]
    bulk = fold_name_column if kind == NAME else compact_column
    forms: list[str] = bulk(pa.array(values, pa.string())).to_pylist()
    return [without_ship_prefix(form) for form in forms] if kind == REFERENCE else forms


def _hash_sets(keys: tuple[Key, ...], forms: list[str]) -> tuple[HashSet, HashSet]:
    texts = [key.value for key in keys if key.kind != PHONE]
    # A ship number is listed with or without the letters in front, and declared either way.
    numbers = [form for key, form in zip(keys, forms, strict=True) if key.kind == REFERENCE and len(form) == 7]
    texts += numbers + [f"imo{number}" for number in numbers]
    phones = [form for key, form in zip(keys, forms, strict=True) if key.kind == PHONE]
    return HashSet(text_hashes(pa.array(texts, pa.string()))), HashSet(phone_hashes(pa.array(phones, pa.string())))
