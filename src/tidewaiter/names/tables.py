"""The rules for single characters as look-up tables, for whole columns at once.

A table fills itself: a character is put in when it is first met. Unicode has more than a hundred thousand characters
that may stand in a declaration, and a whole day of them uses a few thousand.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tidewaiter.names.characters import fold_character, is_mark, is_word_character, runs_on
from tidewaiter.names.fold import compact, name_character, word_character
from tidewaiter.names.look_alikes import skeleton_character

ROW = 0xFFFF
"""Stands between rows in a stream of code points. A noncharacter: folding takes it out of texts."""
ROW_BYTE = 0xFF
"""Stands between rows in a stream of ASCII bytes."""

Codes = NDArray[Any]
"""A stream of characters: uint8 where it is plain ASCII, uint32 for code points."""

_CODE_POINTS = 0x110000
_ASCII = 0x80
MANY = 0xFFFFFFFF
"""In a table: the character becomes several."""
_UNMET = 0xFFFFFFFE
_NOT_ASKED = 2
_DIGITS = frozenset("0123456789")


class Table:
    """A rule that makes none, one or several characters of one, for every code point."""

    def __init__(self, rule: Callable[[str], str], *, rows_become_spaces: bool = False) -> None:
        """Take the rule. The mark between rows stays, or becomes a space."""
        self._rule = rule
        self._single = np.full(_CODE_POINTS, _UNMET, np.uint32)
        self._several: dict[int, NDArray[np.uint32]] = {}
        # NUL marks what goes, so it has to go itself.
        self._single[0] = 0
        self._single[ROW] = ord(" ") if rows_become_spaces else ROW
        self._learn(np.arange(1, _ASCII))
        self.ascii = np.zeros(256, np.uint8)
        """What becomes of bytes below 0x80: 0 where they go. The rule makes at most one of each, below 0x80 too."""
        self.ascii[:_ASCII] = self._single[:_ASCII]
        self.ascii[ROW_BYTE] = ord(" ") if rows_become_spaces else ROW_BYTE
        self.translation = self.ascii.tobytes(), np.flatnonzero(self.ascii == 0).astype(np.uint8).tobytes()
        """The same for ``bytes.translate``: what bytes become, and those that go."""

    def apply(self, codes: NDArray[np.uint32]) -> tuple[NDArray[np.uint32], NDArray[np.intp] | None]:
        """Map a stream of code points; what goes becomes 0 and stays in place.

        Returns the new stream, and for each of its elements the place it comes from (None: its own place).
        """
        mapped = self.look_up(codes)
        wide = np.flatnonzero(mapped == MANY)
        if not wide.size:
            return mapped, None
        parts = [self._several[code] for code in codes[wide].tolist()]
        counts = np.ones(codes.size, np.intp)
        counts[wide] = [part.size for part in parts]
        sources = np.repeat(np.arange(codes.size), counts)
        mapped = mapped[sources]
        mapped[mapped == MANY] = np.concatenate(parts)
        return mapped, sources

    def look_up(self, codes: Codes) -> Codes:
        """Map each character of a stream to one; what goes becomes 0, what becomes several `MANY`."""
        if codes.dtype == np.uint8:
            plain: Codes = self.ascii[codes]
            return plain
        mapped: Codes = self._single[codes]
        unmet = np.flatnonzero(mapped == _UNMET)
        if unmet.size:
            self._learn(np.unique(codes[unmet]))
            mapped[unmet] = self._single[codes[unmet]]
        return mapped

    def _learn(self, codes: NDArray[Any]) -> None:
        for code in codes.tolist():
            made = self._rule(chr(code))
            if len(made) > 1:
                self._several[code] = np.array([ord(part) for part in made], np.uint32)
                self._single[code] = MANY
            else:
                self._single[code] = ord(made) if made else 0


class Flags:
    """A question about single characters, answered for whole streams: ``flags[codes]`` is an array of bool."""

    def __init__(self, rule: Callable[[str], bool]) -> None:
        """Take the question. The answer for a mark between rows is always no."""
        self._rule = rule
        self._answers = np.full(_CODE_POINTS, _NOT_ASKED, np.uint8)
        self._answers[ROW] = False
        self._learn(np.arange(_ASCII))
        self._ascii = np.zeros(256, bool)
        self._ascii[:_ASCII] = self._answers[:_ASCII]

    def __getitem__(self, codes: Codes) -> NDArray[np.bool_]:
        """Answer for each element of a stream, of bytes (uint8) or of code points."""
        if codes.dtype == np.uint8:
            plain: NDArray[np.bool_] = self._ascii[codes]
            return plain
        answers = self._answers[codes]
        open_ = np.flatnonzero(answers == _NOT_ASKED)
        if open_.size:
            self._learn(np.unique(codes[open_]))
            answers[open_] = self._answers[codes[open_]]
        found: NDArray[np.bool_] = answers.view(np.bool_)
        return found

    def _learn(self, codes: NDArray[Any]) -> None:
        for code in codes.tolist():
            self._answers[code] = self._rule(chr(code))


@cache
def text_table() -> Table:
    """The table of `fold_character`."""
    return Table(fold_character)


@cache
def name_table() -> Table:
    """The table of `fold.name_character`."""
    return Table(name_character)


@cache
def word_table() -> Table:
    """The table of `fold.word_character`; the mark between rows becomes a space too."""
    return Table(word_character, rows_become_spaces=True)


@cache
def compact_table() -> Table:
    """The table of `fold.compact`: folded letters and digits alone."""
    return Table(compact)


@cache
def skeleton_table() -> Table:
    """The table of `look_alikes.skeleton_character`."""
    return Table(skeleton_character)


@cache
def runs_on_flags() -> Flags:
    """Ask of each character what `characters.runs_on` says."""
    return Flags(runs_on)


@cache
def word_flags() -> Flags:
    """Ask of each character what `characters.is_word_character` says."""
    return Flags(is_word_character)


@cache
def mark_flags() -> Flags:
    """Ask of each character what `characters.is_mark` says."""
    return Flags(is_mark)


@cache
def digit_flags() -> Flags:
    """Ask of each character whether it folds to one digit 0 to 9."""
    return Flags(lambda character: compact(character) in _DIGITS)
