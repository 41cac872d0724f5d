"""Telephone number: ITU-T E.164, with the dialling habits of the mainland, Hong Kong and Macao. Form only.

A number without a country code is read as one of the country that it is given with. Whether the number is in use, or
even given out, is not asked: numbering plans change faster than declarations are kept.
"""

import re

from tidewaiter.domain.identifiers import normal_form
from tidewaiter.domain.identifiers.outcome import Check

_SHORTEST, _LONGEST = 7, 15
_FORMAT = re.compile(r"\+?[0-9]+")
_EXTENSION = re.compile(r"(?:EXT|X|#|轉|转|內線|内线)[0-9]*$")
# Country code; the national significant number as that plan writes it; the digits that callers put before it.
_PLANS = {
    "CN": ("86", re.compile(r"1[3-9][0-9]{9}|[2-9][0-9]{8,10}|10[0-9]{8}|[48]00[0-9]{7}"), "0"),
    "HK": ("852", re.compile(r"[2-9][0-9]{7}"), ""),
    "MO": ("853", re.compile(r"[268][0-9]{7}"), ""),
}


def compact(text: str) -> str:
    """Normal form: digits, after a ``+`` where a country code stands first; ``00`` in front becomes ``+``."""
    number = _EXTENSION.sub("", normal_form.compact(text))
    return "+" + number[2:] if number.startswith("00") else number


def e164(text: str, country: str | None = None) -> str | None:
    """Write a number in E.164, such as ``+85221234567``; None where that cannot be told.

    ``country`` (CN, HK or MO) is assumed where the number has no country code. A country code that stands without its
    ``+`` is known by the length of the whole, and the trunk prefix ``0`` of the mainland is taken off.
    """
    number = compact(text)
    if not _FORMAT.fullmatch(number):
        return None
    if number.startswith("+"):
        return _international(number[1:])
    plan = _PLANS.get(country or "")
    if plan is None:
        return None
    code, national, trunk = plan
    for digits in (number, number.removeprefix(trunk), number.removeprefix(code)):
        if national.fullmatch(digits):
            return f"+{code}{digits}"
    return None


def _international(digits: str) -> str | None:
    # People write +86 (0)20: the trunk prefix is not dialled after a country code.
    if digits.startswith("860"):
        digits = "86" + digits[3:]
    return f"+{digits}" if _SHORTEST <= len(digits) <= _LONGEST and digits[0] != "0" else None


def check(text: str) -> Check:
    """Check the form: 7 to 15 digits, with a ``+`` at most in front. No country code starts with 0."""
    number = compact(text)
    digits = number.removeprefix("+")
    if not digits:
        return Check.ABSENT
    if not _FORMAT.fullmatch(number) or (number != digits and digits[0] == "0"):
        return Check.WRONG_FORMAT
    return Check.OK if _SHORTEST <= len(digits) <= _LONGEST else Check.WRONG_LENGTH
