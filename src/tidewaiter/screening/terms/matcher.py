"""Find in bulk where terms may stand in a column of texts.

Two passes over whole columns. One looks for the skeletons of all longer terms in the skeletons of the texts, so that no
disguise escapes it; word ends are then checked in the text as declared. The other looks for short terms as words,
because their skeletons stand everywhere. What is left is a few rows, which ``plain`` and ``disguise`` judge.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from tidewaiter.names import streams
from tidewaiter.names.streams import Stream
from tidewaiter.names.tables import Codes, digit_flags, runs_on_flags, skeleton_table, word_flags, word_table
from tidewaiter.screening.terms.patterns import Patterns, Places
from tidewaiter.screening.terms.plain import PlainForms

_SPACE = ord(" ")


class Candidates(NamedTuple):
    """Places where terms may stand, in the order in which they were found: arrays of one length."""

    term: Places
    """Number of the term."""
    row: Places
    """Position of the text in its column."""
    start: Places
    """In characters of the text."""
    end: Places
    manner: Places
    """Place in `lists.hits.MANNERS`, or `plain.UNDECIDED`."""

    def at(self, which: NDArray[Any]) -> "Candidates":
        """Give some of the places: those where ``which`` is true, or those that it numbers."""
        return Candidates(*(array[which] for array in self))


class Matcher:
    """Terms compiled for a search in bulk."""

    def __init__(
        self, loose: Sequence[tuple[str, bool, int]], strict: Sequence[tuple[str, bool, int]], plain: PlainForms
    ) -> None:
        """Take what to look for, as `Patterns` does: skeletons of longer terms, and short terms as words."""
        self._loose = Patterns(loose) if loose else None
        self._strict = Patterns(strict) if strict else None
        self._plain = plain

    def candidates(self, column: pa.Array) -> Candidates:
        """Give all places where a term may stand in a string column, judged as far as can be done in bulk."""
        found = [_NONE]
        for stream in streams.streams(column):
            if self._loose is not None:
                found.append(self._located(stream, self._loose, *_find_loose(stream, self._loose)))
            if self._strict is not None:
                found.append(self._located(stream, self._strict, *_find_strict(stream, self._strict)))
        return Candidates(*map(np.concatenate, zip(*found, strict=True)))

    def _located(self, stream: Stream, patterns: Patterns, pattern: Places, first: Places, last: Places) -> Candidates:
        """Turn finds of patterns into places of terms in texts."""
        which, term = patterns.members_of(pattern)
        marks = streams.marks(stream.codes)
        row = np.searchsorted(marks, first[which]) - 1
        first, last, manner = self._plain.judge(stream.codes, term, first[which], last[which])
        return Candidates(term, stream.rows[row], first - marks[row] - 1, last - marks[row], manner)


_NONE = Candidates(*[np.empty(0, np.intp)] * 5)


def _find_loose(stream: Stream, patterns: Patterns) -> tuple[Places, Places, Places]:
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


def _is_word(codes: Codes, first: Places, last: Places) -> NDArray[np.bool_]:
    """Whether what stands from first to last begins and ends at word ends.

    A number may follow a word directly (a model number after a name), but not stand before it.
    """
    word, digit, no_spaces = word_flags(), digit_flags(), runs_on_flags()
    before, after = codes[first - 1], codes[last + 1]
    begins = ~word[before] | no_spaces[codes[first]]
    number_follows = digit[after] & ~digit[codes[last]]
    ends = ~word[after] | no_spaces[codes[last]] | number_follows
    return begins & ends


def _find_strict(stream: Stream, patterns: Patterns) -> tuple[Places, Places, Places]:
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
