"""One condition on a whole view at once: a Polars expression over its columns, or a finished column.

Each is asked in one of two ways: is it met, or is it known and not met? Both answers are plain yes or no, so that no
later step has to carry nulls along.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any

import numpy as np
import polars as pl

from tidewaiter.names import fold_text
from tidewaiter.refdata import regions
from tidewaiter.screening.profiles.fields import FIELDS, STRING_KINDS, Field, Kind
from tidewaiter.screening.profiles.operators import ORDER, WEEKDAYS
from tidewaiter.screening.profiles.text import search
from tidewaiter.screening.profiles.tree import Condition
from tidewaiter.screening.profiles.views import Coded, View

NO_RATE = "no_rate"
"""Operator that no text can hold: the amount is stated, but its currency has no rate. It is always known."""

MOST_RANGES = 4
"""A set of codes in more ranges than this is looked up instead of compared."""

Question = tuple[Condition, bool]
"""A condition, and whether it is asked if it is met (True) or if it is known and not met (False)."""

Ranges = list[tuple[int, int]]
"""Ranges of codes, both ends included."""


def evaluate(view: View, wanted: dict[Question, str]) -> list[pl.Series]:
    """Answer questions on a view; gives a boolean series without nulls for each, under its name."""
    columns: dict[str, pl.Series] = {}
    expressions: list[pl.Expr] = []
    finished: list[pl.Series] = []
    by_column: dict[str, dict[Question, str]] = {}
    for (leaf, met), name in wanted.items():
        field = FIELDS[leaf.field]
        if field.kind in STRING_KINDS and leaf.operator != "missing":
            by_column.setdefault(field.column, {})[leaf, met] = name
            continue
        column, expression = _direct(view, leaf, field)
        columns[column.name] = column
        asked = expression if met else ~expression
        expressions.append((asked.fill_null(False) if column.null_count() else asked).alias(name))
    for column_name, questions in by_column.items():
        _ask(view, column_name, [leaf for leaf, _ in questions])
        coded, codes = view.coded(column_name), view.codes(column_name)
        columns[codes.name] = codes
        answers = _ranges(coded, dict.fromkeys(leaf for leaf, _ in questions))
        for (leaf, met), name in questions.items():
            made = _by_code(coded, codes, answers[leaf], met)
            if isinstance(made, pl.Expr):
                expressions.append(made.alias(name))
            else:
                finished.append(made.alias(name))
    if expressions:
        finished += pl.DataFrame(list(columns.values())).select(expressions).get_columns()
    return finished


def _ask(view: View, column: str, leaves: Iterable[Condition]) -> None:
    """Where a column of labels is only compared with whole values, say so: most of its values are different."""
    if all(FIELDS[leaf.field].kind is Kind.LABEL and leaf.operator in ("is", "in") for leaf in leaves):
        view.ask_for(column, sorted({str(value) for leaf in leaves for value in leaf.values}))


def _direct(view: View, leaf: Condition, field: Field) -> tuple[pl.Series, pl.Expr]:
    """A condition on a column that is not text, or on whether a value is there; null where it is not known."""
    if leaf.operator == "missing":
        gone = _gone(view, field)
        return gone, pl.col(gone.name) if leaf.values[0] else ~pl.col(gone.name)
    if leaf.operator == NO_RATE:
        assert leaf.currency is not None
        amount, here = view.number(field.column), view.money(field.column, leaf.currency)
        unknown = (here.is_null() & amount.is_not_null()).alias(f"{here.name}?")
        return unknown, pl.col(unknown.name)
    if field.kind is Kind.MOMENT:
        return _moment(view, leaf, field)
    if field.kind is Kind.FLAG:
        column = view.plain(field.column)
        return column, pl.col(column.name) == leaf.values[0]
    column = view.money(field.column, leaf.currency) if leaf.currency else view.number(field.column)
    return column, _measure(leaf, pl.col(column.name))


def _gone(view: View, field: Field) -> pl.Series:
    """For each element whether the field is not stated."""
    name = f"{field.column}-"
    if field.kind in STRING_KINDS:
        coded = view.coded(field.column)
        return pl.Series(name, coded.codes == coded.missing)
    plain = field.kind in (Kind.MOMENT, Kind.FLAG)
    return (view.plain(field.column) if plain else view.number(field.column)).is_null().alias(name)


def _measure(leaf: Condition, held: pl.Expr) -> pl.Expr:
    wanted: tuple[Any, ...] = leaf.values
    if leaf.operator in ORDER:
        compared: pl.Expr = ORDER[leaf.operator](held, wanted[0])
        return compared
    if leaf.operator == "between":
        return held.ge(wanted[0]).and_(held.le(wanted[1]))
    return reduce(or_, (held.eq(value) for value in wanted))


def _moment(view: View, leaf: Condition, field: Field) -> tuple[pl.Series, pl.Expr]:
    wanted: tuple[Any, ...] = leaf.values
    if leaf.operator == "time":
        column = view.clock(field.column)
        held = pl.col(column.name)
        begin, end = ((at.hour * 60 + at.minute) * 60_000_000 for at in wanted)
        return column, (held >= begin) & (held < end) if begin < end else (held >= begin) | (held < end)
    column = view.day(field.column)
    held = pl.col(column.name)
    if leaf.operator == "weekday":
        return column, reduce(or_, ((held + 3) % 7 == WEEKDAYS.index(day) for day in wanted))
    first, last = (None if end is None else (end - date(1970, 1, 1)) // timedelta(days=1) for end in wanted)
    parts = [*([held >= first] if first is not None else []), *([held <= last] if last is not None else [])]
    return column, reduce(lambda one, other: one & other, parts)


def _ranges(coded: Coded, leaves: Iterable[Condition]) -> dict[Condition, Ranges]:
    """For each condition the codes of the texts that meet it."""
    answers: dict[Condition, Ranges] = {}
    on_text: list[Condition] = []
    for leaf in leaves:
        words = [str(value) for value in leaf.values]
        if FIELDS[leaf.field].kind is Kind.TEXT:
            on_text.append(leaf)
        elif leaf.operator == "prefix":
            answers[leaf] = _joined(_beginning(coded, words))
        else:
            if leaf.operator == "region":
                words = sorted(set().union(*(regions.members(word) for word in words)))
            places = (coded.place_of(word) for word in words)
            answers[leaf] = _joined((place, place) for place in places if place is not None)
    if on_text:
        answers.update(_text_ranges(coded, on_text))
    return answers


def _beginning(coded: Coded, words: Iterable[str]) -> Iterable[tuple[int, int]]:
    texts = coded.texts
    for word in words:
        if coded.ordered:
            yield bisect_left(texts, word), bisect_left(texts, word + "\U0010ffff") - 1
        else:
            yield from ((place, place) for place, text in enumerate(texts) if text.startswith(word))


def _text_ranges(coded: Coded, leaves: Sequence[Condition]) -> dict[Condition, Ranges]:
    phrases = {leaf: [fold_text(str(value)) for value in leaf.values] for leaf in leaves}
    asked = {str(number): phrases[leaf] for number, leaf in enumerate(leaves) if leaf.operator == "contains_any"}
    found = search(coded.folded, asked)
    answers: dict[Condition, Ranges] = {}
    for number, leaf in enumerate(leaves):
        table = found.get(str(number))
        if table is None:
            table = coded.folded.is_in(phrases[leaf]).to_numpy()
        edges = np.flatnonzero(np.diff(table.astype(np.int8), prepend=0, append=0)).tolist()
        answers[leaf] = [(low, end - 1) for low, end in zip(edges[::2], edges[1::2], strict=True)]
    return answers


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


def _by_code(coded: Coded, codes: pl.Series, ranges: Ranges, met: bool) -> pl.Expr | pl.Series:
    """Take the answer from the different texts to the elements."""
    held = pl.col(codes.name)
    if len(ranges) > MOST_RANGES:
        table = np.full(coded.missing + 1, not met)
        for low, high in ranges:
            table[low : high + 1] = met
        table[coded.missing] = False
        return pl.Series(np.take(table, coded.codes))
    inside = reduce(or_, (_range(held, low, high) for low, high in ranges)) if ranges else held > coded.missing
    return inside if met else ~inside & (held != coded.missing)


def _range(held: pl.Expr, low: int, high: int) -> pl.Expr:
    return held == low if low == high else (held >= low) & (held <= high)
