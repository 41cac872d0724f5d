"""Traditional characters to simplified ones, one character at a time."""

from functools import cache
from typing import Any

# The blocks of Han characters: extension A, the first block, and planes 2 and 3.
_HAN_BLOCKS = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0x20000, 0x323B0))
# One word of every garment's label: 著 in Macao and Taiwan, 着 in Hong Kong and on the mainland.
_ALSO = {"著": "着"}


@cache
def simplified(character: str) -> str:
    """Give the simplified form of a traditional character or Hong Kong variant (OpenCC's ``hk2s``), else itself.

    A character with more than one simplified form gets the commonest. Both sides of a comparison are folded, so what
    counts is only that the two forms of one word come out alike: no form is left that would go further.
    """
    seen: set[str] = set()
    while character not in seen and (further := _step(character)) != character:
        seen.add(character)
        character = further
    return character


def _step(character: str) -> str:
    if len(character) != 1 or not any(first <= ord(character) < end for first, end in _HAN_BLOCKS):
        return character
    converted: str = _ALSO.get(character) or _converter().convert(character)
    return converted


@cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("hk2s")
