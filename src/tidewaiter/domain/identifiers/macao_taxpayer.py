"""Macao taxpayer number (Financial Services Bureau): eight digits, the first 0 for a person and 8 for an entity.

No check digit is known, so the form alone is checked.
"""

import re

from tidewaiter.domain.identifiers.normal_form import compact
from tidewaiter.domain.identifiers.outcome import Check, check_form

__all__ = ["check", "compact"]

_LENGTHS = (8,)
_FORMAT = re.compile(r"[08][0-9]{7}")


def check(text: str) -> Check:
    """Check the form of a Macao taxpayer number."""
    return check_form(compact(text), _LENGTHS, _FORMAT)
