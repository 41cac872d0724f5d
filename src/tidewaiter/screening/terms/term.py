"""A brand or product term, prepared for comparison."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import NamedTuple

import pyarrow as pa

from tidewaiter.names.characters import fold_character, is_letter_or_digit, is_word_character, runs_on
from tidewaiter.names.fold import compact, fold_text, fold_words, skeleton
from tidewaiter.names.look_alikes import skeleton_character

TERM = pa.schema(
    [
        ("term_id", pa.string()),
        ("term", pa.string()),
        ("language", pa.string()),
        ("kind", pa.string()),
        ("brand", pa.string()),
        ("mandatory", pa.bool_()),
        ("priority", pa.int16()),
        ("channel", pa.string()),
        ("match", pa.string()),
        ("unless", pa.string()),  # as written in the list
    ]
)
"""The lines of a list of terms, as `Term` describes them."""

_SHORT = 3


class Piece(NamedTuple):
    """One letter or digit of a text."""

    original: str
    """The character as declared."""
    shape: str
    """Its look-alike class."""
    plain: str
    """As folded; a look-alike is still itself."""
    gap: str
    """What stands between it and the piece before it, without what is invisible."""


def pieces(text: str) -> Iterator[Piece]:
    """Take a text apart into the letters and digits that its skeleton is made of."""
    gap = ""
    for character in text:
        parts = _parts(character)
        if not parts:
            gap += character if fold_character(character) else ""
        for shape, plain in parts:
            yield Piece(character, shape, plain, gap)
            gap = ""


@cache
def _parts(character: str) -> tuple[tuple[str, str], ...]:
    """Give the look-alike classes of a character, each with the folded letter or digit that it stands for."""
    classes = skeleton_character(character)
    folded = fold_character(character)
    for plain in (folded, "".join(filter(is_letter_or_digit, folded))):
        if len(plain) == len(classes):
            return tuple(zip(classes, plain, strict=True))
    return tuple(zip(classes, classes, strict=True))


@dataclass(frozen=True)
class Term:
    """One line of a list of terms."""

    term_id: str
    text: str
    """As written in the list."""
    language: str
    kind: str
    """brand | product"""
    brand: str
    mandatory: bool
    priority: int
    channel: str | None
    match: str
    """word | anywhere. A term with characters of a script without spaces is found anywhere all the same."""
    unless: tuple[str, ...] = field(default=())
    """Phrases that cancel the hit where they stand in the same text."""

    @cached_property
    def folded(self) -> str:
        """The term as `fold_text` writes it."""
        return fold_text(self.text)

    @cached_property
    def skeleton(self) -> str:
        """The look-alike classes of its letters and digits."""
        return skeleton(self.text)

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """Its letters and digits, one by one."""
        return tuple(pieces(self.text))

    @cached_property
    def plain(self) -> list[str]:
        """Its letters and digits as folded."""
        return [piece.plain for piece in self.pieces]

    @cached_property
    def strict(self) -> bool:
        """Whether it is too short for disguises (`is_strict`)."""
        return is_strict(compact(self.text))

    @cached_property
    def lead(self) -> int:
        """How many characters stand before the first that the search looks for."""
        return lead_of(self.text, self.strict)

    @cached_property
    def tail(self) -> int:
        """How many characters stand after the last that the search looks for."""
        return lead_of(self.text[::-1], self.strict)


def is_strict(letters: str) -> bool:
    """Whether a term with these letters and digits (`fold.compact`) is too short for disguises.

    At most three letters, none of a script without spaces: such a term is found exactly or folded; spaced out or with
    look-alikes it would be found everywhere.
    """
    return sum(map(str.isalpha, letters)) <= _SHORT and not any(map(runs_on, letters))


def is_words_only(match: str, skeleton: str) -> bool:
    """Whether a term counts only as a word of its own, and not inside another word."""
    return match == "word" and not any(map(runs_on, skeleton))


def search_words(text: str, words_only: bool) -> str:
    """Give what to look for to find a short term: its words of alphabets without punctuation."""
    words = fold_words(text)
    return f" {words} " if words_only else words


def lead_of(text: str, strict: bool) -> int:
    """Count the characters of a term before the first that the search looks for."""
    # Only longer terms are sought with symbols that stand for letters.
    searched = is_word_character if strict else skeleton_character
    return next(place for place, character in enumerate(text) if searched(character))
