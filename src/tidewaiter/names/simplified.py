"""Traditional characters to simplified ones, one character at a time."""

from functools import cache

import opencc

# The blocks of Han characters: extension A, the first block, and planes 2 and 3.
_HAN_BLOCKS = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0x20000, 0x323B0))
# One word of every garment's label: 著 in Macao and Taiwan, 着 in Hong Kong and on the mainland.
_ALSO = {"著": "着"}


@cache
def simplified_characters() -> dict[str, str]:
    """For each traditional character, and each Hong Kong variant of one, its simplified form (OpenCC's ``hk2s``).

    A character with more than one simplified form gets the commonest. Both sides of a comparison are folded, so what
    counts is only that the two forms of one word come out alike: no character is left that would fold further.
    """
    characters = [chr(code) for first, end in _HAN_BLOCKS for code in range(first, end)]
    # A line for each character, so that no phrase rule can apply.
    converted = opencc.OpenCC("hk2s").convert("\n".join(characters)).split("\n")
    step = {old: new for old, new in zip(characters, converted, strict=True) if old != new} | _ALSO
    return {old: _last(step, new) for old, new in step.items()}


def _last(step: dict[str, str], character: str) -> str:
    seen = set()
    while character in step and character not in seen:
        seen.add(character)
        character = step[character]
    return character
