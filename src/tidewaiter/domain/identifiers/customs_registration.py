"""Customs registration number of a mainland enterprise: ten characters, no check digit.

Four digits of the registering region, one character for the economic zone, one for the kind of enterprise, four of
serial number; letters have come into the last six since the digits ran out.
"""

import re

from tidewaiter.domain.identifiers.normal_form import compact
from tidewaiter.domain.identifiers.outcome import Check, check_form

__all__ = ["check", "compact"]

_LENGTHS = (10,)
_FORMAT = re.compile(r"[0-9]{4}[0-9A-Z]{6}")


def check(text: str) -> Check:
    """Check the form of a customs registration number."""
    return check_form(compact(text), _LENGTHS, _FORMAT)
