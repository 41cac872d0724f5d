"""Identifiers checked a column at a time: the vectorised forms of `domain.identifiers`, with which they agree.

Each function takes a string column (pyarrow Array or ChunkedArray, or polars Series) and gives one uint8 a value:
the number of a `domain.identifiers.Check`. A null is ABSENT. The standards are named in `domain.identifiers`.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from tidewaiter.domain.identifiers import (
    Check,
    eori,
    hk_business_registration,
    hkid,
    organisation_code,
    postal_item,
    resident_id,
    uscc,
)
from tidewaiter.domain.identifiers.container import LETTER_VALUES
from tidewaiter.domain.vocabulary import IdentifierType, ReferenceType
from tidewaiter.intake.checks.columns_of_text import Bytes, Column, CompactColumn, Mask, compact_column, translated

Statuses = npt.NDArray[np.uint8]
Totals = npt.NDArray[np.int32]
ColumnCheck = Callable[[Column], Statuses]
Rule = Callable[[Bytes], Sequence[tuple[Mask, Check]]]
"""Judges characters of shape (length, values): which values fail on what, the first failure that holds counts."""

_DIGIT, _LETTER, _CATEGORY, _USCC, _X, _A, _TAXPAYER = (1 << bit for bit in range(7))


def _table(of: Mapping[str, int]) -> bytes:
    table = bytearray(256)
    for char, value in of.items():
        table[ord(char)] = value
    return bytes(table)


_DIGITS = {str(value): value for value in range(10)}
_BASE_36 = _table({char: int(char, 36) for char in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"})
_ISO_6346 = _table(_DIGITS | LETTER_VALUES)
_USCC_VALUES = _table({char: value for value, char in enumerate(uscc.ALPHABET)})
_MEMBERS = {
    _DIGIT: "0123456789",
    _LETTER: "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    _CATEGORY: "UJZ",
    _USCC: uscc.ALPHABET,
    _X: "X",
    _A: "A",
    _TAXPAYER: "08",
}
_CLASSES = _table({chr(code): sum(bit for bit in _MEMBERS if chr(code) in _MEMBERS[bit]) for code in range(128)})


def _sum(values: bytes, weights: Sequence[int], chars: Bytes) -> Totals:
    """Weighted sum of each value's characters; all stay far below 2**31."""
    # Not a matrix product: that would start the threads of a BLAS for a few microseconds of work each.
    total = np.zeros(chars.shape[1], dtype=np.int32)
    for weight, line in zip(weights, translated(chars, values), strict=True):
        total += line * np.int32(weight)
    return total


def _misfit(chars: Bytes, pattern: Sequence[int]) -> Mask:
    """Which values hold a character that does not belong to the classes of its place."""
    allowed = np.array(pattern, dtype=np.uint8)[:, None]
    return np.asarray(((translated(chars, _CLASSES) & allowed) == 0).any(axis=0))


def _among(characters: str) -> Bytes:
    return np.frombuffer(characters.encode(), dtype=np.uint8)


# Check characters by the remainder of the weighted sum.
_S10_CHECK = _among("50987654321")
_GB_11714_CHECK = _among("0X987654321")
_GB_11643_CHECK = _among(resident_id.CHECK_CHARACTERS)
_HKID_CHECK = _among("0A987654321")
_DECIMAL = _among("0123456789")
_GB_32100 = _among(uscc.ALPHABET)


def _judge(text: CompactColumn, rules: Mapping[int, Rule]) -> Statuses:
    """Apply to each value the rule of its length; any other length is wrong."""
    statuses = np.full(text.length.size, Check.WRONG_LENGTH, dtype=np.uint8)
    statuses[text.length == 0] = Check.ABSENT
    for length, rule in rules.items():
        rows = np.flatnonzero(text.length == length)
        if rows.size:
            statuses[rows] = _first_failure(rule(text.matrix(rows, length)), rows.size)
    return statuses


def _first_failure(failures: Sequence[tuple[Mask, Check]], size: int) -> Statuses:
    statuses = np.full(size, Check.OK, dtype=np.uint8)
    for failed, check in reversed(failures):
        statuses[failed] = check
    return statuses


def _form(pattern: Sequence[int]) -> Rule:
    """The rule of an identifier without a check digit."""
    return lambda chars: [(_misfit(chars, pattern), Check.WRONG_FORMAT)]


