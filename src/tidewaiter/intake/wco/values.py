"""Texts of a declaration as values: numbers, masses, times, countries, identifiers.

Each function gives the value and whether the text was doubtful; a doubtful text never raises.
"""

import re
from datetime import UTC, datetime, timedelta

from tidewaiter.domain.vocabulary import IdentifierType

__all__ = [
    "country",
    "hs_digits",
    "identifier_type",
    "kilograms",
    "moment",
    "number",
    "unit",
    "unlocode",
    "whole_number",
]

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)\Z")
_COUNTRY = re.compile(r"[A-Z]{2}\Z")
_UNLOCODE = re.compile(r"[A-Z]{2}[A-Z2-9]{3}\Z")
_HS_NOISE = re.compile(r"[\s.\-]")
_HS = re.compile(r"[0-9]{2,10}\Z")
_EORI = re.compile(
    r"(?:AT|BE|BG|CY|CZ|DE|DK|EE|ES|FI|FR|GB|GR|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK|XI)[0-9A-Z]{1,15}\Z"
)
_USCC = re.compile(r"[0-9A-HJ-NP-RTUWXY]{2}[0-9]{6}[0-9A-HJ-NP-RTUWXY]{10}\Z")
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


def number(text: str) -> tuple[float | None, bool]:
    """Read a decimal number: digits and one point. Not a number, or out of all proportion, gives None and doubt."""
    if _NUMBER.match(text) is None:
        return None, True
    value = float(text)
    return (value, value < 0) if abs(value) < _LARGEST else (None, True)


def whole_number(text: str, largest: int) -> tuple[int | None, bool]:
    """Read a count from 0 to ``largest``. Decimals are cut with doubt; a value that does not fit is None."""
    value, doubtful = number(text)
    if value is None or not -largest <= value <= largest:
        return None, True
    whole = int(value)
    return whole, doubtful or whole != value


def unit(text: str | None) -> str | None:
    """Give the UN/ECE Rec. 20 code of a unit; a qualifier after ``#`` is national and is dropped."""
    return (text.partition("#")[0].strip().upper() or None) if text else None


def kilograms(text: str, unit_code: str | None) -> tuple[float | None, bool]:
    """Read a mass in kilograms. Without a unit it is in kilograms, as the model says; an unknown unit gives None."""
    value, doubtful = number(text)
    code = unit(unit_code)
    if value is None or code is None or code == "KGM":
        return value, doubtful
    factor = KILOGRAMS.get(code)
    return (None, True) if factor is None else (value * factor, doubtful)


def country(text: str) -> tuple[str | None, bool]:
    """Give an ISO 3166-1 alpha-2 code; two letters that the list does not hold are left for the checks to doubt."""
    code = text.upper()
    return (code, False) if _COUNTRY.match(code) else (None, True)


def unlocode(text: str) -> str | None:
    """Give a UN/LOCODE of five characters; None where the text does not have its form."""
    code = text.replace(" ", "").upper()
    return code if _UNLOCODE.match(code) else None


def hs_digits(text: str) -> tuple[str | None, bool]:
    """Give the two to ten digits of an HS code, spaces, points and hyphens taken out."""
    digits = _HS_NOISE.sub("", text)
    return (digits, False) if _HS.match(digits) else (None, True)


def identifier_type(text: str) -> str:
    """Name the kind of a party's identifier by its form: USCC (18 characters), EORI (at most 17), else local."""
    if _USCC.match(text):
        return IdentifierType.USCC.value
    return (IdentifierType.EORI if _EORI.match(text) else IdentifierType.LOCAL).value


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
