"""The operators of a condition: what each asks, of which kinds of field, in words."""

import operator as python
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tidewaiter.screening.profiles.fields import Field, Kind


@dataclass(frozen=True, slots=True)
class Operator:
    """An operator as one key of a condition."""

    name: str
    kinds: frozenset[Kind]
    takes: str
    """What is written after it."""
    meaning: str


_CODED = frozenset({Kind.CODE, Kind.COUNTRY, Kind.CURRENCY, Kind.MODE, Kind.HS, Kind.LABEL, Kind.TEXT})
_MEASURED = frozenset({Kind.NUMBER, Kind.MONEY})
_ANY = frozenset(Kind)

OPERATORS: dict[str, Operator] = {
    operator.name: operator
    for operator in (
        Operator("is", _CODED | {Kind.NUMBER, Kind.FLAG}, "one value", "equals the value; free text after folding"),
        Operator("in", _CODED | {Kind.NUMBER}, "a list of values", "equals one of the values"),
        Operator("prefix", frozenset({Kind.HS, Kind.LABEL}), "a beginning or a list", "begins with one of them"),
        Operator("region", frozenset({Kind.COUNTRY}), "a region or a list", "is a country of one of the regions"),
        Operator("above", _MEASURED, "a number", "is greater than the number"),
        Operator("below", _MEASURED, "a number", "is less than the number"),
        Operator("at_least", _MEASURED, "a number", "is the number or greater"),
        Operator("at_most", _MEASURED, "a number", "is the number or less"),
        Operator("between", _MEASURED, "[low, high]", "is from low to high, both included"),
        Operator(
            "contains_any",
            frozenset({Kind.TEXT}),
            "a phrase or a list",
            "holds one of the phrases after folding; Latin words as whole words, Chinese anywhere",
        ),
        Operator(
            "time",
            frozenset({Kind.MOMENT}),
            '{from: "22:00", until: "06:00"}',
            "local time of day is in the window: `from` included, `until` not; it may pass midnight",
        ),
        Operator("weekday", frozenset({Kind.MOMENT}), "a day or a list", "local day of the week: mon to sun"),
        Operator(
            "date",
            frozenset({Kind.MOMENT}),
            "{from: 2026-05-01, until: 2026-06-30}",
            "local date is in the period, both days included; either may be left out",
        ),
        Operator("missing", _ANY, "true or false", "no value is stated (true), or a value is stated (false)"),
    )
}
"""All operators by name."""

ORDER: dict[str, Callable[[Any, Any], Any]] = {
    "above": python.gt,
    "below": python.lt,
    "at_least": python.ge,
    "at_most": python.le,
}
"""What the operators of order do, to numbers and to columns alike."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def operators_of(field: Field) -> list[str]:
    """The operators that a field takes."""
    return [operator.name for operator in OPERATORS.values() if field.kind in operator.kinds]
