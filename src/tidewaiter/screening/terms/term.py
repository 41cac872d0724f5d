"""A brand or product term, prepared for comparison."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import NamedTuple

from tidewaiter.names.characters import fold_character, is_letter_or_digit, runs_on
from tidewaiter.names.fold import compact, fold_text, fold_words, skeleton, word_character
from tidewaiter.names.look_alikes import skeleton_character

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
    def words(self) -> str:
        """Its words of alphabets without punctuation."""
        return fold_words(self.text)

    @cached_property
    def skeleton(self) -> str:
        """The look-alike classes of its letters and digits."""
        return skeleton(self.text)

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """Its letters and digits, one by one."""
        return tuple(pieces(self.text))

    @cached_property
    def words_only(self) -> bool:
        """Whether it counts only as a word of its own, and not inside another word."""
        return self.match == "word" and not any(map(runs_on, self.skeleton))

    @cached_property
    def plain(self) -> list[str]:
        """Its letters and digits as folded."""
        return [piece.plain for piece in self.pieces]

    @cached_property
    def strict(self) -> bool:
        """Whether it is too short for disguises: at most three letters, none of a script without spaces.

        Such a term is found exactly or folded; spaced out or with look-alikes it would be found everywhere.
        """
        letters = compact(self.text)
        return sum(map(str.isalpha, letters)) <= _SHORT and not any(map(runs_on, letters))

    @cached_property
    def lead(self) -> int:
        """How many characters stand before the first that the search looks for."""
        return next(place for place, character in enumerate(self.text) if self._is_searched(character))

    @cached_property
    def tail(self) -> int:
        """How many characters stand after the last that the search looks for."""
        return next(place for place, character in enumerate(reversed(self.text)) if self._is_searched(character))

    def _is_searched(self, character: str) -> bool:
        # Only longer terms are sought with symbols that stand for letters.
        return bool(word_character(character).strip() if self.strict else skeleton_character(character))
