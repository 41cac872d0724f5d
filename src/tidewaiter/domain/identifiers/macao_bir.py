"""Macao resident identity card (BIR): seven digits and a check digit, as in ``1234567(8)``.

How the check digit is worked out is not published, so the form alone is checked.
"""

import re

from tidewaiter.domain.identifiers.normal_form import compact
from tidewaiter.domain.identifiers.outcome import Check, check_form

__all__ = ["check", "compact"]

_LENGTHS = (8,)
_FORMAT = re.compile(r"[0-9]{8}")


def check(text: str) -> Check:
    """Check the form of the number of a Macao resident identity card."""
    return check_form(compact(text), _LENGTHS, _FORMAT)
