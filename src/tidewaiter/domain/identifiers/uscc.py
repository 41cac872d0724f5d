"""Unified social credit code of the mainland: GB 32100-2015.

Eighteen characters: registering department, category, six digits of the registering region (GB/T 2260), the
organisation code (GB 11714, nine characters with its own check character), and a check character over all of them.
"""

import re

from tidewaiter.domain.identifiers import organisation_code
from tidewaiter.domain.identifiers.normal_form import compact
from tidewaiter.domain.identifiers.outcome import Check, check_form

__all__ = ["ALPHABET", "WEIGHTS", "check", "check_digit", "compact"]

_LENGTHS = (18,)
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The characters that the standard allows, in the order of their values: I, O, S, V and Z are left out."""
_FORMAT = re.compile(f"[{ALPHABET}]{{2}}[0-9]{{6}}[{ALPHABET}]{{8}}[0-9X][{ALPHABET}]")
WEIGHTS = tuple(pow(3, place, 31) for place in range(17))


def check_digit(first_seventeen: str) -> str:
    """Work out the eighteenth character: 31 less the remainder by 31 of the sum with weights 3^i mod 31."""
    total = sum(weight * ALPHABET.index(char) for weight, char in zip(WEIGHTS, first_seventeen, strict=True))
    return ALPHABET[-total % 31]


def check(text: str) -> Check:
    """Check a unified social credit code, and the organisation code inside it."""
    number = compact(text)
    form = check_form(number, _LENGTHS, _FORMAT)
    if not form.ok:
        return form
    good = check_digit(number[:-1]) == number[-1] and organisation_code.check(number[8:17]).ok
    return Check.OK if good else Check.WRONG_CHECK_DIGIT
