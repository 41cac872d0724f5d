"""The normal form that all identifiers share: ASCII capitals and digits, no separators.

People write ``ＭＳＣＵ 123456-7`` and ``A123456(7)``; comparing and checking needs one spelling. Only width, case and
separators are folded: a letter O is never made a zero, because that would hide the very slip that a check digit finds.
"""

_SEPARATORS = " \t\n\v\f\r-./()[]:_,"
_WIDE_FIRST, _WIDE_LAST, _WIDE_SHIFT = 0xFF01, 0xFF5E, 0xFEE0
# Blanks, dashes and invisible marks beyond ASCII that word processors and web forms put between digits.
_OTHER_SEPARATORS = [0x00A0, 0x00AD, *range(0x2000, 0x2016), 0x202F, 0x2060, 0x2212, 0x3000, 0xFE63, 0xFEFF]


def _fold_table() -> dict[int, str | None]:
    table: dict[int, str | None] = {code: chr(code - 32) for code in range(ord("a"), ord("z") + 1)}
    table.update(dict.fromkeys(map(ord, _SEPARATORS)))
    for code in range(_WIDE_FIRST, _WIDE_LAST + 1):
        narrow = code - _WIDE_SHIFT
        table[code] = table.get(narrow, chr(narrow))
    table.update(dict.fromkeys(_OTHER_SEPARATORS))
    return table


FOLD = _fold_table()
"""For each code point that folding changes: what it becomes, None where it goes. The vectorised form reads it too."""


def compact(text: str) -> str:
    """Fold full-width characters to ASCII, raise ASCII letters to capitals, and take separators out."""
    return text.translate(FOLD)
