"""The rules for single characters as look-up tables, for whole columns at once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from tidewaiter.names.characters import SCRIPTS_WITHOUT_SPACES, fold_character, is_letter_or_digit, never_changes
from tidewaiter.names.fold import name_character, word_character
from tidewaiter.names.look_alikes import skeleton_character
from tidewaiter.names.simplified import simplified_characters

ROW = 0xFFFF
"""Stands between rows in a stream of code points. A noncharacter: folding takes it out of texts."""
ROW_BYTE = 0xFF
"""Stands between rows in a stream of ASCII bytes."""
MANY = 0xFFFFFFFF
"""In a table: the character becomes several, see `Table.several`."""

CODE_POINTS = 0x110000
_SURROGATES = range(0xD800, 0xE000)
# Where characters may fold to something else. Han characters do where OpenCC says so; Hangul syllables and the planes
# of rare Han characters never do, unassigned planes neither.
_FOLDING = (
    range(0x3400),
    range(0x4DC0, 0x4E00),
    range(0xA000, 0xAC00),
    range(0xD7A4, 0x20000),
    range(0x2F800, 0x2FA20),
    range(0xE0000, 0xE1000),
)


@dataclass(frozen=True)
class Table:
    """A rule for single characters, for every code point."""

    single: NDArray[np.uint32]
    """What a code point becomes: 0 where it goes, `MANY` where it becomes several."""
    ascii: NDArray[np.uint8]
    """The same for bytes below 0x80."""
    several: dict[int, NDArray[np.uint32]]

    def apply(self, codes: NDArray[np.uint32]) -> tuple[NDArray[np.uint32], NDArray[np.intp] | None]:
        """Map a stream of code points; what goes becomes 0 and stays in place.

        Returns the new stream, and for each of its elements the place it comes from (None: its own place).
        """
        mapped = self.single[codes]
        wide = np.flatnonzero(mapped == MANY)
        if not wide.size:
            return mapped, None
        parts = [self.several[int(code)] for code in codes[wide]]
        counts = np.ones(codes.size, np.intp)
        counts[wide] = [part.size for part in parts]
        sources = np.repeat(np.arange(codes.size), counts)
        mapped = mapped[sources]
        mapped[mapped == MANY] = np.concatenate(parts)
        return mapped, sources


def table(rule: Callable[[str], str], unchanged: NDArray[np.uint32] | None = None) -> Table:
    """Make the table of a rule that looks only at what a character folds to.

    ``unchanged`` gives for each code point what becomes of a letter that folds to itself (Han, rare scripts), where the
    rule does not keep it.
    """
    single = np.arange(CODE_POINTS, dtype=np.uint32) if unchanged is None else unchanged.copy()
    several: dict[int, NDArray[np.uint32]] = {}
    for code in _changing():
        folded = rule(chr(code))
        if len(folded) > 1:
            several[code] = np.array([ord(part) for part in folded], np.uint32)
            single[code] = MANY
        else:
            single[code] = ord(folded) if folded else 0
    single[0] = 0
    single[ROW] = ROW
    ascii_bytes = np.zeros(256, np.uint8)
    ascii_bytes[:128] = single[:128]
    ascii_bytes[ROW_BYTE] = ROW_BYTE
    return Table(single, ascii_bytes, several)


@cache
def _changing() -> tuple[int, ...]:
    return tuple(_may_change())


def _may_change() -> Iterator[int]:
    for block in _FOLDING:
        yield from (code for code in block if code not in _SURROGATES and not never_changes(chr(code)))
    yield from map(ord, simplified_characters())


@cache
def text_table() -> Table:
    """The table of `fold_character`."""
    return table(fold_character)


@cache
def name_table() -> Table:
    """The table of `fold.name_character`."""
    return table(name_character)


@cache
def word_table() -> Table:
    """The table of `fold.word_character`; the mark between rows becomes a space too."""
    letters = np.arange(CODE_POINTS, dtype=np.uint32)
    words = table(word_character, np.where(runs_on_flags(), np.uint32(ord(" ")), letters))
    words.single[ROW] = words.ascii[ROW_BYTE] = ord(" ")
    return words


@cache
def compact_table() -> Table:
    """The table of `fold.compact`: folded letters and digits alone."""
    return table(lambda character: "".join(filter(is_letter_or_digit, fold_character(character))))


@cache
def skeleton_table() -> Table:
    """The table of `look_alikes.skeleton_character`."""
    return table(skeleton_character)


@cache
def runs_on_flags() -> NDArray[np.bool_]:
    """For each code point what `characters.runs_on` says."""
    found = np.zeros(CODE_POINTS, bool)
    for first, last in SCRIPTS_WITHOUT_SPACES:
        found[first : last + 1] = True
    return found


@cache
def word_flags() -> NDArray[np.bool_]:
    """For each code point what `characters.is_word_character` says; False for the mark between rows."""
    letters = compact_table()
    found: NDArray[np.bool_] = letters.single != 0
    plain = letters.single != MANY
    found[plain] &= ~runs_on_flags()[letters.single[plain]]
    for code, parts in letters.several.items():
        found[code] = not runs_on_flags()[parts].all()
    found[ROW] = False
    return found


@cache
def digit_flags() -> NDArray[np.bool_]:
    """For each code point whether it folds to one digit 0 to 9."""
    single = compact_table().single
    found: NDArray[np.bool_] = (single >= ord("0")) & (single <= ord("9"))
    return found
