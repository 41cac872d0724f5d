"""Search a stream of characters for many words in one pass."""

from collections.abc import Sequence
from itertools import chain

import numpy as np
from ahocorasick_rs import BytesAhoCorasick
from numpy.typing import NDArray

from tidewaiter.names.tables import Codes

Places = NDArray[np.intp]


class Patterns:
    """An Aho-Corasick automaton, and for each of its patterns its members, and whether word ends count."""

    def __init__(self, members: Sequence[tuple[str, bool, int]]) -> None:
        """Take ``(pattern, words only, number)`` of each member; members may share a pattern."""
        groups: dict[tuple[str, bool], list[int]] = {}
        for pattern, words_only, number in members:
            groups.setdefault((pattern, words_only), []).append(number)
        self.words_only = np.array([words_only for _, words_only in groups], bool)
        self.spaces = any(" " in pattern.strip() for pattern, _ in groups)
        self._members = np.fromiter(chain.from_iterable(groups.values()), np.intp)
        self._counts = np.array([len(numbers) for numbers in groups.values()], np.intp)
        self._begins = np.cumsum(self._counts) - self._counts
        self._automaton = BytesAhoCorasick([pattern.encode() for pattern, _ in groups])

    def find(self, codes: Codes) -> tuple[Places, Places, Places]:
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

    def members_of(self, pattern: Places) -> tuple[Places, Places]:
        """Give each member of each find of a pattern: which find, and the member's number."""
        counts = self._counts[pattern]
        which = np.repeat(np.arange(pattern.size), counts)
        within = np.arange(which.size) - np.repeat(np.cumsum(counts) - counts, counts)
        return which, self._members[np.repeat(self._begins[pattern], counts) + within]
