"""Invented brands, and the ways in which a text writes one. None is meant to be anybody's mark.

The Latin names are composed of syllables that were chosen because they make no word; the Chinese ones are sounds.
"""

import csv
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True)
class Brand:
    """An invented brand: its Latin name, its Chinese name in both scripts, and the category it is known for."""

    latin: str
    hans: str
    hant: str
    category: str


BRANDS = tuple(
    Brand(row["latin"], row["zh_hans"], row["zh_hant"], row["category"])
    for row in csv.DictReader(
        (files("tidewaiter.simulation") / "data" / "brands.csv").read_text(encoding="utf-8").splitlines()
    )
)

_LOOK_ALIKES = str.maketrans({"a": "а", "e": "е", "o": "о", "i": "і", "c": "с", "p": "р", "x": "х"})
_DIGITS = str.maketrans({"o": "0", "i": "1", "e": "3", "a": "4"})
_VOWELS = "aeiouy"

PLAIN = ("latin", "upper", "lower", "chinese", "both")
"""Ways to write a brand that an honest trader uses."""
OBSCURED = ("spaced", "dotted", "cyrillic", "digits", "misspelt", "short", "starred", "wide", "mixed", "traditional")
"""Ways that hide it; honest typing slips into some of them now and then."""
SURFACES = PLAIN + OBSCURED


def surfaces(brand: Brand) -> tuple[str, ...]:
    """Write a brand in each of the ways `SURFACES`, in that order."""
    latin = brand.latin
    inner = latin[2:]
    vowel = next((at for at, letter in enumerate(inner, 2) if letter in _VOWELS), len(latin) - 1)
    half = (len(latin) + 1) // 2
    return (
        latin,
        latin.upper(),
        latin.lower(),
        brand.hans,
        f"{brand.hans}/{latin}",
        " ".join(latin.upper()),
        ".".join(latin),
        latin.translate(_LOOK_ALIKES),
        latin.translate(_DIGITS),
        latin[:vowel] + latin[vowel + 1 :],
        latin[:3].upper() + ".",
        latin[0] + "*" * (len(latin) - 2) + latin[-1],
        "".join(chr(ord(letter) + 0xFEE0) for letter in latin),
        latin[:half] + brand.hans[-1],
        brand.hant,
    )
