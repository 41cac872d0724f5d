"""What folding does to one character. Everything else in this package is made of these rules."""

import re
import unicodedata
from functools import cache

from tidewaiter.names.private_use import standard_character
from tidewaiter.names.simplified import simplified

# Marks that say nothing about the goods, and would otherwise grow letters: ™ decomposes to "TM".
_BLANKS = dict.fromkeys("™℠®©℗", " ")
_PUNCTUATION = {
    **dict.fromkeys("‐‑‒–—―−﹘﹣⁃", "-"),
    **dict.fromkeys("‘’‚‛′‵´`ʹʻʼʽˈ＇", "'"),
    **dict.fromkeys("“”„‟″‶«»「」『』《》〈〉〝〞〟‹›", '"'),
    **dict.fromkeys("。・·•‧∙⋅●˙", "."),
    **dict.fromkeys("、", ","),
    **dict.fromkeys("【〔〖〘〚", "("),
    **dict.fromkeys("】〕〗〙〛", ")"),
    **dict.fromkeys("〜～∼", "~"),
    **dict.fromkeys("∕⁄", "/"),
    **dict.fromkeys("∗×✕✖", "*"),
}
# Latin letters that Unicode does not take apart. Those "with stroke", "with hook" and the like are found by name.
_LATIN = {"æ": "ae", "œ": "oe", "ı": "i", "ȷ": "j", "ĸ": "k", "ſ": "s", "ð": "d", "þ": "th"}
_WITH_A_MARK = re.compile(r"LATIN SMALL LETTER ([A-Z]) WITH .*")

# What takes no room: format characters, variation selectors, fillers, and the marks set on Latin letters.
_INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u3164\uffa0\ufe00-\ufe0f\ufffe\uffff\U000e0000-\U000e0fff]"
)
_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
_SCRIPTS_WITHOUT_SPACES = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x2E80, 0x312F),  # radicals, kana, bopomofo
    (0x3190, 0xA4CF),  # Han, Yi
    (0xAC00, 0xD7AF),  # Hangul, which joins endings to words
    (0xE000, 0xFAFF),  # private use, as in old Hong Kong data; compatibility forms of Han
    (0x20000, 0x3FFFF),  # planes of rare Han characters
)
_NO_SPACES = re.compile(f"[{''.join(f'{chr(first)}-{chr(last)}' for first, last in _SCRIPTS_WITHOUT_SPACES)}]")


@cache
def fold_character(character: str) -> str:
    """Fold one character: none, one or several characters, each of which folds to itself.

    Width and presentation forms (NFKD), HKSCS private use, case, diacritics, stroke and hook of Latin letters,
    traditional to simplified, one form for each kind of punctuation, any blank to a space; what is invisible goes.
    Hangul syllables stay whole.
    """
    folded = character
    while True:
        again = "".join(map(_step, folded))
        if again == folded:
            return folded
        folded = again


def _step(character: str) -> str:
    if character in _BLANKS or character.isspace() or character == "\u2800":
        return " "
    if character in _PUNCTUATION:
        return _PUNCTUATION[character]
    if is_invisible(character):
        return ""
    character = simplified(standard_character(character))
    if "\uac00" <= character <= "\ud7a3":
        return character
    return "".join(map(_plain_letter, unicodedata.normalize("NFKD", character).casefold()))


def _plain_letter(character: str) -> str:
    if character < "\x80":
        return character
    if character in _LATIN:
        return _LATIN[character]
    named = _WITH_A_MARK.fullmatch(unicodedata.name(character, ""))
    return named.group(1).lower() if named else character


def is_invisible(character: str) -> bool:
    """Whether the character takes no room of its own: a format or control character, a filler, a mark on a letter."""
    if is_mark(character):
        return True
    category = unicodedata.category(character)
    return category == "Cf" or (category == "Cc" and not character.isspace()) or bool(_INVISIBLE.match(character))


def is_mark(character: str) -> bool:
    """Whether the character is a mark that belongs to the letter before it (an accent, the frame of a keycap)."""
    return _MARKS.match(character) is not None


@cache
def is_letter_or_digit(character: str) -> bool:
    """Whether a folded character carries meaning; the others separate. Unknown and private-use characters carry."""
    return unicodedata.category(character)[0] in "LNM" or unicodedata.category(character) in ("Co", "Cn", "Cs")


@cache
def runs_on(character: str) -> bool:
    """Whether the character belongs to a script written without spaces, as Chinese is: it knows no word ends."""
    return _NO_SPACES.match(character) is not None


@cache
def is_word_character(character: str) -> bool:
    """Whether the character, as declared, continues a word of an alphabet: a letter or digit, also as a look-alike."""
    return any(is_letter_or_digit(part) and not runs_on(part) for part in fold_character(character))
