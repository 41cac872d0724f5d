"""Find in bulk where terms may stand in a column of texts.

Two passes of an Aho-Corasick automaton over whole columns. One looks for the skeletons of all longer terms in the
skeletons of the texts, so that no disguise escapes it; word ends are then checked in the text as declared. The other
looks for short terms as words, because their skeletons stand everywhere. What is left is a few rows, which
``disguise`` judges one by one.
"""

from collections.abc import Iterator, Sequence
from itertools import chain

import numpy as np
import pyarrow as pa
from ahocorasick_rs import BytesAhoCorasick
from numpy.typing import NDArray

from tidewaiter.names import streams
from tidewaiter.names.streams import Codes, Stream
from tidewaiter.names.tables import digit_flags, runs_on_flags, skeleton_table, word_flags, word_table
from tidewaiter.screening.terms.term import Term

_SPACE = ord(" ")
_Flags = NDArray[np.bool_]
_Places = NDArray[np.intp]


class Patterns:
    """An automaton, and for each of its patterns the terms that share it and whether word ends count."""

    def __init__(self, members: Sequence[tuple[str, bool, int]]) -> None:
        """Take ``(pattern, words only, number of the term)`` for each term."""
        groups: dict[tuple[str, bool], list[int]] = {}
        for pattern, words_only, number in members:
            groups.setdefault((pattern, words_only), []).append(number)
        self.terms = list(groups.values())
        self.words_only = np.array([words_only for _, words_only in groups], bool)
        self.spaces = any(" " in pattern.strip() for pattern, _ in groups)
        self._automaton = BytesAhoCorasick([pattern.encode() for pattern, _ in groups])

    def find(self, codes: Codes) -> tuple[_Places, _Places, _Places]:
        """Find all patterns in a stream without gaps; returns pattern, first and last element of each find."""
        data = codes.tobytes()
        haystack = data if codes.dtype == np.uint8 else data.decode("utf-32-le").encode()
        finds = self._automaton.find_matches_as_indexes(haystack, overlapping=True)
        flat = np.fromiter(chain.from_iterable(finds), np.intp, 3 * len(finds)).reshape(-1, 3)
        pattern, first, last = flat[:, 0], flat[:, 1], flat[:, 2] - 1
        if codes.dtype != np.uint8 and len(finds):
            # Offsets in UTF-8 to places of characters: all but continuation bytes (10xxxxxx) begin one.
            begins = np.flatnonzero((np.frombuffer(haystack, np.uint8) & 0xC0) != 0x80)
            first, last = (np.searchsorted(begins, place, side="right") - 1 for place in (first, last))
        return pattern, first, last


class Matcher:
    """Terms compiled for a search in bulk."""

    def __init__(self, terms: Sequence[Term]) -> None:
        loose = [(term.skeleton, term.words_only, at) for at, term in enumerate(terms) if not term.strict]
        strict = [
            (f" {term.words} " if term.words_only else term.words, term.words_only, at)
            for at, term in enumerate(terms)
            if term.strict
        ]
        self._loose = Patterns(loose) if loose else None
        self._strict = Patterns(strict) if strict else None

    def candidates(self, column: pa.Array) -> Iterator[tuple[int, int, int, int]]:
        """Give ``(term, row, start, end)`` wherever a term may stand in a string column.

        ``term`` counts in the sequence given at the start; offsets are in characters of the row's text.
        """
        for stream in streams.streams(column):
            if self._loose is not None:
                yield from _located(stream, self._loose, *_find_loose(stream, self._loose))
            if self._strict is not None:
                yield from _located(stream, self._strict, *_find_strict(stream, self._strict))


def _find_loose(stream: Stream, patterns: Patterns) -> tuple[_Places, _Places, _Places]:
    """Find skeletons; returns pattern, and place of the first and last character in the stream."""
    classes, sources = streams.apply(skeleton_table(), stream.codes)
    shown = classes != 0
    pattern, first, last = patterns.find(classes[shown])
    kept = np.flatnonzero(shown)
    if sources is not None:
        kept = sources[kept]
    first, last = kept[first], kept[last]
    fits = ~patterns.words_only[pattern] | _is_word(stream.codes, first, last)
    return pattern[fits], first[fits], last[fits]


def _is_word(codes: Codes, first: _Places, last: _Places) -> _Flags:
    """Whether what stands from first to last begins and ends at word ends.

    A number may follow a word directly (a model number after a name), but not stand before it.
    """
    word, digit, no_spaces = word_flags(), digit_flags(), runs_on_flags()
    before, after = codes[first - 1], codes[last + 1]
    begins = ~word[before] | no_spaces[codes[first]]
    number_follows = digit[after] & ~digit[codes[last]]
    ends = ~word[after] | no_spaces[codes[last]] | number_follows
    return begins & ends


def _find_strict(stream: Stream, patterns: Patterns) -> tuple[_Places, _Places, _Places]:
    """Find short terms; returns pattern, and place of the first and last character in the stream."""
    words, sources = streams.apply(word_table(), stream.codes)
    kept = None
    if patterns.spaces or not words.all():
        kept = np.flatnonzero(words)
        if patterns.spaces:
            space = words[kept] == _SPACE
            space[1:] &= space[:-1].copy()
            space[:1] = False
            kept = kept[~space]
        words = words[kept]
    pattern, first, last = patterns.find(words)
    bounded = patterns.words_only[pattern]
    first, last = first + bounded, last - bounded
    for back in (kept, sources):
        if back is not None:
            first, last = back[first], back[last]
    ends = streams.marks(stream.codes)
    one_row = np.searchsorted(ends, first) == np.searchsorted(ends, last)
    return pattern[one_row], first[one_row], last[one_row]


def _located(
    stream: Stream, patterns: Patterns, pattern: _Places, first: _Places, last: _Places
) -> Iterator[tuple[int, int, int, int]]:
    marks = streams.marks(stream.codes)
    row = np.searchsorted(marks, first) - 1
    starts = (first - marks[row] - 1).tolist()
    ends = (last - marks[row]).tolist()
    rows = stream.rows[row].tolist()
    for found, at, start, end in zip(pattern.tolist(), rows, starts, ends, strict=True):
        for number in patterns.terms[found]:
            yield number, at, start, end
