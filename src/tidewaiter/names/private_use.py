"""Private-use code points of old Hong Kong systems, brought to standard Unicode.

Before its characters entered Unicode, the Hong Kong Supplementary Character Set (HKSCS) was carried in Unicode's
private use area: the user-defined rows of Big5, in order, 157 characters to a row. The codec ``big5hkscs`` of the
standard library (HKSCS-2004) gives the character that each Big5 code stands for.

Left as they are: code points without a character in that edition, and the four that stand for two characters.
"""

import unicodedata

_ROW = 157
_LOW_TRAIL = 63
"""Trail bytes run from 40 to 7E, these many, and go on from A1."""
# First and last private-use code point of a block, the lead byte of its first row, and the places of that row that do
# not belong to the block (the last one begins at C6A1).
_BLOCKS = ((0xE000, 0xE310, 0xFA, 0), (0xE311, 0xEEB7, 0x8E, 0), (0xEEB8, 0xF6B0, 0x81, 0), (0xF6B1, 0xF848, 0xC6, 63))

# Compatibility points of HKSCS: codes kept free because their character was found to be one that Big5 has already
# ("Unified With" in the standard's own list, as far as it could be read).
_UNIFIED = {
    0x8E69: 0xBAE6,
    0x8E6F: 0xEDCA,
    0x8E7E: 0xA261,
    0x8EAB: 0xBAFC,
    0x8EB4: 0xBFA6,
    0x8ECD: 0xAACC,
    0x8ED0: 0xBFAE,
    0x8F57: 0xB5D7,
    0x8F69: 0xE3C8,
    0x8F6E: 0xDB79,
    0x8FCB: 0xBFCC,
    0x8FCC: 0xA0D4,
    0x8FFE: 0xB05F,
    0x906D: 0xB3A3,
}


def _big5_code(code_point: int) -> int | None:
    for first, last, lead, skipped in _BLOCKS:
        if first <= code_point <= last:
            row, place = divmod(code_point - first + skipped, _ROW)
            trail = 0x40 + place if place < _LOW_TRAIL else 0x62 + place
            return (lead + row) << 8 | trail
    return None


def standard_character(character: str) -> str:
    """Give the standard character that a private-use one stands for in HKSCS; any other character as it is."""
    code = _big5_code(ord(character))
    if code is None:
        return character
    try:
        standard = _UNIFIED.get(code, code).to_bytes(2, "big").decode("big5hkscs")
    except UnicodeDecodeError:
        return character
    return standard if len(standard) == 1 and unicodedata.category(standard) != "Co" else character
