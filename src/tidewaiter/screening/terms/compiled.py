"""A list of terms, compiled: built once, and again from its columns in each process that it is carried to."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray

from tidewaiter.domain.vocabulary import MatchManner
from tidewaiter.names.fold_bulk import compact_column, fold_column, skeleton_column
from tidewaiter.screening.lists.hits import MANNERS
from tidewaiter.screening.lists.problems import Problem
from tidewaiter.screening.lists.repeats import Distinct
from tidewaiter.screening.lists.table import table_of
from tidewaiter.screening.terms.disguise import judge
from tidewaiter.screening.terms.load import COLUMNS, read_terms, terms_of
from tidewaiter.screening.terms.matcher import Candidates, Matcher
from tidewaiter.screening.terms.plain import UNDECIDED, PlainForms
from tidewaiter.screening.terms.term import Term, is_strict, is_words_only, lead_of, search_words
from tidewaiter.screening.terms.unless import Unless, phrases

_Places = NDArray[np.intp]


class TermFinds(NamedTuple):
    """What `Terms.find` gives, as arrays of one length."""

    term: _Places
    """Number of the term."""
    row: _Places
    """Position of the text in its column."""
    start: _Places
    """In characters of the text."""
    end: _Places
    manner: _Places
    """Places in `lists.hits.MANNERS`."""
    words: pa.Array
    """As declared."""


class Terms:
    """Brand and product terms to look for. Can be pickled."""

    def __init__(self, columns: pa.RecordBatch, digest: str) -> None:
        """Take the terms, as `term.TERM` describes them."""
        self.columns = columns
        self.digest = digest
        """SHA-256 of the list, in hexadecimal."""
        self._matcher = _matcher(columns)
        cells = columns.column("unless").dictionary_encode()
        self._group = cells.indices.to_numpy()
        self._unless = Unless([phrases(cell) for cell in cells.dictionary.to_pylist()])
        self._made: dict[int, Term] = {}

    @classmethod
    def load(cls, path: Path) -> tuple["Terms", list[Problem]]:
        """Read terms.csv; returns the terms, and the lines that were left out and why.

        Raises ListError where the file is empty or lacks a column, OSError where it cannot be read.
        """
        terms, digest, problems = read_terms(path)
        return cls(terms, digest), problems

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, str]]) -> tuple["Terms", list[Problem]]:
        """Make terms of rows with the columns of terms.csv; a column that a row lacks is empty."""
        table = table_of(rows, COLUMNS)
        return cls(terms_of(table), table.digest), table.problems

    def __reduce__(self) -> tuple[type["Terms"], tuple[pa.RecordBatch, str]]:
        return type(self), (self.columns, self.digest)

    def __len__(self) -> int:
        return int(self.columns.num_rows)

    def __iter__(self) -> Iterator[Term]:
        return map(self.term, range(len(self)))

    def term(self, number: int) -> Term:
        """Give a term by its number."""
        if number not in self._made:
            values = self.columns.slice(number, 1).to_pylist()[0]
            words = {"text": values.pop("term"), "unless": phrases(values.pop("unless"))}
            self._made[number] = Term(**values, **words)
        return self._made[number]

    @cached_property
    def kinds(self) -> dict[str, str]:
        """For each term_id its kind, brand or product."""
        names, kinds = (self.columns.column(name).to_pylist() for name in ("term_id", "kind"))
        return dict(zip(names, kinds, strict=True))

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {term_id: number for number, term_id in enumerate(self.columns.column("term_id").to_pylist())}

    def describe(self, term_id: str) -> dict[str, str]:
        """Give what explains a hit of a term: ``term``, ``language``, ``kind``, ``brand``. Raises KeyError."""
        term = self.term(self._numbers[term_id])
        return {"term": term.text, "language": term.language, "kind": term.kind, "brand": term.brand}

    def find(self, column: pa.Array) -> Iterator[tuple[Term, int, int, int, MatchManner, str]]:
        """Find the terms in a string column.

        Gives ``(term, row, start, end, manner, words)``: offsets in characters of the row's text, and the words as
        declared. A term may be found more than once in one text, but not again once it stands there exactly.
        """
        found = self.find_all(column)
        places = zip(*(array.tolist() for array in found[:5]), found.words.to_pylist(), strict=True)
        for term, row, start, end, manner, words in places:
            yield self.term(term), row, start, end, MANNERS[manner], words

    def find_all(self, column: pa.Array) -> TermFinds:
        """Find the terms in a string column: `find`, as arrays."""
        distinct = Distinct(column)
        found = self._judged(distinct.texts, self._matcher.candidates(distinct.texts))
        found = found.at(~self._unless.cancel(distinct.texts, found.row, self._group[found.term]))
        words = _pieces(distinct.texts.take(pa.array(found.row)), found.start, found.end)
        which, rows = distinct.spread(found.row)
        found = found.at(which)
        return TermFinds(found.term, rows, found.start, found.end, found.manner, words.take(pa.array(which)))

    def _judged(self, texts: pa.Array, found: Candidates) -> Candidates:
        """Decide what could not be decided in bulk; what is no term, and what comes after an exact find, goes."""
        pair = found.row * max(1, len(self)) + found.term
        exact = np.flatnonzero(found.manner == MANNERS.index(MatchManner.EXACT))
        kept = np.ones(pair.size, bool)
        if exact.size:
            plain, first = np.unique(pair[exact], return_index=True)
            at = np.minimum(np.searchsorted(plain, pair), plain.size - 1)
            # Nothing beats the first exact find; a text may hold a term a hundred thousand times.
            kept = (plain[at] != pair) | (np.arange(pair.size) <= exact[first][at])
        found = found.at(kept)
        decided = np.ones(found.row.size, bool)
        late: set[tuple[int, int]] = set()
        for place in np.flatnonzero(found.manner == UNDECIDED).tolist():
            number, row = int(found.term[place]), int(found.row[place])
            verdict = judge(self.term(number), texts[row].as_py(), int(found.start[place]), int(found.end[place]))
            if verdict is None or (number, row) in late:
                decided[place] = False
                continue
            manner, found.start[place], found.end[place] = verdict
            found.manner[place] = MANNERS.index(manner)
            if manner is MatchManner.EXACT:
                late.add((number, row))
        return found.at(decided)


def _pieces(texts: pa.Array, start: _Places, end: _Places) -> pa.Array:
    """Cut from each text the characters from ``start`` to ``end``."""
    frame = pl.DataFrame({"text": texts, "start": start, "length": end - start})
    piece = frame.select(pl.col("text").str.slice(pl.col("start"), pl.col("length"))).to_series()
    return piece.to_arrow().cast(pa.string())


def _matcher(columns: pa.RecordBatch) -> Matcher:
    texts = columns.column("term")
    written, matches = texts.to_pylist(), columns.column("match").to_pylist()
    letters, skeletons = (column(texts).to_pylist() for column in (compact_column, skeleton_column))
    strict = [is_strict(one) for one in letters]
    words_only = [is_words_only(match, skeleton) for match, skeleton in zip(matches, skeletons, strict=True)]
    loose = [(skeletons[at], words_only[at], at) for at in range(len(written)) if not strict[at]]
    short = [
        (search_words(written[at], words_only[at]), words_only[at], at) for at in range(len(written)) if strict[at]
    ]
    lead = np.array([lead_of(text, short) for text, short in zip(written, strict, strict=True)], np.intp)
    tail = np.array([lead_of(text[::-1], short) for text, short in zip(written, strict, strict=True)], np.intp)
    return Matcher(loose, short, PlainForms(texts, fold_column(texts), lead, tail))
