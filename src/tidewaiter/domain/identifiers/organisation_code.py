"""Organisation code of the mainland: GB 11714 (eight characters and a check character). It lives on inside the USCC."""

import re

from tidewaiter.domain.identifiers.normal_form import compact
from tidewaiter.domain.identifiers.outcome import Check, check_form

__all__ = ["WEIGHTS", "check", "check_digit", "compact"]

_LENGTHS = (9,)
_FORMAT = re.compile(r"[0-9A-Z]{8}[0-9X]")
WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS = "0123456789X0"


def check_digit(first_eight: str) -> str:
    """Work out the ninth character: 11 less the remainder by 11, with 10 as X and 11 as 0; A counts 10, Z 35."""
    total = sum(weight * int(char, 36) for weight, char in zip(WEIGHTS, first_eight, strict=True))
    return _CHECK_CHARACTERS[11 - total % 11]


def check(text: str) -> Check:
    """Check an organisation code that stands alone."""
    number = compact(text)
    form = check_form(number, _LENGTHS, _FORMAT)
    if not form.ok:
        return form
    return Check.OK if check_digit(number[:-1]) == number[-1] else Check.WRONG_CHECK_DIGIT
