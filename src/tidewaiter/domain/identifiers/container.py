"""Freight container number: ISO 6346 (owner, category, serial number, check digit)."""

import re

from tidewaiter.domain.identifiers.normal_form import compact
from tidewaiter.domain.identifiers.outcome import Check, check_form

__all__ = ["LETTER_VALUES", "check", "check_digit", "compact"]

_LENGTHS = (11,)
_FORMAT = re.compile(r"[A-Z]{3}[UJZ][0-9]{7}")

# Letters count from 10 upwards; multiples of 11 are left out because they would not change the remainder.
LETTER_VALUES = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", (value for value in range(10, 39) if value % 11), strict=True))


def check_digit(first_ten: str) -> str:
    """Work out the eleventh character from owner, category and serial number (ISO 6346, annex A)."""
    total = sum((LETTER_VALUES.get(char) or int(char)) << place for place, char in enumerate(first_ten))
    return str(total % 11 % 10)


def check(text: str) -> Check:
    """Check a container number. Category U, J or Z is asked for; the owner code is not looked up."""
    number = compact(text)
    form = check_form(number, _LENGTHS, _FORMAT)
    if not form.ok:
        return form
    return Check.OK if check_digit(number[:-1]) == number[-1] else Check.WRONG_CHECK_DIGIT
