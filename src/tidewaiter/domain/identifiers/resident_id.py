"""Citizen identity number of the mainland: GB 11643-1999 (check character: ISO 7064 MOD 11-2).

Eighteen characters: region (GB/T 2260), date of birth, sequence number, check character. Two newer documents take the
same form: the residence permits of Hong Kong, Macao and Taiwan residents (81, 82, 83 for the region) and, since
December 2023, the permanent residence card of foreigners (9 in front, then no region of the same make).
"""

import datetime
import re

from tidewaiter.domain.identifiers.normal_form import compact
from tidewaiter.domain.identifiers.outcome import Check, check_form

__all__ = ["CHECK_CHARACTERS", "FIRST_YEAR", "LAST_YEAR", "PROVINCES", "WEIGHTS", "check", "check_digit", "compact"]

_LENGTHS = (18,)
_FORMAT = re.compile(r"[0-9]{17}[0-9X]")
WEIGHTS = tuple(pow(2, 17 - place, 11) for place in range(17))
CHECK_CHARACTERS = "10X98765432"
"""Check character for each remainder by 11."""

PROVINCES = frozenset(
    [*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71, 81, 82, 83]
)
"""First two digits that GB/T 2260 gives to a province, with 83 of the residence permits. Counties come and go with
every reform and old numbers stay valid, so nothing finer is asked."""

FIRST_YEAR, LAST_YEAR = 1900, 2100
"""Years of birth that are believed. No clock is read, so that a run can be repeated."""


def check_digit(first_seventeen: str) -> str:
    """Work out the eighteenth character (ISO 7064 MOD 11-2)."""
    total = sum(weight * int(char) for weight, char in zip(WEIGHTS, first_seventeen, strict=True))
    return CHECK_CHARACTERS[total % 11]


def check(text: str) -> Check:
    """Check a citizen identity number: form, then region, then date of birth, then check character."""
    number = compact(text)
    form = check_form(number, _LENGTHS, _FORMAT)
    if not form.ok:
        return form
    if int(number[:2]) not in PROVINCES and number[0] != "9":
        return Check.WRONG_REGION
    if not _is_birthday(int(number[6:10]), int(number[10:12]), int(number[12:14])):
        return Check.WRONG_DATE
    return Check.OK if check_digit(number[:-1]) == number[-1] else Check.WRONG_CHECK_DIGIT


def _is_birthday(year: int, month: int, day: int) -> bool:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return False
    try:
        datetime.date(year, month, day)
    except ValueError:
        return False
    return True
