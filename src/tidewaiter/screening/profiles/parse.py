"""From nodes to the typed tree: every condition is checked against fields, operators and reference data."""

from collections.abc import Callable

from tidewaiter.names import fold_text
from tidewaiter.screening.profiles import fields
from tidewaiter.screening.profiles.fields import Field, Kind
from tidewaiter.screening.profiles.nodes import Mapping, Node, Scalar, Sequence
from tidewaiter.screening.profiles.operators import OPERATORS, operators_of
from tidewaiter.screening.profiles.problems import closest
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
from tidewaiter.screening.profiles.values import (
    Findings,
    one_scalar,
    read_code,
    read_currency,
    read_date,
    read_flag,
    read_number,
    read_region,
    read_time,
    read_weekday,
    scalars,
    window,
)

_BLOCKS = {str(scope): scope for scope in Scope if scope is not Scope.CONSIGNMENT}
_COMBINATORS = ("all", "any", "not", *_BLOCKS)
_STARTS = (*_COMBINATORS, "field", "text", *Source)
HIT_KINDS = {
    Source.TERM: ("brand", "product"),
    Source.WATCHLIST: ("name", "identifier", "phone", "reference", "account"),
}
"""Kinds of entry that an earlier hit may be asked for, as in terms.csv and watchlist.csv."""


def parse_condition(node: Node, found: Findings, block: Scope = Scope.CONSIGNMENT) -> Tree | None:
    """Parse what stands under ``when``. All problems go to ``found``; None where no tree can be made."""
    if not isinstance(node, Mapping):
        found.add(node, "when", "A condition is wanted here, such as {field: regime, is: export}.")
        return None
    for key in node.repeated:
        found.add(key, "when", f"'{key.text}' is given twice.", "Put both under all: or any:.")
    keys = node.keys()
    starts = [key for key in keys if key in _STARTS]
    if len(starts) != 1:
        _no_start(node, keys, starts, found)
        return None
    start = starts[0]
    if start in ("field", "text"):
        return _leaf(node, start, found, block)
    for key, _ in node.entries:
        if key.text != start:
            found.add(key, "when", f"'{key.text}' cannot stand beside '{start}'.", "Put both under all:.")
    inner = node.get(start)
    return _combined(inner, start, found, block) if inner is not None else None


def _combined(node: Node, start: str, found: Findings, block: Scope) -> Tree | None:
    if start in ("all", "any"):
        return _several(node, start, found, block)
    if start == "not":
        part = parse_condition(node, found, block)
        return Not(part) if part is not None else None
    if start in _BLOCKS:
        return _within(node, _BLOCKS[start], found, block)
    return _earlier(node, Source(start), found)


def _no_start(node: Mapping, keys: list[str], starts: list[str], found: Findings) -> None:
    if starts:
        found.add(node, "when", f"'{starts[0]}' and '{starts[1]}' stand in one condition.", "Put both under all:.")
        return
    unknown = next((key for key, _ in node.entries), None)
    if unknown is None:
        found.add(node, "when", "The condition is empty.")
        return
    words = "The condition names no field."
    if unknown.text not in OPERATORS:
        words = f"'{unknown.text}' begins no condition."
    near = closest(unknown.text, _STARTS) if not set(keys) & set(OPERATORS) else "Add field: and the field's name."
    found.add(unknown, "when", words, near)


def _several(node: Node, start: str, found: Findings, block: Scope) -> Tree | None:
    if not isinstance(node, Sequence) or not node.items:
        found.add(node, start, f"'{start}' takes a list of conditions, at least one.")
        return None
    parts = [parse_condition(item, found, block) for item in node.items]
    good = tuple(part for part in parts if part is not None)
    if len(good) < len(parts):
        return None
    return AllOf(good) if start == "all" else AnyOf(good)


def _within(node: Node, scope: Scope, found: Findings, block: Scope) -> Tree | None:
    if block is not Scope.CONSIGNMENT:
        found.add(
            node, str(scope), f"A block '{scope}' cannot stand inside a block '{block}'.", "Put them side by side."
        )
        return None
    part = parse_condition(node, found, scope)
    return Within(scope, part) if part is not None else None


def _earlier(node: Node, source: Source, found: Findings) -> Tree | None:
    if not isinstance(node, Mapping):
        found.add(node, source, "What is asked of the hit is wanted here, such as {kind: ...} or {id: ...}.")
        return None
    kinds: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    for key in node.repeated:
        found.add(key, source, f"'{key.text}' is given twice.")
    for key, value in node.entries:
        words = tuple(sorted({scalar.text for scalar in scalars(value, f"{source}.{key.text}", found)}))
        if key.text == "kind":
            kinds = words
            for word in set(words) - set(HIT_KINDS[source]):
                found.add(value, f"{source}.kind", f"There is no kind '{word}'.", closest(word, HIT_KINDS[source]))
        elif key.text == "id":
            rules = words
        else:
            found.add(key, source, f"'{source}' has no '{key.text}'.", closest(key.text, ("kind", "id")))
    return EarlierHit(source, kinds, rules)


