"""How a typed value goes onto the wire and comes back: one type hint reads, writes and describes it (JSON Schema)."""

import dataclasses
import re
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from tidewaiter.exchange.objects import moments
from tidewaiter.exchange.refusal import Reason, Refused, shortened

_NOT_PLAIN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, and those that make a text show in another order than it is written."""
_AMOUNT = re.compile(r"^-?\d{1,18}(\.\d{1,6})?$", re.ASCII)
_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$", re.ASCII)


@dataclass(frozen=True, slots=True)
class Text:
    """A text of at most ``longest`` characters; of one line, and of a form, where the pattern says so."""

    longest: int
    pattern: str | None = None


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number from ``low`` to ``high``."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Many:
    """From ``least`` to ``most`` members."""

    most: int
    least: int = 0


@dataclass(frozen=True, slots=True)
class Wire:
    """One type's three faces. ``read`` raises Refused; ``write`` gives what JSON can hold."""

    read: Callable[[Any], Any]
    write: Callable[[Any], Any]
    schema: dict[str, Any]


Line = Text(200, r"^[^\r\n]+$")


def wire_of(hint: Any, rule: Any = None) -> Wire:
    """The wire form of a type. Raises TypeError for a type that has none: a mistake of ours."""
    return _wire_of(hint, rule)


@cache
def _wire_of(hint: Any, rule: Any) -> Wire:  # noqa: PLR0911
    origin = get_origin(hint)
    if origin is Annotated:
        inner, *rules = get_args(hint)
        return wire_of(inner, next(one for one in rules if isinstance(one, Text | Whole | Many)))
    if origin in (Union, types.UnionType):
        inner = next(one for one in get_args(hint) if one is not type(None))
        return wire_of(inner, rule)
    if origin is tuple:
        return _many(wire_of(get_args(hint)[0]), rule or Many(100))
    if origin is Mapping:
        return _texts(wire_of(get_args(hint)[1]))
    if hint in _SIMPLE:
        return _SIMPLE[hint]
    if hint is str and isinstance(rule, Text):
        return _text(rule)
    if hint is int and isinstance(rule, Whole):
        return _whole(rule)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return _choice(hint)
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return _record(hint)
    raise TypeError(f"no wire form for {hint!r}")


def hints_of(record: Any) -> Mapping[str, Any]:
    """The types of a record's fields, with their annotations."""
    return _hints_of(record)


@cache
def _hints_of(record: type) -> Mapping[str, Any]:
    hints = get_type_hints(record, include_extras=True)
    return {field.name: hints[field.name] for field in dataclasses.fields(record)}


def required(record: type, name: str) -> bool:
    """Whether the field has no default."""
    field = next(one for one in dataclasses.fields(record) if one.name == name)
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def write_fields(value: Any, names: Mapping[str, Any]) -> dict[str, Any]:
    """Write the named fields; what is None is left out, and what is empty and may be missing."""
    written: dict[str, Any] = {}
    for name, hint in names.items():
        held = getattr(value, name)
        if held or isinstance(held, int | Decimal) or (held is not None and required(type(value), name)):
            written[name] = _step(name, wire_of(hint).write, held)
    return written


def read_fields(record: type, plain: Mapping[str, Any], names: Mapping[str, Any]) -> dict[str, Any]:
    """Read the named fields of a record. Raises Refused for one that is missing; knows nothing of further ones."""
    found: dict[str, Any] = {}
    for name, hint in names.items():
        if name in plain:
            found[name] = _step(name, wire_of(hint).read, plain[name])
        elif required(record, name):
            raise Refused(Reason.MISSING, "is missing", name)
    return found


def no_others(plain: Mapping[str, Any], known: Any) -> None:
    """Refuse properties that our vocabulary does not know: a limit that is not understood must not be overlooked."""
    for name in plain:
        if name not in known:
            raise Refused(Reason.UNKNOWN_PROPERTY, f"unknown property {shortened(name)}")


def _step(name: str, act: Callable[[Any], Any], value: Any) -> Any:
    try:
        return act(value)
    except Refused as refused:
        raise refused.within(name) from None


def _typed(kind: type, words: str, value: Any) -> Any:
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise Refused(Reason.WRONG_TYPE, f"{words} is expected")
    return value


def _text(rule: Text) -> Wire:
    form = re.compile(rule.pattern, re.ASCII) if rule.pattern else None

    def read(value: Any) -> str:
        text: str = _typed(str, "a text", value)
        if not text or len(text) > rule.longest:
            raise Refused(Reason.BAD_FORMAT, f"a text of 1 to {rule.longest} characters is expected, not {len(text)}")
        if _NOT_PLAIN.search(text):
            raise Refused(Reason.BAD_FORMAT, "holds control characters or marks that turn the direction of writing")
        if form and not form.fullmatch(text):
            raise Refused(Reason.BAD_FORMAT, f"{shortened(text)} has not the form that is expected here")
        return text

    schema: dict[str, Any] = {"type": "string", "minLength": 1, "maxLength": rule.longest}
    return Wire(read, read, schema | ({"pattern": rule.pattern} if rule.pattern else {}))


