"""What checking an identifier can say."""

import re
from collections.abc import Container
from enum import IntEnum


class Check(IntEnum):
    """Outcome of a check. The numbers are those of the vectorised forms (uint8) and do not change."""

    OK = 0
    ABSENT = 1
    """Nothing there: empty, or separators alone."""
    WRONG_LENGTH = 2
    WRONG_FORMAT = 3
    """A character that cannot stand where it stands."""
    WRONG_REGION = 4
    """A region code that has never been given out."""
    WRONG_DATE = 5
    """A date that the calendar does not have, or that no living person was born on."""
    WRONG_CHECK_DIGIT = 6

    @property
    def ok(self) -> bool:
        """Whether there is nothing to doubt."""
        return self is Check.OK


def check_form(number: str, lengths: Container[int], pattern: re.Pattern[str]) -> Check:
    """Check length and characters of a number in normal form; OK leaves the check digit to the caller."""
    if not number:
        return Check.ABSENT
    if len(number) not in lengths:
        return Check.WRONG_LENGTH
    return Check.OK if pattern.fullmatch(number) else Check.WRONG_FORMAT
