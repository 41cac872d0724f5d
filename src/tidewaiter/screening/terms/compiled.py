"""A list of terms, compiled: built once in each process."""

import functools
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pyarrow as pa

from tidewaiter.domain.vocabulary import MatchManner
from tidewaiter.names.characters import is_word_character
from tidewaiter.names.fold import fold_text
from tidewaiter.screening.terms.disguise import judge
from tidewaiter.screening.terms.load import COLUMNS, read_terms, terms_of
from tidewaiter.screening.terms.matcher import Matcher
from tidewaiter.screening.terms.repeats import Distinct
from tidewaiter.screening.terms.table_file import Problem, table_of
from tidewaiter.screening.terms.term import Term


class Terms:
    """Brand and product terms to look for. Can be pickled; the automata are built again where it arrives."""

    def __init__(self, terms: Iterable[Term], digest: str) -> None:
        self._terms = tuple(terms)
        self._by_id = {term.term_id: term for term in self._terms}
        self._phrases = [tuple(fold_text(phrase) for phrase in term.unless) for term in self._terms]
        self._matcher = Matcher(self._terms)
        self.digest = digest
        """SHA-256 of the list, in hexadecimal."""

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

    def __reduce__(self) -> tuple[type["Terms"], tuple[tuple[Term, ...], str]]:
        return type(self), (self._terms, self.digest)

    def __len__(self) -> int:
        return len(self._terms)

    def __iter__(self) -> Iterator[Term]:
        return iter(self._terms)

    def describe(self, term_id: str) -> dict[str, str]:
        """Give what explains a hit of a term: ``term``, ``language``, ``kind``, ``brand``. Raises KeyError."""
        term = self._by_id[term_id]
        return {"term": term.text, "language": term.language, "kind": term.kind, "brand": term.brand}

    def find(self, column: pa.Array) -> Iterator[tuple[Term, int, int, int, MatchManner, str]]:
        """Find the terms in a string column.

        Gives ``(term, row, start, end, manner, words)``: offsets in characters of the row's text, and the words as
        declared. A term may be found more than once in one text, but not again once it stands there exactly.
        """
        distinct = Distinct(column)
        text = functools.cache(lambda place: distinct.texts[place].as_py())
        folded = functools.cache(lambda place: fold_text(text(place)))
        plain: set[tuple[int, int]] = set()
        for number, place, start, end in self._matcher.candidates(distinct.texts):
            # Nothing beats the first exact find; a text may hold a term a hundred thousand times.
            if (number, place) in plain:
                continue
            verdict = judge(self._terms[number], text(place), start, end)
            if verdict is None or any(_stands_in(phrase, folded(place)) for phrase in self._phrases[number]):
                continue
            manner, first, last = verdict
            if manner is MatchManner.EXACT:
                plain.add((number, place))
            for row in distinct.rows(place):
                yield self._terms[number], row, first, last, manner, text(place)[first:last]


def _stands_in(phrase: str, text: str) -> bool:
    """Whether a folded phrase stands in a folded text, beginning and ending at word ends."""
    at = text.find(phrase)
    while at >= 0:
        begins = at == 0 or not (is_word_character(phrase[0]) and is_word_character(text[at - 1]))
        end = at + len(phrase)
        ends = end == len(text) or not (is_word_character(phrase[-1]) and is_word_character(text[end]))
        if begins and ends:
            return True
        at = text.find(phrase, at + 1)
    return False
