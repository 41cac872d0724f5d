"""Air waybill number (IATA Resolution 600a): three digits of the airline, seven of serial number, one check digit."""

import re

from tidewaiter.domain.identifiers.normal_form import compact
from tidewaiter.domain.identifiers.outcome import Check, check_form

__all__ = ["check", "check_digit", "compact"]

_LENGTHS = (11,)
_FORMAT = re.compile(r"[0-9]{11}")


def check_digit(serial: str) -> str:
    """Work out the last digit: the remainder of the seven-digit serial number by 7. The airline does not count."""
    return str(int(serial) % 7)


def check(text: str) -> Check:
    """Check an air waybill number. The airline prefix is not looked up."""
    number = compact(text)
    form = check_form(number, _LENGTHS, _FORMAT)
    if not form.ok:
        return form
    return Check.OK if check_digit(number[3:10]) == number[-1] else Check.WRONG_CHECK_DIGIT
