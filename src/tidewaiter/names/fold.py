"""Fold one string. ``fold_bulk`` does the same to a column."""

import re
from dataclasses import dataclass
from functools import cache

from tidewaiter.names.characters import fold_character, is_letter_or_digit, is_mark, runs_on
from tidewaiter.names.look_alikes import skeleton_character

_APOSTROPHE = "'"
_SPACES = re.compile(" +")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text that knows where its characters come from.

    Character ``i`` of ``text`` was made from ``original[starts[i]:ends[i]]``.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Give the place in the original, as ``(start, end)``, of a non-empty piece of the folded text.

        Raises ValueError where the piece is empty or not within the text.
        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"no piece [{start}, {end}) in a folded text of {len(self.text)} characters")
        return self.starts[start], self.ends[end - 1]


def fold(original: str) -> Folded:
    """Fold a text, and keep for each folded character its place in the original (in characters, half open).

    The characters fold as `characters.fold_character` says; a run of blanks becomes one space, blanks at both ends
    go. A mark that goes (an accent) belongs to the character before it.
    """
    text: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for place, character in enumerate(original):
        folded = fold_character(character)
        if not folded and ends and ends[-1] == place and is_mark(character):
            ends[-1] = place + 1
        for part in folded:
            if part == " " and (not text or text[-1] == " "):
                if text:
                    ends[-1] = place + 1
                continue
            text.append(part)
            starts.append(place)
            ends.append(place + 1)
    if text and text[-1] == " ":
        del text[-1], starts[-1], ends[-1]
    return Folded("".join(text), tuple(starts), tuple(ends))


def fold_text(original: str) -> str:
    """Fold a text without keeping offsets: ``fold(original).text``, quicker."""
    return _one_space("".join(map(fold_character, original)))


def fold_name(original: str) -> str:
    """Fold the name of a person or company for exact comparison.

    As `fold_text`; then apostrophes go, other punctuation becomes a space, and spaces beside a character of a script
    that is written without them go. The order of the words stays, and so do forms of company and titles.
    """
    words = _one_space("".join(map(name_character, original)))
    kept = [
        part
        for place, part in enumerate(words)
        if part != " " or not (runs_on(words[place - 1]) or runs_on(words[place + 1]))
    ]
    return "".join(kept)


def compact(original: str) -> str:
    """Keep the folded letters and digits alone: identifiers, references and accounts compare by this."""
    return "".join(part for character in original for part in fold_character(character) if is_letter_or_digit(part))


def skeleton(original: str) -> str:
    """Give the look-alike classes of a text without anything between them (`look_alikes.skeleton_character`).

    Two texts with one skeleton may be the same word in disguise. Which disguise, and whether it is believable, is for
    the caller to judge: a skeleton knows no word ends.
    """
    return "".join(map(skeleton_character, original))


def fold_words(original: str) -> str:
    """Keep the words of alphabets alone, folded, with one space between them."""
    return _one_space("".join(map(word_character, original)))


@cache
def word_character(character: str) -> str:
    """Fold one character for `fold_words`: letters and digits of alphabets, a space for all else that shows."""
    return "".join(
        part if is_letter_or_digit(part) and not runs_on(part) else " " for part in fold_character(character)
    )


@cache
def name_character(character: str) -> str:
    """Fold one character of a name: letters and digits, nothing for an apostrophe, a space for the rest."""
    return "".join(
        part if is_letter_or_digit(part) else " " for part in fold_character(character) if part != _APOSTROPHE
    )


def _one_space(text: str) -> str:
    return _SPACES.sub(" ", text).strip(" ")
