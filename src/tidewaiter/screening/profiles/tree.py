"""The typed tree of a profile: what its text becomes, and what every back-end runs.

All classes are frozen and compare by value, so that equal conditions of many profiles are one key of a dictionary.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

Value = str | float | bool | date | time | None


class Scope(StrEnum):
    """Where a field lives; also the key of a block that is about one and the same element."""

    CONSIGNMENT = "consignment"
    ITEM = "item"
    PARTY = "party"
    LEG = "leg"
    REFERENCE = "reference"


class Source(StrEnum):
    """Which earlier screening a condition asks about."""

    TERM = "term"
    WATCHLIST = "watchlist"


@dataclass(frozen=True, slots=True)
class Condition:
    """A field, an operator of `operators.OPERATORS` and the values that it takes."""

    field: str
    """Canonical name in `fields.FIELDS`."""
    operator: str
    values: tuple[Value, ...]
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class EarlierHit:
    """An earlier screening hit this consignment, or inside a block this element. Empty tuples mean any."""

    source: Source
    kinds: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part is met."""

    parts: tuple["Tree", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part is met."""

    parts: tuple["Tree", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part is known and not met."""

    part: "Tree"


@dataclass(frozen=True, slots=True)
class Within:
    """One and the same element (goods item, party, leg, reference) meets the part."""

    scope: Scope
    part: "Tree"


Tree = AllOf | AnyOf | Not | Within | Condition | EarlierHit


def leaves(tree: Tree) -> Iterator[Condition | EarlierHit]:
    """All conditions of the tree, in the order of the text."""
    if isinstance(tree, AllOf | AnyOf):
        for part in tree.parts:
            yield from leaves(part)
    elif isinstance(tree, Not | Within):
        yield from leaves(tree.part)
    else:
        yield tree
