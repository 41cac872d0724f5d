"""IMO ship identification number (IMO Resolution A.1117(30)): seven digits, the last a check digit."""

import re

from tidewaiter.domain.identifiers import normal_form
from tidewaiter.domain.identifiers.outcome import Check, check_form

_LENGTHS = (7,)
_FORMAT = re.compile(r"[0-9]{7}")
_LOOKS_LIKE = re.compile(r"IMO[0-9]+|[0-9]{7}")


def compact(text: str) -> str:
    """Normal form: the digits without the letters ``IMO`` before them."""
    return normal_form.compact(text).removeprefix("IMO")


def looks_like(text: str) -> bool:
    """Say whether a vessel reference is meant as an IMO number: ``IMO`` and digits, or seven bare digits."""
    return _LOOKS_LIKE.fullmatch(normal_form.compact(text)) is not None


def check_digit(first_six: str) -> str:
    """Work out the seventh digit: the last digit of the sum with weights 7 to 2."""
    return str(sum(weight * int(char) for weight, char in zip(range(7, 1, -1), first_six, strict=True)) % 10)


def check(text: str) -> Check:
    """Check an IMO ship number."""
    number = compact(text)
    form = check_form(number, _LENGTHS, _FORMAT)
    if not form.ok:
        return form
    return Check.OK if check_digit(number[:-1]) == number[-1] else Check.WRONG_CHECK_DIGIT
