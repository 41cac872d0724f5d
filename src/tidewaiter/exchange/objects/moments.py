"""Timestamps as STIX 2.1 writes them (section 3.2 of its common data types): UTC, ending in Z."""

import re
from datetime import UTC, datetime

from tidewaiter.exchange.refusal import Reason, Refused, shortened

PATTERN = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?Z$"
_FORM = re.compile(PATTERN, re.ASCII)


def now() -> datetime:
    """This moment to the millisecond, as ``created`` and ``modified`` need it."""
    return to_the_millisecond(datetime.now(UTC))


def to_the_millisecond(moment: datetime) -> datetime:
    """The moment without what is finer than a millisecond. It must know its offset from UTC."""
    return moment.astimezone(UTC).replace(microsecond=moment.microsecond // 1000 * 1000)


def written(moment: datetime) -> str:
    """``2026-05-01T02:03:04.567Z``; six digits where the moment is finer than a millisecond.

    Raises Refused for a moment without its offset from UTC.
    """
    if moment.tzinfo is None:
        raise Refused(Reason.BAD_FORMAT, "a moment without its offset from UTC")
    precision = "microseconds" if moment.microsecond % 1000 else "milliseconds"
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec=precision) + "Z"


def read(text: str) -> datetime:
    """The moment that a STIX timestamp names, in UTC. Raises Refused."""
    if not _FORM.match(text):
        raise Refused(Reason.BAD_FORMAT, f"{shortened(text)} is no timestamp such as 2026-05-01T02:03:04.567Z")
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise Refused(Reason.BAD_FORMAT, f"{shortened(text)} is no moment of the calendar") from None
