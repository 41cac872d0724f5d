"""Postal item identifier: UPU S10 (service, serial number, check digit, country of the issuing post)."""

import re

from tidewaiter.domain.identifiers.normal_form import compact
from tidewaiter.domain.identifiers.outcome import Check, check_form

__all__ = ["WEIGHTS", "check", "check_digit", "compact"]

_LENGTHS = (13,)
_FORMAT = re.compile(r"[A-Z]{2}[0-9]{9}[A-Z]{2}")
WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)


def check_digit(serial: str) -> str:
    """Work out the check digit of the eight-digit serial number: 11 less the remainder, with 10 as 0 and 11 as 5."""
    rest = 11 - sum(weight * int(char) for weight, char in zip(WEIGHTS, serial, strict=True)) % 11
    return {10: "0", 11: "5"}.get(rest) or str(rest)


def check(text: str) -> Check:
    """Check a postal item identifier. Service indicator and country are checked for their form alone."""
    number = compact(text)
    form = check_form(number, _LENGTHS, _FORMAT)
    if not form.ok:
        return form
    return Check.OK if check_digit(number[2:10]) == number[10] else Check.WRONG_CHECK_DIGIT
