"""Economic operators registration and identification number: Regulation (EU) 952/2013 and its delegated act 2015/2446.

The country that gave it and up to fifteen characters of its own making; no check digit is common to them.
"""

import re

from tidewaiter.domain.identifiers.normal_form import compact
from tidewaiter.domain.identifiers.outcome import Check, check_form

__all__ = ["LENGTHS", "check", "compact"]

LENGTHS = range(3, 18)
_FORMAT = re.compile(r"[A-Z]{2}[0-9A-Z]{1,15}")


def check(text: str) -> Check:
    """Check the form of an EORI number."""
    return check_form(compact(text), LENGTHS, _FORMAT)
