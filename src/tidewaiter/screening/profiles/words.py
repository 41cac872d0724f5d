"""A condition in plain English words."""

from collections.abc import Iterable
from datetime import time

from tidewaiter.domain.vocabulary import TransportMode
from tidewaiter.refdata import regions
from tidewaiter.screening.profiles.fields import FIELDS, Field, Kind
from tidewaiter.screening.profiles.operators import DAY_NAMES, WEEKDAYS
from tidewaiter.screening.profiles.tree import (
    AllOf,
    AnyOf,
    Condition,
    EarlierHit,
    Not,
    Scope,
    Source,
    Tree,
    Value,
    Within,
)

_BLOCK = {
    Scope.ITEM: "one goods item meets",
    Scope.PARTY: "one party meets",
    Scope.LEG: "one leg of the route meets",
    Scope.REFERENCE: "one reference meets",
}
_ELEMENT = {
    Scope.ITEM: "any goods item",
    Scope.PARTY: "any party",
    Scope.LEG: "any leg",
    Scope.REFERENCE: "any reference",
}
_COMPARED = {"above": "is above", "below": "is below", "at_least": "is at least", "at_most": "is at most"}
_BEFORE_A_LIST = {
    "is": "is",
    "in": "is",
    "prefix": "begins with",
    "region": "is in",
    "contains_any": "contains",
    "weekday": "is on a",
}
_FIELD_WORDS = {"hs": "HS code", "kg": "kg", "mode": "mode of transport"}


def as_words(tree: Tree, block: Scope = Scope.CONSIGNMENT) -> str:
    """Say a condition in words; ``block`` is the block that it stands in."""
    if isinstance(tree, AllOf | AnyOf):
        joint = " and " if isinstance(tree, AllOf) else " or "
        return joint.join(_inner(part, block) for part in tree.parts)
    if isinstance(tree, Not):
        return f"not ({as_words(tree.part, block)})"
    if isinstance(tree, Within):
        return f"{_BLOCK[tree.scope]} all of this: ({as_words(tree.part, tree.scope)})"
    if isinstance(tree, EarlierHit):
        return _hit(tree, block)
    return f"{field_words(FIELDS[tree.field], block)} {_asked(tree)}"


def field_words(field: Field, block: Scope = Scope.CONSIGNMENT) -> str:
    """The field's name in words, with whose it is where the block does not say so."""
    plain = _FIELD_WORDS.get(field.column, field.column.replace("_", " "))
    if field.role:
        return f"{plain} of the {field.role}" if field.scope is Scope.PARTY else f"{plain} of {field.role}"
    if field.scope is Scope.CONSIGNMENT or field.scope is block:
        return plain
    return f"{plain} of {_ELEMENT[field.scope]}"


def value_words(value: Value, field: Field) -> str:
    """A value as it stands in a condition."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if field.kind is Kind.MODE and isinstance(value, float):
        return TransportMode(int(value)).name.lower().replace("_", " ")
    if isinstance(value, float):
        return f"{value:,.15g}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return f'"{value}"' if field.kind is Kind.TEXT else str(value)


def _inner(part: Tree, block: Scope) -> str:
    words = as_words(part, block)
    return f"({words})" if isinstance(part, AllOf | AnyOf) and len(part.parts) > 1 else words


def _hit(leaf: EarlierHit, block: Scope) -> str:
    kinds = f"{_either(leaf.kinds)} " if leaf.kinds else ""
    entry = f"{kinds}term of the list" if leaf.source is Source.TERM else f"{kinds}entry of the watchlist"
    named = f" ({_either(leaf.rules)})" if leaf.rules else ""
    where = (
        "the consignment" if block is Scope.CONSIGNMENT else f"this {'goods item' if block is Scope.ITEM else block}"
    )
    return f"a {entry}{named} was found on {where}"


def _asked(leaf: Condition) -> str:
    field = FIELDS[leaf.field]
    values = [value_words(value, field) for value in leaf.values if value is not None]
    if leaf.operator in _COMPARED:
        return f"{_COMPARED[leaf.operator]} {values[0]} {leaf.currency or ''}".rstrip()
    if leaf.operator == "between":
        return f"is from {values[0]} to {values[1]} {leaf.currency or ''}".rstrip()
    if leaf.operator == "time":
        return f"is from {values[0]} until before {values[1]} local time"
    if leaf.operator == "date":
        return _period(leaf)
    if leaf.operator == "missing":
        return "is not stated" if leaf.values[0] else "is stated"
    if leaf.operator == "region":
        values = [regions.name(str(code), "en") for code in leaf.values]
    if leaf.operator == "weekday":
        values = [DAY_NAMES[WEEKDAYS.index(str(day))] for day in leaf.values]
    return f"{_BEFORE_A_LIST[leaf.operator]} {_either(values)}"


def _period(leaf: Condition) -> str:
    first, last = leaf.values
    if first is None:
        return f"is not after {last}"
    return f"is from {first} to {last}" if last is not None else f"is not before {first}"


def _either(words: Iterable[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last
