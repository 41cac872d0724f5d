"""One condition on a whole view at once, as a boolean for each element.

Each is asked in one of two ways: is it met, or is it known and not met? Both answers are plain yes or no, so that no
later step has to carry nulls along.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache, reduce
from operator import or_
from typing import Any

import numpy as np

from tidewaiter.names import fold_text
from tidewaiter.refdata import regions
from tidewaiter.screening.profiles.fields import FIELDS, STRING_KINDS, Field, Kind
from tidewaiter.screening.profiles.logic import Answer
from tidewaiter.screening.profiles.operators import ORDER, WEEKDAYS
from tidewaiter.screening.profiles.text import search
from tidewaiter.screening.profiles.tree import Condition
from tidewaiter.screening.profiles.views import Coded, Held, View

NO_RATE = "no_rate"
"""Operator that no text can hold: the amount is stated, but its currency has no rate. It is always known."""

MOST_RANGES = 4
"""A set of codes in more ranges than this is looked up instead of compared."""

Question = tuple[Condition, bool]
"""A condition, and whether it is asked if it is met (True) or if it is known and not met (False)."""

Ranges = list[tuple[int, int]]
"""Ranges of codes, both ends included."""


def evaluate(view: View, wanted: dict[Question, str]) -> dict[str, Answer]:
    """Answer questions on a view; gives for each, under its name, a boolean for each element."""
    answers: dict[str, Answer] = {}
    by_column: dict[str, list[tuple[Question, str]]] = {}
    for question, name in wanted.items():
        leaf, met = question
        field = FIELDS[leaf.field]
        if field.kind in STRING_KINDS and leaf.operator != "missing":
            by_column.setdefault(field.column, []).append((question, name))
        else:
            answers[name] = _direct(view, leaf, field, met)
    for column, asked in by_column.items():
        leaves = [leaf for (leaf, _), _ in asked]
        _ask(view, column, leaves)
        coded = view.coded(column)
        for ((_, met), name), ranges in zip(asked, _ranges(coded, leaves), strict=True):
            answers[name] = _by_code(coded, ranges, met)
    return answers


def _ask(view: View, column: str, leaves: Iterable[Condition]) -> None:
    """Where a column of labels is only compared with whole values, say so: most of its values are different."""
    if all(FIELDS[leaf.field].kind is Kind.LABEL and leaf.operator in ("is", "in") for leaf in leaves):
        view.ask_for(column, sorted({str(value) for leaf in leaves for value in leaf.values}))


def _direct(view: View, leaf: Condition, field: Field, met: bool) -> Answer:
    """Answer a condition on a column that is not text, or on whether a value is there."""
    if leaf.operator == "missing":
        gone = view.missing(field.column, field.kind)
        return gone if bool(leaf.values[0]) is met else ~gone
    if leaf.operator == NO_RATE:
        assert leaf.currency is not None
        amount, here = view.number(field.column), view.money(field.column, leaf.currency)
        lacks: Answer = here.unknown & ~amount.unknown
        return lacks if met else ~lacks
    if field.kind is Kind.MOMENT:
        held, found = _moment(view, leaf, field)
    elif field.kind is Kind.FLAG:
        held = view.flag(field.column)
        found = held.values == leaf.values[0]
    else:
        held = view.money(field.column, leaf.currency) if leaf.currency else view.number(field.column)
        found = _measure(leaf, held.values)
    return _known(held, found if met else ~found)


def _known(held: Held, found: Answer) -> Answer:
    return found & ~held.unknown if held.partly_unknown else found


def _measure(leaf: Condition, held: np.ndarray) -> Answer:
    wanted: tuple[Any, ...] = leaf.values
    if leaf.operator in ORDER:
        compared: Answer = ORDER[leaf.operator](held, wanted[0])
        return compared
    if leaf.operator == "between":
        inside: Answer = (held >= wanted[0]) & (held <= wanted[1])
        return inside
    found: Answer = reduce(or_, (held == value for value in wanted))
    return found


def _moment(view: View, leaf: Condition, field: Field) -> tuple[Held, Answer]:
    wanted: tuple[Any, ...] = leaf.values
    if leaf.operator == "time":
        clock = view.clock(field.column)
        begin, end = ((at.hour * 60 + at.minute) * 60_000_000 for at in wanted)
        after, before = clock.values >= begin, clock.values < end
        return clock, after & before if begin < end else after | before
    day = view.day(field.column)
    if leaf.operator == "weekday":
        return day, np.isin((day.values + 3) % 7, [WEEKDAYS.index(one) for one in wanted])
    first, last = (None if end is None else (end - date(1970, 1, 1)) // timedelta(days=1) for end in wanted)
    found = np.ones(view.size, dtype=np.bool_)
    if first is not None:
        found &= day.values >= first
    if last is not None:
        found &= day.values <= last
    return day, found


def _ranges(coded: Coded, leaves: Sequence[Condition]) -> list[Ranges]:
    """For each condition the codes of the texts that meet it."""
    # Conditions on one column are of one kind.
    if FIELDS[leaves[0].field].kind is Kind.TEXT:
        return _text_ranges(coded, leaves)
    return [_label_ranges(coded, leaf) for leaf in leaves]


def _label_ranges(coded: Coded, leaf: Condition) -> Ranges:
    words = tuple(str(value) for value in leaf.values)
    if leaf.operator == "prefix":
        return _joined(_beginning(coded, words))
    if leaf.operator == "region":
        words = _members(words)
    places = (coded.place_of(word) for word in words)
    return _joined((place, place) for place in places if place is not None)


@lru_cache(maxsize=1024)
def _members(codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(set().union(*(regions.members(code) for code in codes))))


def _beginning(coded: Coded, words: Iterable[str]) -> Iterable[tuple[int, int]]:
    texts = coded.texts
    for word in words:
        if coded.ordered:
            yield bisect_left(texts, word), bisect_left(texts, word + "\U0010ffff") - 1
        else:
            yield from ((place, place) for place, text in enumerate(texts) if text.startswith(word))


def _text_ranges(coded: Coded, leaves: Sequence[Condition]) -> list[Ranges]:
    phrases = [_folded(tuple(str(value) for value in leaf.values)) for leaf in leaves]
    asked = {str(place): phrases[place] for place, leaf in enumerate(leaves) if leaf.operator == "contains_any"}
    found = search(coded.folded, asked)
    answers: list[Ranges] = []
    for place in range(len(leaves)):
        table = found.get(str(place))
        if table is None:
            table = coded.folded.is_in(phrases[place]).to_numpy()
        edges = np.flatnonzero(np.diff(table.astype(np.int8), prepend=0, append=0)).tolist()
        answers.append([(low, end - 1) for low, end in zip(edges[::2], edges[1::2], strict=True)])
    return answers


@lru_cache(maxsize=8192)
def _folded(phrases: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(fold_text(phrase) for phrase in phrases)


def _joined(ranges: Iterable[tuple[int, int]]) -> Ranges:
    """The same codes in as few ranges as can be."""
    joined: Ranges = []
    for low, high in sorted(ranges):
        if low > high:
            continue
        if joined and low <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(high, joined[-1][1]))
        else:
            joined.append((low, high))
    return joined


def _by_code(coded: Coded, ranges: Ranges, met: bool) -> Answer:
    """Take the answer from the different texts to the elements."""
    codes = coded.codes
    if len(ranges) > MOST_RANGES:
        table = np.full(coded.missing + 1, not met)
        for low, high in ranges:
            table[low : high + 1] = met
        table[coded.missing] = False
        return np.asarray(np.take(table, codes))
    inside: Answer = np.zeros(codes.size, dtype=np.bool_)
    for low, high in ranges:
        inside |= codes == low if low == high else (codes >= low) & (codes <= high)
    return inside if met else ~inside & (codes != coded.missing)
