"""Vessel reference: an IMO ship number (Resolution A.1117(30)) where it looks like one, else a name or local number."""

from tidewaiter.domain.identifiers import normal_form, ship_number
from tidewaiter.domain.identifiers.outcome import Check


def compact(text: str) -> str:
    """Normal form: without ``IMO`` in front where it looks like an IMO number."""
    return ship_number.compact(text) if ship_number.looks_like(text) else normal_form.compact(text)


def check(text: str) -> Check:
    """Check what looks like an IMO number; anything else that is not empty passes, as it may be the ship's name."""
    if ship_number.looks_like(text):
        return ship_number.check(text)
    return Check.OK if compact(text) else Check.ABSENT