def _leaf(node: Mapping, start: str, found: Findings, block: Scope) -> Tree | None:
    named = node.get(start)
    scalar = one_scalar(named, start, found) if named is not None else None
    if scalar is None:
        return None
    field = _field(scalar, found, block)
    operators = [(key, value) for key, value in node.entries if key.text not in (start, "currency")]
    if field is None:
        return None
    if len(operators) != 1:
        given = " and ".join(f"'{key.text}'" for key, _ in operators) or "none"
        where = operators[1][0] if operators else node
        found.add(where, field.name, f"A condition has one operator; here: {given}.", _advice(field, operators))
        return None
    key, value = operators[0]
    if key.text not in operators_of(field):
        words = "takes no" if key.text in OPERATORS else "has no operator"
        found.add(key, field.name, f"The field {words} '{key.text}'.", closest(key.text, operators_of(field)))
        return None
    currency = _currency(node, key, field, found)
    values = _values(key.text, value, field, found)
    if values is None or (currency is None and field.kind is Kind.MONEY and key.text != "missing"):
        return None
    return Condition(field.name, key.text, values, currency)


def _advice(field: Field, operators: list[tuple[Scalar, Node]]) -> str:
    if operators:
        return "Use 'between' for a range, or put each under all: (in one item: for one goods item)."
    return f"The field takes: {', '.join(operators_of(field))}."


def _field(scalar: Scalar, found: Findings, block: Scope) -> Field | None:
    field = fields.find(scalar.text, block)
    if field is None:
        near = closest(scalar.text, fields.names(block))
        found.add(scalar, scalar.text, f"There is no field '{scalar.text}'.", near)
        return None
    if block is Scope.CONSIGNMENT or (field.scope is block and not field.role):
        return field
    whose = f"a {field.role or field.scope}" if field.scope is not Scope.CONSIGNMENT else "the consignment"
    near = f"Move it out of the block '{block}'."
    found.add(scalar, scalar.text, f"'{scalar.text}' is a field of {whose}, not of the {block} in question.", near)
    return None


def _currency(node: Mapping, operator: Scalar, field: Field, found: Findings) -> str | None:
    written = node.get("currency")
    wanted = field.kind is Kind.MONEY and operator.text != "missing"
    if written is None:
        if wanted:
            found.add(operator, field.name, "An amount of money needs its currency.", "Add currency: USD, say.")
        return None
    if not wanted:
        found.add(written, field.name, "A currency belongs to a comparison of money; take it away here.")
        return None
    return read_currency(written, field.name, found)


def _values(operator: str, node: Node, field: Field, found: Findings) -> tuple[Value, ...] | None:
    """The operator's values in canonical form (sets sorted, without doubles); None where any is bad."""
    before = sum(not problem.notice for problem in found.problems)
    values = _READ.get(operator, _set)(operator, node, field, found)
    return values if sum(not problem.notice for problem in found.problems) == before else None


def _set(operator: str, node: Node, field: Field, found: Findings) -> tuple[Value, ...]:
    def read(scalar: Scalar) -> Value:
        if operator == "region":
            return read_region(scalar, field.name, found)
        if operator == "weekday":
            return read_weekday(scalar, field.name, found)
        if operator == "contains_any" or (operator == "prefix" and field.kind is not Kind.HS):
            return _phrase(scalar, field, found)
        return read_code(scalar, field, found)

    values = {value for value in map(read, scalars(node, field.name, found)) if value is not None}
    return tuple(sorted(values, key=_order))


def _order(value: Value) -> tuple[float, str]:
    """Numbers by size, words by letters; no list mixes them."""
    return (float(value), "") if isinstance(value, float) else (0.0, str(value))


def _phrase(scalar: Scalar, field: Field, found: Findings) -> Value:
    text = scalar.text.strip()
    if field.kind is Kind.TEXT and not fold_text(text):
        found.add(scalar, field.name, f"'{text}' holds nothing that could be searched for.")
        return None
    return text


def _one(operator: str, node: Node, field: Field, found: Findings) -> tuple[Value, ...]:
    if operator == "missing":
        return (read_flag(node, field.name, found),)
    if field.kind in (Kind.NUMBER, Kind.MONEY):
        return (read_number(node, field.name, found),)
    scalar = one_scalar(node, field.name, found)
    return (read_code(scalar, field, found),) if scalar is not None else ()


def _between(operator: str, node: Node, field: Field, found: Findings) -> tuple[Value, ...]:
    if not isinstance(node, Sequence) or len(node.items) != 2:
        found.add(node, field.name, f"'{operator}' takes two numbers: [low, high].")
        return ()
    low, high = (read_number(item, field.name, found) for item in node.items)
    if low is not None and high is not None and low > high:
        found.add(node, field.name, f"The range runs from {low:g} down to {high:g}.", "Put the lower number first.")
    return (low, high)


def _time(operator: str, node: Node, field: Field, found: Findings) -> tuple[Value, ...]:
    ends = window(node, field.name, found)
    if ends is None:
        return ()
    if ends[0] is None or ends[1] is None:
        found.add(node, field.name, f"'{operator}' needs both from and until.")
        return ()
    start, until = read_time(ends[0], field.name, found), read_time(ends[1], field.name, found)
    if start is not None and start == until:
        found.add(node, field.name, "The window is empty: from and until are the same.")
    return (start, until)


def _date(operator: str, node: Node, field: Field, found: Findings) -> tuple[Value, ...]:
    ends = window(node, field.name, found)
    if ends is None:
        return ()
    start, until = (read_date(end, field.name, found) if end is not None else None for end in ends)
    if start is not None and until is not None and start > until:
        found.add(node, field.name, f"The period of '{operator}' ends before it begins.")
    return (start, until)


_READ: dict[str, Callable[[str, Node, Field, Findings], tuple[Value, ...]]] = {
    "is": _one,
    "missing": _one,
    "above": _one,
    "below": _one,
    "at_least": _one,
    "at_most": _one,
    "between": _between,
    "time": _time,
    "date": _date,
}