def containers(values: Column) -> Statuses:
    """Freight container numbers (ISO 6346)."""
    return _judge(compact_column(values), {11: _container})


def _container(chars: Bytes) -> list[tuple[Mask, Check]]:
    remainder = _sum(_ISO_6346, [1 << place for place in range(10)], chars[:10]) % 11 % 10
    return [
        (_misfit(chars, [_LETTER] * 3 + [_CATEGORY] + [_DIGIT] * 7), Check.WRONG_FORMAT),
        (_DECIMAL[remainder] != chars[10], Check.WRONG_CHECK_DIGIT),
    ]


def ship_numbers(values: Column) -> Statuses:
    """IMO ship numbers (Resolution A.1117(30)), with or without the letters IMO."""
    return _judge(compact_column(values).without_prefix(b"IMO"), {7: _ship_number})


def _ship_number(chars: Bytes) -> list[tuple[Mask, Check]]:
    remainder = _sum(_BASE_36, range(7, 1, -1), chars[:6]) % 10
    return [
        (_misfit(chars, [_DIGIT] * 7), Check.WRONG_FORMAT),
        (_DECIMAL[remainder] != chars[6], Check.WRONG_CHECK_DIGIT),
    ]


def vessels(values: Column) -> Statuses:
    """Vessel references: those that look like an IMO ship number are checked as one, names and the like pass."""
    text = compact_column(values)
    number = text.without_prefix(b"IMO")
    named = text.length == number.length
    judged = _judge(number, {7: _ship_number})
    looks_like = number.all_digits() & (~named | (text.length == 7))
    return np.where(looks_like, judged, np.where(text.length == 0, Check.ABSENT, Check.OK)).astype(np.uint8)


def air_waybills(values: Column) -> Statuses:
    """Air waybill numbers (IATA Resolution 600a)."""
    return _judge(compact_column(values), {11: _air_waybill})


def _air_waybill(chars: Bytes) -> list[tuple[Mask, Check]]:
    remainder = _sum(_BASE_36, [10**place for place in range(6, -1, -1)], chars[3:10]) % 7
    return [
        (_misfit(chars, [_DIGIT] * 11), Check.WRONG_FORMAT),
        (_DECIMAL[remainder] != chars[10], Check.WRONG_CHECK_DIGIT),
    ]


def postal_items(values: Column) -> Statuses:
    """Postal item identifiers (UPU S10)."""
    return _judge(compact_column(values), {13: _postal_item})


def _postal_item(chars: Bytes) -> list[tuple[Mask, Check]]:
    remainder = _sum(_BASE_36, postal_item.WEIGHTS, chars[2:10]) % 11
    return [
        (_misfit(chars, [_LETTER] * 2 + [_DIGIT] * 9 + [_LETTER] * 2), Check.WRONG_FORMAT),
        (_S10_CHECK[remainder] != chars[10], Check.WRONG_CHECK_DIGIT),
    ]


def usccs(values: Column) -> Statuses:
    """Unified social credit codes (GB 32100), with the organisation code inside (GB 11714)."""
    return _judge(compact_column(values), {18: _uscc})


def _uscc(chars: Bytes) -> list[tuple[Mask, Check]]:
    whole = -_sum(_USCC_VALUES, uscc.WEIGHTS, chars[:17]) % 31
    inner = _sum(_BASE_36, organisation_code.WEIGHTS, chars[8:16]) % 11
    wrong = (_GB_32100[whole] != chars[17]) | (_GB_11714_CHECK[inner] != chars[16])
    pattern = [_USCC] * 2 + [_DIGIT] * 6 + [_USCC] * 8 + [_DIGIT | _X] + [_USCC]
    return [(_misfit(chars, pattern), Check.WRONG_FORMAT), (wrong, Check.WRONG_CHECK_DIGIT)]


def resident_ids(values: Column) -> Statuses:
    """Citizen identity numbers of the mainland (GB 11643)."""
    return _judge(compact_column(values), {18: _resident_id})


def _resident_id(chars: Bytes) -> list[tuple[Mask, Check]]:
    remainder = _sum(_BASE_36, resident_id.WEIGHTS, chars[:17]) % 11
    province = _sum(_BASE_36, [10, 1], chars[:2])
    no_region = ~np.isin(province, list(resident_id.PROVINCES)) & (chars[0] != ord("9"))
    return [
        (_misfit(chars, [_DIGIT] * 17 + [_DIGIT | _X]), Check.WRONG_FORMAT),
        (no_region, Check.WRONG_REGION),
        (~_is_birthday(chars[6:14]), Check.WRONG_DATE),
        (_GB_11643_CHECK[remainder] != chars[17], Check.WRONG_CHECK_DIGIT),
    ]


