"""A profile on one consignment, interpreted from its tree. It shares no evaluation with the bulk back-end.

Three values: met (True), not met (False) and not known (None). A comparison with a missing value is not known; the
``not`` of it is not known either, so neither meets a profile. ``all`` and ``any`` follow Kleene's strong logic: one
part that is not met settles ``all``, one that is met settles ``any``, whatever is not known beside it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tidewaiter.names import fold_text
from tidewaiter.refdata import regions
from tidewaiter.screening.profiles.earlier import Earlier, element_of
from tidewaiter.screening.profiles.fields import FIELDS, LIST_COLUMN, STRING_KINDS, Field, Kind
from tidewaiter.screening.profiles.measures import (
    DAY_US,
    NEEDS,
    known_number,
    local_microseconds,
    offset_column,
    pieces_of,
    ratio_of,
)
from tidewaiter.screening.profiles.operators import ORDER, WEEKDAYS
from tidewaiter.screening.profiles.profile import Profile
from tidewaiter.screening.profiles.rates import Rates
from tidewaiter.screening.profiles.text import holds
from tidewaiter.screening.profiles.tree import AllOf, AnyOf, Condition, EarlierHit, Not, Scope, Tree, Within

Row = Mapping[str, Any]

_FIRST_DAY = date(1970, 1, 1).toordinal()


@dataclass(frozen=True)
class Case:
    """One consignment (a row of ``to_pylist``) and what else is known about it."""

    row: Row
    rates: Rates = field(default_factory=Rates)
    earlier: Earlier = field(default_factory=Earlier)


@dataclass(frozen=True, slots=True)
class Element:
    """One element of a list column, with its place from 1."""

    scope: Scope
    place: int
    values: Row


def matches(profile: Profile, row: Row, rates: Rates | None = None, earlier: Earlier | None = None) -> bool:
    """Say whether a consignment meets the profile's condition. Validity is not looked at."""
    return judge(profile.when, Case(row, rates or Rates(), earlier or Earlier())) is True


def judge(tree: Tree, case: Case, element: Element | None = None) -> bool | None:
    """Judge a tree: True met, False not met, None not known."""
    if isinstance(tree, AllOf):
        return all_of(judge(part, case, element) for part in tree.parts)
    if isinstance(tree, AnyOf):
        return any_of(judge(part, case, element) for part in tree.parts)
    if isinstance(tree, Not):
        part = judge(tree.part, case, element)
        return None if part is None else not part
    if isinstance(tree, Within):
        return any_of(judge(tree.part, case, one) for one in elements(case.row, tree.scope))
    if isinstance(tree, EarlierHit):
        return _earlier(tree, case, element)
    return any_of(judge_value(tree, one, case) for one in holders(FIELDS[tree.field], case.row, element))


def all_of(answers: Iterable[bool | None]) -> bool | None:
    """Kleene's strong conjunction."""
    known = set(answers)
    return False if False in known else None if None in known else True


def any_of(answers: Iterable[bool | None]) -> bool | None:
    """Kleene's strong disjunction."""
    known = set(answers)
    return True if True in known else None if None in known else False


def elements(row: Row, scope: Scope, role: str = "") -> list[Element]:
    """The elements of a list column, of one role where given."""
    listed = enumerate(row.get(LIST_COLUMN[scope]) or (), start=1)
    return [Element(scope, place, one) for place, one in listed if not role or one.get("role") == role]


def holders(named: Field, row: Row, element: Element | None) -> list[Row]:
    """What holds the field's value: the consignment, the element of the block, or each element that it may stand for.

    A field without any element that could hold it counts as one missing value.
    """
    if named.scope is Scope.CONSIGNMENT:
        return [row]
    if element is not None:
        return [element.values]
    return [one.values for one in elements(row, named.scope, named.role)] or [{}]


def value_of(named: Field, holder: Row) -> Any:
    """The field's value in its holder; None where it is missing. Empty text and NaN count as missing."""
    if named.derived:
        return _derived(named, holder)
    value = holder.get(named.column)
    if named.kind in STRING_KINDS:
        return value or None
    if named.kind is Kind.MOMENT:
        return local_microseconds(value, holder.get(offset_column(named.column)))
    if named.kind in (Kind.NUMBER, Kind.MONEY, Kind.MODE):
        return known_number(value)
    return value


def judge_value(leaf: Condition, holder: Row, case: Case) -> bool | None:
    """Judge one condition on one holder of its field."""
    named = FIELDS[leaf.field]
    if leaf.operator == "missing":
        held = holder.get(named.column) if named.kind is Kind.MOMENT else value_of(named, holder)
        return (held is None) is leaf.values[0]
    value = value_of(named, holder)
    if value is not None and leaf.currency is not None:
        factor = case.rates.factors(leaf.currency).get(holder.get("currency") or "")
        value = known_number(value * factor) if factor is not None else None
    if value is None:
        return None
    if named.kind is Kind.MOMENT:
        return _moment(leaf, value)
    if named.kind is Kind.TEXT:
        return _text(leaf, fold_text(value))
    return _compare(leaf, value)


def _compare(leaf: Condition, value: Any) -> bool:
    wanted: tuple[Any, ...] = leaf.values
    if leaf.operator in ORDER:
        return bool(ORDER[leaf.operator](value, wanted[0]))
    if leaf.operator == "between":
        return bool(wanted[0] <= value <= wanted[1])
    if leaf.operator == "prefix":
        return str(value).startswith(wanted)
    if leaf.operator == "region":
        return any(value in regions.members(code) for code in wanted)
    return value in wanted


def _text(leaf: Condition, folded: str) -> bool:
    phrases = [fold_text(str(phrase)) for phrase in leaf.values]
    return holds(folded, phrases) if leaf.operator == "contains_any" else folded in phrases


def _moment(leaf: Condition, microseconds: int) -> bool:
    days, clock = divmod(microseconds, DAY_US)
    wanted: tuple[Any, ...] = leaf.values
    if leaf.operator == "weekday":
        return WEEKDAYS[(days + 3) % 7] in wanted
    start, until = wanted
    if leaf.operator == "date":
        day = days + _FIRST_DAY
        return (start is None or start.toordinal() <= day) and (until is None or day <= until.toordinal())
    minute = clock // 60_000_000
    begin: int = start.hour * 60 + start.minute
    end: int = until.hour * 60 + until.minute
    return begin <= minute < end if begin < end else minute >= begin or minute < end


def _earlier(leaf: EarlierHit, case: Case, element: Element | None) -> bool | None:
    where = case.earlier.on_message(leaf, str(case.row.get("message_id")))
    if where is None:
        return None
    if element is None:
        return bool(where)
    return any(element_of(name, element.scope) == element.place for name in where)


def _derived(named: Field, holder: Row) -> float | None:
    if named.column == "item_count":
        return float(len(holder.get("goods") or ()))
    if named.column == "pieces":
        return _pieces(named, holder)
    values = {column: known_number(holder.get(column)) for column in NEEDS[named.column]}
    if "pieces" in values:
        values["pieces"] = _pieces(named, holder)
    return ratio_of(named.column, values)


def _pieces(named: Field, holder: Row) -> float | None:
    """Pieces of a goods item; of the consignment the sum over its goods items, not known where one of them is not."""
    if named.scope is Scope.ITEM:
        return pieces_of(holder)
    total = 0.0
    counted = [pieces_of(item) for item in holder.get("goods") or ()]
    for pieces in counted:
        if pieces is None:
            return None
        total += pieces
    return known_number(total) if counted else None
