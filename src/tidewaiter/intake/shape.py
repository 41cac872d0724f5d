"""Bring a parsed JSON object into the shape of a consignment.

The rules are those of the mapping language: a value that does not convert becomes null and is flagged; only a wrong
structure (a list where a text belongs) refuses the object.
"""

import math
import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pyarrow as pa

from tidewaiter.intake.mapping.targets import WORDS
from tidewaiter.intake.mapping.values import NO, YEARS, YES
from tidewaiter.schemas import CONSIGNMENT

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,4})?")
_HS = re.compile(r"[0-9]{2,10}")
_CODES = {"administration", "country", "origin", "place", "currency", "unit", "package_kind"}


class Misshapen(ValueError):
    """The object does not have the structure of a consignment. The message says where."""


class _Unreadable(ValueError):
    """A value that does not convert; the message is its flag."""


def shaped(found: dict[str, Any]) -> dict[str, Any]:
    """Give the object's values for each column of ``schemas.CONSIGNMENT``, and ``flags`` for those that do not convert.

    Raises `Misshapen`. Columns that are required and absent are None.
    """
    flags: list[dict[str, str]] = []
    row = {name: _value(found.get(name), name, convert, flags) for name, convert in _SCALARS}
    for name, plan in _LISTS:
        row[name] = _elements(found.get(name), name, plan, flags)
    for stamp in ("lodged", "presented"):
        if row[f"{stamp}_offset"] is None:
            row[f"{stamp}_offset"] = _offset(found.get(f"{stamp}_at"))
    for name in ("goods", "route"):
        for at, element in enumerate(row[name], start=1):
            if element["sequence"] is None:
                element["sequence"] = at
    row["flags"] = flags
    return row


def _value(raw: Any, path: str, convert: "_Convert", flags: list[dict[str, str]]) -> Any:
    if raw is None or raw == "":
        return None
    if isinstance(raw, dict | list):
        raise Misshapen(f"{path} is {'an object' if isinstance(raw, dict) else 'a list'}, not a value")
    try:
        return convert(raw)
    except _Unreadable as error:
        flags.append({"code": str(error), "field": path})
        return None


def _elements(raw: Any, path: str, plan: "_Plan", flags: list[dict[str, str]]) -> list[dict[str, Any]]:
    if raw is None:
        return []
    if not isinstance(raw, list):
        raise Misshapen(f"{path} is not a list")
    rows = []
    for at, element in enumerate(raw, start=1):
        if not isinstance(element, dict):
            raise Misshapen(f"{path}[{at}] is not an object")
        row = {}
        for name, convert, required in plan:
            value = element.get(name)
            if value is not None:
                value = _value(value, f"{path}[{at}].{name}", convert, flags)
            if required and value is None:
                raise Misshapen(f"{path}[{at}].{name} is missing")
            row[name] = value
        rows.append(row)
    return rows


def _converter(field: pa.Field) -> "_Convert":
    kind = field.type
    if pa.types.is_string(kind):
        return partial(_text, name=field.name)
    if pa.types.is_boolean(kind):
        return _yes_no
    if pa.types.is_timestamp(kind):
        return _stamp
    if pa.types.is_floating(kind):
        return _number
    return _mode if field.name == "mode" else partial(_integer, bits=kind.bit_width)


def _integer(raw: Any, bits: int) -> int:
    number = _number(raw)
    if number != int(number) or abs(number) >= 2 ** (bits - 1):
        raise _Unreadable("unreadable_number")
    return int(number)


def _mode(raw: Any) -> int:
    number = _integer(raw, 8)
    if not 0 <= number <= 9:
        raise _Unreadable("unknown_code")
    return number


def _text(raw: Any, name: str) -> str | None:
    if isinstance(raw, bool):
        raise _Unreadable("unreadable_text")
    text = str(raw).strip()
    if not text:
        return None
    if name == "hs":
        text = re.sub(r"[.\s-]", "", text)
        if not _HS.fullmatch(text):
            raise _Unreadable("unreadable_code")
    elif name in _CODES:
        text = re.sub(r"\s", "", text.upper())
    elif name in WORDS:
        text = text.lower()
        if text not in WORDS[name]:
            raise _Unreadable("unknown_code")
    return text


def _number(raw: Any) -> float:
    if isinstance(raw, bool) or (isinstance(raw, str) and not _NUMBER.fullmatch(raw.strip())):
        raise _Unreadable("unreadable_number")
    try:
        number = float(raw)
    except OverflowError as error:
        raise _Unreadable("unreadable_number") from error
    if not math.isfinite(number):
        raise _Unreadable("unreadable_number")
    return number


def _yes_no(raw: Any) -> bool:
    word = str(raw).strip().lower()
    if word not in YES and word not in NO:
        raise _Unreadable("unreadable_yes_no")
    return word in YES


def _parsed(raw: Any) -> datetime | None:
    try:
        found = datetime.fromisoformat(raw.strip()) if isinstance(raw, str) else None
    except ValueError:
        return None
    return found if found is not None and YEARS[0] <= found.year <= YEARS[1] else None


def _stamp(raw: Any) -> datetime:
    found = _parsed(raw)
    if found is None:
        raise _Unreadable("unreadable_date")
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def _offset(raw: Any) -> int | None:
    """Give the minutes from UTC that a time states. ``Z`` states none: it says UTC, not where."""
    found = _parsed(raw)
    if found is None or found.tzinfo is None or raw.strip().upper().endswith("Z"):
        return None
    offset = found.utcoffset()
    return int(offset.total_seconds() // 60) if offset is not None else None


_Convert = Callable[[Any], Any]
_Plan = list[tuple[str, _Convert, bool]]

_SCALARS: list[tuple[str, _Convert]] = [
    (field.name, _converter(field)) for field in CONSIGNMENT if not pa.types.is_list(field.type)
]
_LISTS: list[tuple[str, _Plan]] = [
    (field.name, [(child.name, _converter(child), not child.nullable) for child in field.type.value_type])
    for field in CONSIGNMENT
    if pa.types.is_list(field.type) and field.name != "flags"
]