_DAYS_IN_MONTH = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])


def _is_birthday(chars: Bytes) -> Mask:
    """Whether eight characters, year to day, are a date of the calendar in the years that are believed."""
    year = _sum(_BASE_36, [1000, 100, 10, 1], chars[:4])
    month = _sum(_BASE_36, [10, 1], chars[4:6])
    day = _sum(_BASE_36, [10, 1], chars[6:8])
    is_month = (month >= 1) & (month <= 12)
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    last = _DAYS_IN_MONTH[np.where(is_month, month, 0)] + (leap & (month == 2))
    believed = (year >= resident_id.FIRST_YEAR) & (year <= resident_id.LAST_YEAR)
    return np.asarray(believed & is_month & (day >= 1) & (day <= last))


def hkids(values: Column) -> Statuses:
    """Hong Kong identity card numbers."""
    return _judge(compact_column(values), {8: _hkid, 9: _hkid})


def _hkid(chars: Bytes) -> list[tuple[Mask, Check]]:
    letters = len(chars) - 7
    total = _sum(_BASE_36, range(letters + 7, 1, -1), chars[:-1]) + (hkid.BLANK * 9 if letters == 1 else 0)
    return [
        (_misfit(chars, [_LETTER] * letters + [_DIGIT] * 6 + [_DIGIT | _A]), Check.WRONG_FORMAT),
        (_HKID_CHECK[total % 11] != chars[-1], Check.WRONG_CHECK_DIGIT),
    ]


def hk_business_registrations(values: Column) -> Statuses:
    """Hong Kong business registration numbers: form only."""
    rules = {
        hk_business_registration.LENGTH: _hk_business_registration,
        hk_business_registration.CERTIFICATE_LENGTH: _hk_business_registration,
    }
    return _judge(compact_column(values), rules)


def _hk_business_registration(chars: Bytes) -> list[tuple[Mask, Check]]:
    rest = [_DIGIT] * 7 + [_DIGIT | _LETTER] if len(chars) > hk_business_registration.LENGTH else []
    numbered = _misfit(chars, [_DIGIT] * 8 + rest)
    prefixed = _misfit(chars, [_LETTER, _LETTER | _DIGIT] + [_DIGIT] * 6 + rest)
    return [(numbered & prefixed, Check.WRONG_FORMAT)]


def macao_birs(values: Column) -> Statuses:
    """Macao resident identity card numbers: form only."""
    return _judge(compact_column(values), {8: _form([_DIGIT] * 8)})


def macao_taxpayers(values: Column) -> Statuses:
    """Macao taxpayer numbers: form only."""
    return _judge(compact_column(values), {8: _form([_TAXPAYER] + [_DIGIT] * 7)})


def customs_registrations(values: Column) -> Statuses:
    """Customs registration numbers of mainland enterprises: form only."""
    return _judge(compact_column(values), {10: _form([_DIGIT] * 4 + [_DIGIT | _LETTER] * 6)})


def eoris(values: Column) -> Statuses:
    """EORI numbers: form only."""
    rules = {length: _form([_LETTER] * 2 + [_DIGIT | _LETTER] * (length - 2)) for length in eori.LENGTHS}
    return _judge(compact_column(values), rules)


COLUMN_CHECKS: Mapping[IdentifierType | ReferenceType, ColumnCheck] = MappingProxyType(
    {
        IdentifierType.USCC: usccs,
        IdentifierType.PRC_RESIDENT_ID: resident_ids,
        IdentifierType.HKID: hkids,
        IdentifierType.HK_BUSINESS_REGISTRATION: hk_business_registrations,
        IdentifierType.MACAO_BIR: macao_birs,
        IdentifierType.MACAO_TAXPAYER: macao_taxpayers,
        IdentifierType.CUSTOMS_REGISTRATION: customs_registrations,
        IdentifierType.EORI: eoris,
        ReferenceType.CONTAINER: containers,
        ReferenceType.AIR_WAYBILL: air_waybills,
        ReferenceType.POSTAL_ITEM: postal_items,
        ReferenceType.VESSEL: vessels,
    }
)
"""The vectorised form of each of `domain.identifiers.VALIDATORS`."""
