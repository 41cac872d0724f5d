"""One condition on a whole view at once: a Polars expression over its columns, or a finished column."""

from collections.abc import Iterable
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
"""Operator that no text can hold: the amount is stated, but its currency has no rate. It is never unknown."""

MOST_RANGES = 4
"""A set of codes in more ranges than this is looked up instead of compared."""


def evaluate(view: View, wanted: dict[Condition, str]) -> list[pl.Series]:
    """Evaluate conditions on a view; gives a boolean series for each under its name, null where not known."""
    columns: dict[str, pl.Series] = {}
    expressions: list[pl.Expr] = []
    finished: list[pl.Series] = []
    by_column: dict[str, dict[Condition, str]] = {}
    for leaf, name in wanted.items():
        field = FIELDS[leaf.field]
        if field.kind in STRING_KINDS and leaf.operator != "missing":
            by_column.setdefault(field.column, {})[leaf] = name
            continue
        column, expression = _direct(view, leaf, field)
        columns[column.name] = column
        expressions.append(expression.alias(name))
    for column_name, leaves in by_column.items():
        codes = view.codes(column_name)
        columns[codes.name] = codes
        for leaf, table in _tables(view.coded(column_name), leaves).items():
            made = _by_code(view.coded(column_name), codes, table)
            if isinstance(made, pl.Expr):
                expressions.append(made.alias(leaves[leaf]))
            else:
                finished.append(made.alias(leaves[leaf]))
    if expressions:
        finished += pl.DataFrame(list(columns.values())).select(expressions).get_columns()
    return finished


def _direct(view: View, leaf: Condition, field: Field) -> tuple[pl.Series, pl.Expr]:
    """A condition on a column that is not text, or on whether a text is there."""
    if leaf.operator == "missing":
        column = _held(view, field)
        held = pl.col(column.name)
        return column, held.is_null() if leaf.values[0] else held.is_not_null()
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


def _held(view: View, field: Field) -> pl.Series:
    if field.kind in STRING_KINDS:
        return view.codes(field.column)
    return view.plain(field.column) if field.kind in (Kind.MOMENT, Kind.FLAG) else view.number(field.column)


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


def _tables(coded: Coded, leaves: Iterable[Condition]) -> dict[Condition, np.ndarray]:
    """For each condition the answer for each different text of the column."""
    phrases: dict[Condition, tuple[str, ...]] = {}
    expressions: dict[Condition, pl.Expr] = {}
    for leaf in leaves:
        words = [str(value) for value in leaf.values]
        text = FIELDS[leaf.field].kind is Kind.TEXT
        if leaf.operator == "contains_any":
            phrases[leaf] = tuple(fold_text(word) for word in words)
        elif leaf.operator == "prefix":
            expressions[leaf] = reduce(or_, (pl.col("known").str.starts_with(word) for word in words))
        else:
            if leaf.operator == "region":
                words = sorted(set().union(*(regions.members(word) for word in words)))
            column = pl.col("folded" if text else "known")
            expressions[leaf] = column.is_in([fold_text(word) for word in words] if text else words)
    tables: dict[Condition, np.ndarray] = {}
    if phrases:
        asked = dict(enumerate(phrases.values()))
        answers = search(coded.folded, {str(key): words for key, words in asked.items()})
        tables.update(zip(phrases, answers.values(), strict=True))
    if expressions:
        frame = pl.DataFrame({"known": coded.known})
        if any(FIELDS[leaf.field].kind is Kind.TEXT for leaf in expressions):
            frame = frame.with_columns(coded.folded.alias("folded"))
        answered = frame.select(made.alias(str(place)) for place, made in enumerate(expressions.values()))
        tables.update(zip(expressions, (column.to_numpy() for column in answered), strict=True))
    return tables


def _by_code(coded: Coded, codes: pl.Series, table: np.ndarray) -> pl.Expr | pl.Series:
    """Take the answers of the different texts to the rows."""
    held = pl.col(codes.name)
    edges = np.flatnonzero(np.diff(table.astype(np.int8), prepend=0, append=0))
    starts, ends = edges[::2].tolist(), (edges[1::2] - 1).tolist()
    if not starts:
        return held > len(coded.known)
    if len(starts) <= MOST_RANGES:
        return reduce(or_, (_range(held, low, high) for low, high in zip(starts, ends, strict=True)))
    answers = pl.Series(np.take(np.append(table, False), coded.codes))
    if not codes.null_count():
        return answers
    return pl.select(pl.when(codes.is_not_null()).then(answers)).to_series()


def _range(held: pl.Expr, low: int, high: int) -> pl.Expr:
    return held == low if low == high else (held >= low) & (held <= high)
