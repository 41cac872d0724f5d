"""Hong Kong identity card number: one or two letters, six digits, a check character, as in ``A123456(3)``.

The Immigration Department does not publish the check rule as a standard; it is public knowledge and stable: weights 9
to 1, a missing first letter counts as a blank (36), A to Z as 10 to 35, and the whole is a multiple of 11.
"""

import re

from tidewaiter.domain.identifiers.normal_form import compact
from tidewaiter.domain.identifiers.outcome import Check, check_form

__all__ = ["BLANK", "check", "check_digit", "compact"]

_LENGTHS = (8, 9)
_FORMAT = re.compile(r"[A-Z]{1,2}[0-9]{6}[0-9A]")
_CHECK_CHARACTERS = "0123456789A"
BLANK = 36
"""Value of the place of a missing first letter."""


def check_digit(prefix_and_digits: str) -> str:
    """Work out the check character of one or two letters and six digits."""
    values = [int(char, 36) for char in prefix_and_digits]
    values = [BLANK] * (8 - len(values)) + values
    total = sum(weight * value for weight, value in zip(range(9, 1, -1), values, strict=True))
    return _CHECK_CHARACTERS[-total % 11]


def check(text: str) -> Check:
    """Check a Hong Kong identity card number."""
    number = compact(text)
    form = check_form(number, _LENGTHS, _FORMAT)
    if not form.ok:
        return form
    return Check.OK if check_digit(number[:-1]) == number[-1] else Check.WRONG_CHECK_DIGIT
