"""All profiles together as one plan: each different condition once, then each profile as an expression over answers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import and_, or_
from typing import TypeVar

import numpy as np
import polars as pl
import pyarrow as pa

from tidewaiter.screening.profiles.earlier import Earlier
from tidewaiter.screening.profiles.fields import FIELDS
from tidewaiter.screening.profiles.predicates import NO_RATE, evaluate
from tidewaiter.screening.profiles.profile import Profile
from tidewaiter.screening.profiles.rates import Rates
from tidewaiter.screening.profiles.tree import AllOf, AnyOf, Condition, EarlierHit, Not, Scope, Tree, Within, leaves
from tidewaiter.screening.profiles.views import View, Views

PER_SELECT = 100
"""Expressions in one Polars select; measured best (research on speed of rules)."""

ViewKey = tuple[Scope, str]
_Leaf = TypeVar("_Leaf", Condition, EarlierHit)


@dataclass
class _ViewPlan:
    """What is asked of one view: conditions by name, whole blocks by name, and which of them the rows want."""

    conditions: dict[Condition, str] = field(default_factory=dict)
    earlier: dict[EarlierHit, str] = field(default_factory=dict)
    blocks: dict[Within, tuple[str, pl.Expr]] = field(default_factory=dict)
    to_rows: dict[str, Condition | Within] = field(default_factory=dict)


class Plan:
    """Compiled once from the profiles that run; runs on any number of batches."""

    def __init__(self, profiles: Sequence[Profile]) -> None:
        self._views: dict[ViewKey, _ViewPlan] = {}
        self._count = 0
        self.outcomes = [self._compile(profile.when, Scope.CONSIGNMENT) for profile in profiles]
        self.without_rate = [self._without_rate(profile.when) for profile in profiles]

    def run(self, batch: pa.RecordBatch, rates: Rates, earlier: Earlier) -> tuple[list[np.ndarray], list[int]]:
        """Give for each profile the rows that meet it, ascending, and the number of rows that it could not judge."""
        frame = self._answers(Views(batch, rates), batch.column("message_id"), earlier)
        rows: list[np.ndarray] = []
        for start in range(0, len(self.outcomes), PER_SELECT):
            wanted = enumerate(self.outcomes[start : start + PER_SELECT])
            met = frame.select(outcome.fill_null(False).alias(str(place)) for place, outcome in wanted)
            rows += [np.flatnonzero(column.to_numpy()) for column in met.iter_columns()]
        return rows, self._unjudged(frame)

    def _unjudged(self, frame: pl.DataFrame) -> list[int]:
        counts = [0] * len(self.outcomes)
        asked = [place for place, lacking in enumerate(self.without_rate) if lacking is not None]
        for start in range(0, len(asked), PER_SELECT):
            wanted = asked[start : start + PER_SELECT]
            sums = [
                (self.outcomes[place].is_null() & self.without_rate[place]).sum().alias(str(place)) for place in wanted
            ]
            counted = frame.select(sums).row(0)
            for place, count in zip(wanted, counted, strict=True):
                counts[place] = int(count)
        return counts

    def _compile(self, tree: Tree, block: Scope) -> pl.Expr:
        if isinstance(tree, AllOf):
            return reduce(and_, (self._compile(part, block) for part in tree.parts))
        if isinstance(tree, AnyOf):
            return reduce(or_, (self._compile(part, block) for part in tree.parts))
        if isinstance(tree, Not):
            return ~self._compile(tree.part, block)
        if isinstance(tree, Within):
            plan = self._view(tree.scope, "")
            if tree not in plan.blocks:
                inside = self._compile(tree.part, tree.scope)
                name = self._name()
                plan.blocks[tree] = (name, inside)
                plan.to_rows[name] = tree
            return pl.col(plan.blocks[tree][0])
        if isinstance(tree, EarlierHit):
            return pl.col(self._known(self._view(block, "").earlier, tree))
        return pl.col(self._condition(tree, block))

    def _condition(self, leaf: Condition, block: Scope) -> str:
        named = FIELDS[leaf.field]
        plan = self._view(named.scope, named.role)
        name = self._known(plan.conditions, leaf)
        if block is Scope.CONSIGNMENT and named.scope is not Scope.CONSIGNMENT:
            plan.to_rows[name] = leaf
            return f"{name}^"
        return name

    def _without_rate(self, tree: Tree) -> pl.Expr | None:
        """Whether any amount that the tree compares stands in a currency without a rate."""
        money = dict.fromkeys(
            Condition(leaf.field, NO_RATE, (), leaf.currency)
            for leaf in leaves(tree)
            if isinstance(leaf, Condition) and leaf.currency is not None
        )
        names = [self._condition(leaf, Scope.CONSIGNMENT) for leaf in money]
        return reduce(or_, map(pl.col, names)) if names else None

    def _view(self, scope: Scope, role: str) -> _ViewPlan:
        return self._views.setdefault((scope, role), _ViewPlan())

    def _known(self, names: dict[_Leaf, str], leaf: _Leaf) -> str:
        """The name of a condition; the same for all profiles that ask the same."""
        if leaf not in names:
            names[leaf] = self._name()
        return names[leaf]

    def _name(self) -> str:
        self._count += 1
        return f"c{self._count}"

    def _answers(self, views: Views, message_ids: pa.Array, earlier: Earlier) -> pl.DataFrame:
        """All answers that profiles read, one boolean for each row of the batch."""
        answers: list[pl.Series] = []
        for (scope, role), plan in self._views.items():
            view = views.get(scope, role)
            here = evaluate(view, plan.conditions)
            here += [_earlier(leaf, name, view, scope, message_ids, earlier) for leaf, name in plan.earlier.items()]
            if plan.blocks:
                here += pl.DataFrame(here).select(made.alias(name) for name, made in plan.blocks.values()).get_columns()
            answers += here if scope is Scope.CONSIGNMENT else _to_rows(here, view, plan.to_rows)
        return pl.DataFrame(answers)


def _earlier(
    leaf: EarlierHit, name: str, view: View, scope: Scope, message_ids: pa.Array, earlier: Earlier
) -> pl.Series:
    if scope is Scope.CONSIGNMENT:
        met = earlier.on_rows(leaf, message_ids)
    else:
        assert view.rows is not None
        met = earlier.on_elements(leaf, scope, message_ids, view.rows)
    return (
        pl.Series(name, met)
        if met is not None
        else pl.repeat(None, view.size, dtype=pl.Boolean, eager=True).alias(name)
    )


def _to_rows(answers: list[pl.Series], view: View, asked: dict[str, Condition | Within]) -> list[pl.Series]:
    """From elements to rows: met where any element meets it, else not known where any is not known.

    A row without elements: a block is not met; a lone field is one missing value.
    """
    wanted = [answer for answer in answers if answer.name in asked]
    rows = view.rows
    if rows is None:
        return [answer.alias(_row_name(answer.name, asked)) for answer in wanted]
    gaps = [answer.name for answer in wanted if answer.null_count()]
    frame = pl.DataFrame(wanted)
    known = frame.select(pl.all().fill_null(False)) if gaps else frame
    unknown = frame.select(pl.col(gaps).is_null())
    columns: list[pl.Series] = []
    holed: list[pl.Expr] = []
    for name in frame.columns:
        row_name = _row_name(name, asked)
        met = _any_of_row(known[name], rows, view.row_count)
        hole = _any_of_row(unknown[name], rows, view.row_count) if name in unknown.columns else None
        leaf = asked[name]
        if isinstance(leaf, Condition) and leaf.operator == "missing":
            met |= view.empty & np.bool_(leaf.values[0])
        elif isinstance(leaf, Condition) and leaf.operator != NO_RATE and view.empty.any():
            hole = view.empty if hole is None else hole | view.empty
        columns.append(pl.Series(row_name, met))
        if hole is not None:
            columns.append(pl.Series(f"{row_name}?", hole & ~met))
            holed.append(pl.when(~pl.col(f"{row_name}?")).then(pl.col(row_name)).alias(row_name))
    return pl.DataFrame(columns).with_columns(holed).get_columns()


def _row_name(name: str, asked: dict[str, Condition | Within]) -> str:
    """A lone condition on elements is another question than the same condition inside a block."""
    return name if isinstance(asked[name], Within) else f"{name}^"


def _any_of_row(answer: pl.Series, rows: np.ndarray, row_count: int) -> np.ndarray:
    """For each row whether any of its elements is true."""
    met = np.zeros(row_count, dtype=bool)
    met[rows[np.flatnonzero(answer.to_numpy())]] = True
    return met
