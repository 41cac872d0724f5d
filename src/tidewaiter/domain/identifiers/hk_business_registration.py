"""Hong Kong business registration number, since 27 December 2023 the unique business identifier of every company.

The number is the first eight characters of the certificate number (number, branch, month and year of expiry, check).
No check rule is published, so the form alone is checked. Companies without a registration carry a stand-in made of
the prefix of their old Companies Registry number, filled with zeros.
"""

import re

from tidewaiter.domain.identifiers.normal_form import compact
from tidewaiter.domain.identifiers.outcome import Check, check_form

__all__ = ["CERTIFICATE_LENGTH", "LENGTH", "check", "compact"]

LENGTH = 8
CERTIFICATE_LENGTH = 16
_FORMAT = re.compile(r"(?:[0-9]{2}|[A-Z][0-9A-Z])[0-9]{6}(?:[0-9]{7}[0-9A-Z])?")


def check(text: str) -> Check:
    """Check the form of a business registration number, alone (8) or with the rest of its certificate number (16)."""
    return check_form(compact(text), (LENGTH, CERTIFICATE_LENGTH), _FORMAT)
