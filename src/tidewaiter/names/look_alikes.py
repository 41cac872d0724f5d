"""Characters that pass for one another: one class for all that look alike, for terms and texts in the same way."""

import re
import unicodedata
from functools import cache

from tidewaiter.names.characters import fold_character, is_letter_or_digit

# Greek, Cyrillic and other letters by the Latin letter that they look like, as printed (capital and small apart).
# Own selection from the letter shapes; Unicode's confusables (UTS 39) list many more, most of which no keyboard has.
_SHAPES = {
    "a": "АаΑαɑ",
    "b": "ВΒвЬьβ",
    "c": "СсϹϲҫҪ",
    "d": "ԀԁÐĐ",
    "e": "ЕеΕЁёєЄҽ",
    "f": "Ϝϝƒ",
    "g": "ԌɡԍƓ",
    "h": "НΗһнҺ",
    "i": "ІіΙιӀӏЇїɪ",
    "j": "ЈјϳͿ",
    "k": "КкΚκҚқ",
    "l": "Ⅼ∣",
    "m": "МмΜϺ",
    "n": "Νηпŋ",
    "o": "ОоΟοσՕօӨөΘθ",
    "p": "РрΡρ",
    "q": "Ԛԛ",
    "r": "гЯяɾ",
    "s": "ЅѕՏ",
    "t": "ТтΤτ",
    "u": "υՍսμ",
    "v": "νѴѵ∨",
    "w": "ѠѡԜԝωш",
    "x": "ХхΧχҲҳ",
    "y": "УуΥүҮγʏ",
    "z": "ΖʐƵ",
}
_LETTER = {shape: letter for letter, shapes in _SHAPES.items() for shape in shapes}
_SYMBOLS = {"$": "s", "@": "a", "!": "i", "€": "e", "£": "l", "¢": "c", "¥": "y", "∂": "d"}
# Letters that Unicode keeps whole although they are drawings of a Latin letter.
_DRAWN = re.compile(
    r"(?:LATIN LETTER SMALL CAPITAL|(?:NEGATIVE CIRCLED|NEGATIVE SQUARED|REGIONAL INDICATOR SYMBOL)"
    r"(?: LATIN CAPITAL)? LETTER) ([A-Z])"
)
# Digits by the letter that they stand for, and the two letters that no one can tell apart.
_CLASS = {"0": "o", "1": "i", "l": "i", "3": "e", "4": "a", "5": "s", "6": "b", "7": "t", "8": "b", "9": "g", "2": "z"}


@cache
def skeleton_character(character: str) -> str:
    """Give the look-alike classes of one character: none for what separates or is invisible, else one or several.

    A class is written as a small Latin letter, or as the folded character where nothing looks like it.
    """
    shape = _LETTER.get(character) or _SYMBOLS.get(character) or _drawn(character)
    folded = shape or fold_character(character)
    letters = (_SYMBOLS.get(part) or _LETTER.get(part) or part for part in folded)
    return "".join(_CLASS.get(part, part) for part in letters if is_letter_or_digit(part))


def _drawn(character: str) -> str | None:
    if character < "\x80":
        return None
    found = _DRAWN.fullmatch(unicodedata.name(character, ""))
    return found.group(1).lower() if found else None
