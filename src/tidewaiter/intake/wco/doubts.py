"""Read the values of one message, and note those that are doubtful."""

from datetime import datetime, timedelta
from itertools import islice

from tidewaiter.intake.wco import values

__all__ = ["Doubts"]

_MOST = 200
"""Doubts that one message can note; the message is kept whole all the same."""

_LOCAL_OFFSETS = {"CN": 480, "HK": 480, "MO": 480}
"""Offset, in minutes, that is taken where a time names none: these administrations keep one time (UTC+8)."""


class Doubts:
    """The flags of one message, and the readers of values that raise them."""

    def __init__(self, administration: str) -> None:
        self._offset = _LOCAL_OFFSETS.get(administration.partition("-")[0])
        self._flags: dict[tuple[str, str], None] = {}

    def flags(self) -> list[tuple[str, str]]:
        """Give the flags as (code, field)."""
        return list(islice(self._flags, _MOST))

    def note(self, code: str, field: str) -> None:
        """Add a flag, once."""
        self._flags[(code, field)] = None

    def number(self, text: str | None, field: str) -> float | None:
        """Read an amount or quantity."""
        if text is None:
            return None
        value, doubtful = values.number(text)
        if doubtful:
            self.note("unreadable_number" if value is None else "negative_number", field)
        return value

    def whole(self, text: str | None, field: str, largest: int) -> int | None:
        """Read a count."""
        if text is None:
            return None
        value, doubtful = values.whole_number(text, largest)
        if doubtful:
            kept = "negative_number" if value is not None and value < 0 else "decimal_count"
            self.note("unreadable_number" if value is None else kept, field)
        return value

    def mass(self, text: str | None, unit: str | None, field: str) -> float | None:
        """Read a mass in kilograms."""
        if text is None:
            return None
        value, doubtful = values.kilograms(text, unit)
        if doubtful:
            self.note("unreadable_mass" if value is None else "negative_number", field)
        return value

    def country(self, text: str | None, field: str) -> str | None:
        """Read a country code."""
        if text is None:
            return None
        code, doubtful = values.country(text)
        if doubtful:
            self.note("unreadable_code", field)
        return code

    def currency(self, text: str | None, field: str) -> str | None:
        """Read a currency code."""
        if text is None:
            return None
        code = text.strip().upper()
        if len(code) == 3 and code.isascii() and code.isalpha():
            return code
        self.note("unreadable_code", field)
        return None

    def moment(self, text: str | None, format_code: str | None, field: str) -> tuple[datetime | None, int | None]:
        """Read a time: the moment in UTC and the offset of its place in minutes."""
        if text is None:
            return None, None
        moment, offset, doubtful = values.moment(text, format_code)
        if moment is None or doubtful:
            self.note("unreadable_time", field)
        elif offset is None:
            self.note("no_offset", field)
            if self._offset is not None and moment.year > 1:
                return moment - timedelta(minutes=self._offset), self._offset
        return moment, offset