def _whole(rule: Whole) -> Wire:
    def read(value: Any) -> int:
        number: int = _typed(int, "a whole number", value)
        if not rule.low <= number <= rule.high:
            raise Refused(Reason.BAD_FORMAT, f"a number from {rule.low} to {rule.high} is expected")
        return number

    return Wire(read, read, {"type": "integer", "minimum": rule.low, "maximum": rule.high})


def _choice(kind: type[Enum]) -> Wire:
    values = {one.value: one for one in kind}

    def read(value: Any) -> Enum:
        if isinstance(value, bool) or not isinstance(value, str | int) or value not in values:
            known = ", ".join(map(str, values))
            raise Refused(Reason.UNKNOWN_VALUE, f"{shortened(value)} is not one of: {known}")
        return values[value]

    return Wire(read, lambda value: kind(value).value, {"enum": list(values)})


def _many(part: Wire, rule: Many) -> Wire:
    def read(value: Any) -> tuple[Any, ...]:
        members = _typed(list, "a list", value)
        if not rule.least <= len(members) <= rule.most:
            raise Refused(Reason.BAD_FORMAT, f"{rule.least} to {rule.most} members are expected, not {len(members)}")
        return tuple(_step(f"[{place}]", part.read, member) for place, member in enumerate(members))

    def write(value: Any) -> list[Any]:
        return [_step(f"[{place}]", part.write, member) for place, member in enumerate(value)]

    schema = {"type": "array", "items": part.schema, "minItems": rule.least, "maxItems": rule.most}
    return Wire(read, write, schema)


LANGUAGE = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$"
_LANGUAGE = re.compile(LANGUAGE, re.ASCII)


def _texts(part: Wire) -> Wire:
    def each(act: Callable[[Any], Any], value: Any) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            raise Refused(Reason.WRONG_TYPE, "texts by language are expected")
        if not 1 <= len(value) <= 12:
            raise Refused(Reason.BAD_FORMAT, f"1 to 12 languages are expected, not {len(value)}")
        for language in value:
            if not isinstance(language, str) or not _LANGUAGE.fullmatch(language):
                raise Refused(Reason.BAD_FORMAT, f"{shortened(language)} is no tag of a language such as zh-Hant")
        return {language: _step(language, act, text) for language, text in value.items()}

    schema = {
        "type": "object",
        "propertyNames": {"pattern": LANGUAGE},
        "additionalProperties": part.schema,
        "minProperties": 1,
        "maxProperties": 12,
    }
    return Wire(lambda value: each(part.read, value), lambda value: each(part.write, value), schema)


def _record(kind: type) -> Wire:
    names = hints_of(kind)

    def read(value: Any) -> Any:
        plain = _typed(dict, "an object", value)
        no_others(plain, names)
        return kind(**read_fields(kind, plain, names))

    return Wire(read, lambda value: write_fields(_typed(kind, kind.__name__, value), names), record_schema(kind, names))


def record_schema(kind: type, names: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON Schema of the named fields as one object without further properties."""
    return {
        "type": "object",
        "properties": {name: wire_of(hint).schema for name, hint in names.items()},
        "required": [name for name in names if required(kind, name)],
        "additionalProperties": False,
    }


def _read_amount(value: Any) -> Decimal:
    if not _AMOUNT.fullmatch(_typed(str, "an amount as a text", value)):
        raise Refused(Reason.BAD_FORMAT, "an amount is a text such as 16000000.00")
    return Decimal(value)


def _write_amount(value: Any) -> str:
    if not isinstance(value, Decimal) or not value.is_finite() or abs(value) >= Decimal(10) ** 18:
        raise Refused(Reason.BAD_FORMAT, "an amount is a finite Decimal of at most 18 digits before the point")
    text = format(value, "f")
    _read_amount(text)
    return text


def _read_day(value: Any) -> date:
    if not _DAY.fullmatch(_typed(str, "a day as a text", value)):
        raise Refused(Reason.BAD_FORMAT, "a day is a text such as 2026-05-01")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise Refused(Reason.BAD_FORMAT, f"{shortened(value)} is no day of the calendar") from None


def _write_day(value: Any) -> str:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise Refused(Reason.WRONG_TYPE, "a day is expected")
    return value.isoformat()


_SIMPLE: dict[Any, Wire] = {
    datetime: Wire(
        lambda value: moments.read(_typed(str, "a timestamp as a text", value)),
        lambda value: moments.written(_typed(datetime, "a moment", value)),
        {"type": "string", "pattern": moments.PATTERN},
    ),
    date: Wire(_read_day, _write_day, {"type": "string", "pattern": _DAY.pattern}),
    Decimal: Wire(_read_amount, _write_amount, {"type": "string", "pattern": _AMOUNT.pattern}),
    bool: Wire(
        lambda value: _typed(bool, "true or false", value),
        lambda value: _typed(bool, "true or false", value),
        {"type": "boolean"},
    ),
}
