"""Judge in bulk the terms that stand in a text without disguise, which nearly all do. ``disguise`` judges the rest."""

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from tidewaiter.domain.vocabulary import MatchManner
from tidewaiter.names.tables import Codes, mark_flags, text_table
from tidewaiter.screening.lists.hits import MANNERS

UNDECIDED = -1
"""Stands for a manner where this module cannot tell."""

_EXACT, _FOLDED = MANNERS.index(MatchManner.EXACT), MANNERS.index(MatchManner.FOLDED)
# The character that stands between the rows of a stream, and what a stream shows for it where a text holds it.
_NOT_AS_DECLARED = "[\uffff\ufffe]"

Places = NDArray[np.intp]


class Spelling(NamedTuple):
    """Many words as one array of code points."""

    codes: NDArray[np.uint32]
    begins: Places
    lengths: Places

    @classmethod
    def of(cls, words: pa.Array) -> "Spelling":
        """Spell a string column without nulls."""
        texts = words.to_pylist()
        lengths = np.array([len(text) for text in texts], np.intp)
        codes = np.frombuffer("".join(texts).encode("utf-32-le"), np.uint32)
        return cls(codes, np.cumsum(lengths) - lengths, lengths)

    def stand(self, number: Places, codes: Codes, first: Places, folding: bool) -> NDArray[np.bool_]:
        """Say whether word ``number`` stands at ``first`` in a stream, whose characters may be folded one by one."""
        lengths = self.lengths[number]
        ends = np.cumsum(lengths)
        within = np.arange(ends[-1] if ends.size else 0) - np.repeat(ends - lengths, lengths)
        here = codes[np.repeat(first, lengths) + within]
        same = (text_table().look_up(here) if folding else here) == self.codes[
            np.repeat(self.begins[number], lengths) + within
        ]
        found: NDArray[np.bool_] = np.logical_and.reduceat(same, ends - lengths) if ends.size else np.empty(0, bool)
        return found


class PlainForms:
    """How terms are written, for comparison with many places at once."""

    def __init__(self, written: pa.Array, folded: pa.Array, lead: Places, tail: Places) -> None:
        """Take the terms as listed and folded, and how many characters of each the search does not look for."""
        self._written = Spelling.of(written)
        self._folded = Spelling.of(folded)
        self._lead, self._tail = lead, tail
        self._safe = ~pc.match_substring_regex(written, _NOT_AS_DECLARED).to_numpy(zero_copy_only=False)

    def judge(self, codes: Codes, number: Places, first: Places, last: Places) -> tuple[Places, Places, Places]:
        """Say of each place of a stream, from first to last, whether term ``number`` stands there plainly.

        Gives first, last and manner as `disguise.judge` does, where that is ``exact`` or ``folded`` without further
        thought; elsewhere the places as they are and `UNDECIDED`.
        """
        manner = np.full(number.size, UNDECIDED, np.intp)
        whole_first, whole_last = first - self._lead[number], last + self._tail[number]
        safe = self._safe[number]
        fits = safe & (whole_last - whole_first + 1 == self._written.lengths[number])
        rows = np.flatnonzero(fits & (whole_first >= 0) & (whole_last < codes.size))
        rows = rows[self._written.stand(number[rows], codes, whole_first[rows], folding=False)]
        manner[rows] = _EXACT
        first, last = first.copy(), last.copy()
        first[rows], last[rows] = whole_first[rows], whole_last[rows]
        fits = safe & (manner == UNDECIDED) & (last - first + 1 == self._folded.lengths[number])
        # A mark after the word belongs to it, and changes what is compared.
        rows = np.flatnonzero(fits & ~mark_flags()[codes[last + 1]])
        rows = rows[self._folded.stand(number[rows], codes, first[rows], folding=True)]
        manner[rows] = _FOLDED
        return first, last, manner
