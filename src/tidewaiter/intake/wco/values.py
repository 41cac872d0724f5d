"""Texts of a declaration as values: numbers, masses, times, countries, identifiers.

None of these functions raises, whatever the text.
"""

import re
from datetime import UTC, datetime, timedelta

from tidewaiter.domain.vocabulary import IdentifierType
from tidewaiter.intake.wco.tree import Record

__all__ = ["KILOGRAMS", "Record", "code", "hs_code", "identifier_type", "moment", "number", "unit", "unlocode"]

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)\Z")
_UNLOCODE = re.compile(r"[A-Z]{2}[A-Z2-9]{3}\Z")
_HS_NOISE = re.compile(r"[\s.\-]")
_EORI = re.compile(
    r"(?:AT|BE|BG|CY|CZ|DE|DK|EE|ES|FI|FR|GB|GR|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK|XI)[0-9A-Z]{1,15}\Z"
)
_USCC_LENGTH = 18
_KIND_USCC, _KIND_EORI, _KIND_LOCAL = (
    kind.value for kind in (IdentifierType.USCC, IdentifierType.EORI, IdentifierType.LOCAL)
)
_USCC = re.compile(r"[0-9A-HJ-NP-RTUWXY]{2}[0-9]{6}[0-9A-HJ-NP-RTUWXY]{10}\Z")
_PLAIN_DIGITS = 16
_LARGEST = 1e15
"""Above this a double no longer holds whole units and hundredths; no declaration means it."""

KILOGRAMS = {
    "KGM": 1.0,
    "GRM": 0.001,
    "MGM": 0.000001,
    "TNE": 1000.0,
    "DTN": 100.0,
    "LBR": 0.45359237,
    "ONZ": 0.028349523125,
}
"""Kilograms in a unit of mass, by its UN/ECE Rec. 20 code."""

_TIME = re.compile(
    r"(?P<date>[0-9]{8}|[0-9]{6}|[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:[T ]?(?P<hour>[0-9]{2}):?(?P<minute>[0-9]{2})(?::?(?P<second>[0-9]{2})(?P<fraction>\.[0-9]+)?)?)?"
    r"\s*(?P<zone>Z|UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?)?\Z"
)
_SHORT_DATES = frozenset({"101", "201", "202", "301"})
"""Format codes of UN/EDIFACT 2379 whose year has two digits; all others begin with four."""
_Z_OFFSET = frozenset({"205", "208"})
"""Format codes that write the offset as Z and a signed or unsigned HHMM."""


def number(text: str) -> float | None:
    """Read a decimal number: ASCII digits and one point. None for anything else, or out of all proportion."""
    if text.isascii() and text.isdigit() and len(text) < _PLAIN_DIGITS:  # most are, and it is far less work
        return float(text)
    if _NUMBER.match(text) is None:
        return None
    value = float(text)
    return value if abs(value) < _LARGEST else None


def unit(text: str | None) -> str | None:
    """Give the UN/ECE Rec. 20 code of a unit; a qualifier after ``#`` is national and is dropped."""
    return (text.partition("#")[0].strip().upper() or None) if text else None


def code(text: str | None) -> str | None:
    """Give a code as lists write it: upper case, no spaces around it."""
    return (text.strip().upper() or None) if text else None


def unlocode(text: str) -> str | None:
    """Give a UN/LOCODE of five characters; None where the text does not have its form."""
    if len(text) < 5:
        return None
    code = text.replace(" ", "").upper()
    return code if _UNLOCODE.match(code) else None


def hs_code(text: str) -> str | None:
    """Give an HS code without the spaces, points and hyphens that people put into it."""
    return _HS_NOISE.sub("", text) or None


def identifier_type(text: str) -> str:
    """Name the kind of a party's identifier by its form: USCC (18 characters), EORI (at most 17), else local."""
    if len(text) == _USCC_LENGTH and _USCC.match(text):
        return _KIND_USCC
    return _KIND_EORI if _EORI.match(text) else _KIND_LOCAL


def moment(text: str, format_code: str | None = None) -> tuple[datetime | None, int | None, bool]:
    """Read a time of UN/EDIFACT 2379 (102, 203, 204, 205, 208, 303, 304 and the like) or ISO 8601.

    Returns the moment in UTC, the offset of its place in minutes, and whether it is doubtful. Without an offset the
    time is taken as UTC and the offset is None. An impossible date gives no moment.
    """
    if format_code in _Z_OFFSET:
        text = re.sub(r"Z(?=[+-]?[0-9]{4}\Z)", "+", text).replace("++", "+").replace("+-", "-")
    match = _TIME.match(text)
    if match is None:
        return None, None, True
    date = match["date"].replace("-", "")
    if len(date) == 6:
        if format_code is not None and format_code not in _SHORT_DATES:
            return None, None, True
        date = "20" + date
    try:
        local = datetime(
            int(date[:4]),
            int(date[4:6]),
            int(date[6:]),
            int(match["hour"] or 0),
            int(match["minute"] or 0),
            int(match["second"] or 0),
            int(float(match["fraction"] or 0) * 1_000_000),
            tzinfo=UTC,
        )
    except ValueError:
        return None, None, True
    offset = _offset(match["zone"])
    if offset is None:
        return local, None, match["zone"] is not None
    try:
        return local - timedelta(minutes=offset), offset, False
    except OverflowError:
        return None, None, True


def _offset(zone: str | None) -> int | None:
    """Minutes from UTC; None where no zone is given, or one that no place has."""
    if zone is None:
        return None
    if not zone.startswith(("+", "-")):
        return 0
    digits = zone[1:].replace(":", "")
    minutes = int(digits[:2]) * 60 + int(digits[2:] or 0)
    if minutes > 14 * 60 or int(digits[2:] or 0) > 59:
        return None
    return -minutes if zone[0] == "-" else minutes
