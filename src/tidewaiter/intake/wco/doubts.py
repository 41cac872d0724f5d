"""Read the values of one message, and note those that are doubtful.

Only what a column cannot hold is judged here. Codes that stand on no list, negative masses, wrong check digits and the
like arrive as declared and are flagged by ``intake.checks``, as those of any other format.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from itertools import islice

from tidewaiter.intake.checks import FlagCode
from tidewaiter.intake.wco import values

__all__ = ["FLAG_MEANINGS", "Doubts", "Time", "WcoFlag"]

_MOST = 200
"""Doubts that one message can note; the message is kept whole all the same."""

_LOCAL_OFFSETS = {"CN": 480, "HK": 480, "MO": 480}
"""Offset, in minutes, that is taken where a time names none: these administrations keep one time (UTC+8)."""


Time = tuple[datetime | None, int | None]
"""A moment in UTC, and the offset of its place in minutes."""


class WcoFlag(StrEnum):
    """Doubts of this format (`FLAG_MEANINGS`); the others are those of ``FlagCode``."""

    REPEATED_ELEMENT = "repeated_element"
    NO_FUNCTION = "no_function"
    NO_SEQUENCE = "no_sequence"
    NO_OFFSET = "no_offset"
    CUT_DECIMALS = "cut_decimals"
    PREFERENTIAL_ORIGIN = "preferential_origin"
    STATED_REASON = "stated_reason"


FLAG_MEANINGS = {
    WcoFlag.REPEATED_ELEMENT: "An element occurs more than once where one value counts; the first was taken.",
    WcoFlag.NO_FUNCTION: "The message does not say what it does; its declaration type makes it an original.",
    WcoFlag.NO_SEQUENCE: "A goods item of an amendment has no number; its place in the message was taken.",
    WcoFlag.NO_OFFSET: "A time names no offset; that of the administration was taken where it is known, else UTC.",
    WcoFlag.CUT_DECIMALS: "A count has decimals; they were cut.",
    WcoFlag.PREFERENTIAL_ORIGIN: "Only the origin for which a preference is claimed is declared; it was taken.",
    WcoFlag.STATED_REASON: "No doubt, but the reason that an amendment or cancellation gives: its words are the field.",
}


class Doubts:
    """The flags of one message, and the readers of values that raise them."""

    def __init__(self, administration: str) -> None:
        self._offset = _LOCAL_OFFSETS.get(administration.partition("-")[0])
        self._flags: dict[tuple[str, str], None] = {}

    def flags(self) -> list[tuple[str, str]]:
        """Give the flags as (code, field)."""
        return list(islice(self._flags, _MOST))

    def note(self, code: FlagCode | WcoFlag, field: str) -> None:
        """Add a flag, once."""
        self._flags[(code.value, field)] = None

    def number(self, text: str | None, field: str) -> float | None:
        """Read an amount or quantity."""
        if text is None:
            return None
        value = values.number(text)
        if value is None:
            self.note(FlagCode.NOT_A_NUMBER, field)
        return value

    def whole(self, text: str | None, field: str, largest: int) -> int | None:
        """Read a count."""
        if text is None:
            return None
        value = values.number(text)
        if value is None or abs(value) > largest:
            self.note(FlagCode.NOT_A_NUMBER, field)
            return None
        if not value.is_integer():
            self.note(WcoFlag.CUT_DECIMALS, field)
        return int(value)

    def mass(self, record: values.Record, slot: str, field: str) -> float | None:
        """Read a mass in kilograms; without a unit it is in kilograms, as the model says."""
        text = record.get(slot)
        if text is None:
            return None
        value = self.number(text, field)
        unit = values.unit(record.get(slot + "@"))
        if value is None or unit is None or unit == "KGM":
            return value
        factor = values.KILOGRAMS.get(unit)
        if factor is None:
            self.note(FlagCode.UNKNOWN_UNIT, field)
            return None
        return value * factor

    def moment(self, text: str, format_code: str | None, field: str) -> Time:
        """Read a time."""
        moment, offset, doubtful = values.moment(text, format_code)
        if moment is None or doubtful:
            self.note(FlagCode.WRONG_DATE, field)
        elif offset is None:
            self.note(WcoFlag.NO_OFFSET, field)
            if self._offset is not None and moment.year > 1:
                return moment - timedelta(minutes=self._offset), self._offset
        return moment, offset
