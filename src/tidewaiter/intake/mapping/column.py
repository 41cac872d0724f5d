"""What becomes of one column of a foreign table."""

import re
from dataclasses import dataclass

from tidewaiter.intake.mapping.targets import Target

_OFFSET = re.compile(r"[+-](\d{2}):([0-5]\d)")


@dataclass(frozen=True)
class Column:
    """What becomes of one column for one target."""

    source: str
    target: Target
    required: bool = True
    dates: tuple[str, ...] = ("iso",)
    timezone: str | None = None
    table: dict[str, str] | None = None
    keep: bool = False
    factor: float = 1.0
    split: str | None = None
    present: bool = False
    decimal: str = "."
    thousands: str = ""


def offset_minutes(zone: str) -> int | None:
    """Give the minutes of a fixed offset such as ``+08:00``; None for the name of a zone."""
    found = _OFFSET.fullmatch(zone)
    if found is None:
        return None
    minutes = int(found[1]) * 60 + int(found[2])
    return -minutes if zone.startswith("-") else minutes
