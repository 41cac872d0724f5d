"""Shadow text: what a search index of words holds in place of a text, the same for any of the languages.

Words of alphabets are folded (case, width, diacritics). Scripts written without spaces, Chinese first of all, know no
word ends: each character is a token, and each two that stand together. Traditional characters become simplified ones on
both sides, so that 檢獲 finds 检获 and the reverse. A reference such as ``HK-2026/17`` or ``粤Z·K417港`` has its
letters and digits as one token too, so that it is found however it is typed.

Tokens are letters and digits alone and folded already, so that SQLite's FTS5 (tokenizer ``unicode61 remove_diacritics
0``) and PostgreSQL's tsvector take each as it is, and find alike.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby, pairwise

from tidewaiter.names.characters import fold_character, runs_on

__all__ = ["LONGEST_TOKEN", "Term", "shadow_text", "terms", "tokens"]

LONGEST_TOKEN = 64
"""Characters that count of a word; what follows is cut off, in texts and in queries alike."""
_LONGEST_REFERENCE = 32
_MOST_RUNNING_ON = 3
"""A piece with more characters of a script without spaces is a sentence, and no reference."""
_DIGIT = re.compile("[0-9]")
_MUTE = re.compile("(?<=[aeiou])[cp](?=[ct])")


@dataclass(frozen=True, slots=True)
class Term:
    """One piece of a query, between blanks. A text has it if it has all of ``words``, or the token ``whole``."""

    words: tuple[str, ...]
    whole: str | None
    """The piece as one reference; None where it is no such thing or one word already."""
    starts_word: bool
    """Whether the last of ``words`` may be the beginning of a longer word, as when somebody is still typing."""


def shadow_text(text: str) -> str:
    """Give the tokens of a text with one space between them, each token once, in the order of their first places."""
    return " ".join(dict.fromkeys(tokens(text)))


def tokens(text: str) -> Iterator[str]:
    """Give the tokens of a text, in order: words, single characters, pairs of characters, references."""
    for pieces in _pieces(text):
        for piece in pieces:
            if runs_on(piece[0]):
                yield from piece
                yield from map("".join, pairwise(piece))
            else:
                yield from dict.fromkeys((piece[:LONGEST_TOKEN], _either_spelling(piece)[:LONGEST_TOKEN]))
        reference = _reference(pieces)
        if reference is not None:
            yield reference


def terms(query: str) -> list[Term]:
    """Give what a query asks for, piece by piece; a text is found that has every one. None where nothing is asked.

    All tokens of a term are tokens of any text in which the piece stands whole.
    """
    found: dict[Term, None] = {}
    for pieces in _pieces(query):
        words: list[str] = []
        for piece in pieces:
            # Pairs say all that the single characters of a run say.
            pairs = list(map("".join, pairwise(piece))) if runs_on(piece[0]) else []
            words += pairs or [piece if runs_on(piece[0]) else _either_spelling(piece)[:LONGEST_TOKEN]]
        starts = not runs_on(pieces[-1][0])
        found[Term(tuple(dict.fromkeys(words)), _reference(pieces), starts)] = None
    return list(found)


def _pieces(text: str) -> Iterator[list[str]]:
    """Give, for each stretch between blanks, its runs of letters and digits, alphabets and other scripts apart."""
    for stretch in "".join(map(_token_character, text)).split():
        runs = ("".join(run) for _, run in groupby(stretch, key=_sort))
        pieces = [run for run in runs if run[0] != _BREAK]
        if pieces:
            yield pieces


def _either_spelling(word: str) -> str:
    """Give what a word has in common in Portuguese before and after the agreement of 1990: contrafa(c)ção, obje(c)to.

    Words of other languages lose the same letters, in texts and queries alike.
    """
    return _MUTE.sub("", word)


_BREAK = "-"


def _sort(character: str) -> int:
    return -1 if character == _BREAK else int(runs_on(character))


@cache
def _token_character(character: str) -> str:
    """Fold a character: letters and digits stay, blanks are spaces, marks go, all else breaks a word."""
    return "".join(map(_kept, fold_character(character)))


def _kept(character: str) -> str:
    category = unicodedata.category(character)
    if category[0] in "LN":
        return character
    if category[0] == "M" or character == "'":
        return ""
    return " " if character == " " else _BREAK


def _reference(pieces: list[str]) -> str | None:
    whole = "".join(pieces)
    running_on = sum(len(piece) for piece in pieces if runs_on(piece[0]))
    fits = len(whole) <= _LONGEST_REFERENCE and running_on <= _MOST_RUNNING_ON
    return whole if len(pieces) > 1 and fits and _DIGIT.search(whole) else None
