"""Phrases that cancel a hit where they stand in the same text, such as "compatible with"."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from tidewaiter.names import streams
from tidewaiter.names.fold import compact, fold_text
from tidewaiter.names.fold_bulk import fold_column
from tidewaiter.names.streams import Stream
from tidewaiter.names.tables import word_flags
from tidewaiter.screening.terms.patterns import Patterns

_Places = NDArray[np.intp]


def phrases(cell: str) -> tuple[str, ...]:
    """Take the phrases out of a cell of the list: joined by ``|``, those without a letter or digit left out."""
    return tuple(phrase.strip() for phrase in cell.split("|") if compact(phrase))


class Unless:
    """The phrases of all terms; terms with the same phrases form a group."""

    def __init__(self, groups: Sequence[Sequence[str]]) -> None:
        """Take the phrases of each group."""
        members = [(fold_text(phrase), False, group) for group, words in enumerate(groups) for phrase in words]
        self._groups = len(groups)
        self._asks = np.array([bool(words) for words in groups], bool)
        self._patterns = Patterns(members) if members else None

    def cancel(self, texts: pa.Array, place: _Places, group: NDArray[np.int32]) -> NDArray[np.bool_]:
        """Say whether a phrase of ``group`` stands in the text at ``place``, beginning and ending at word ends."""
        cancelled = np.zeros(place.size, bool)
        asked = np.flatnonzero(self._asks[group]) if self._patterns is not None else np.empty(0, np.intp)
        if self._patterns is None or not asked.size:
            return cancelled
        different, which = np.unique(place[asked], return_inverse=True)
        folded = fold_column(texts.take(pa.array(different)))
        found = [self._found(stream, self._patterns) for stream in streams.streams(folded)]
        standing = np.sort(np.concatenate(found))
        wanted = which * self._groups + group[asked]
        at = np.searchsorted(standing, wanted)
        cancelled[asked] = np.append(standing, -1)[at] == wanted
        return cancelled

    def _found(self, stream: Stream, patterns: Patterns) -> _Places:
        """Give text and group of each phrase that stands in a stream of folded texts, as one number."""
        codes, word = stream.codes, word_flags()
        pattern, first, last = patterns.find(codes)
        begins = ~(word[codes[first]] & word[codes[first - 1]])
        ends = ~(word[codes[last]] & word[codes[last + 1]])
        pattern, first = pattern[begins & ends], first[begins & ends]
        row = stream.rows[np.searchsorted(streams.marks(codes), first) - 1]
        which, group = patterns.members_of(pattern)
        numbers: _Places = row[which] * self._groups + group
        return numbers
