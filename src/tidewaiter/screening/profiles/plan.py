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
        answers = self._answers(Views(batch, rates), batch.column("message_id"), earlier)
        frame = pl.DataFrame(answers)
        rows: list[np.ndarray] = []
        unjudged: list[int] = []
        for start in range(0, len(self.outcomes), PER_SELECT):
            wanted = slice(start, start + PER_SELECT)
            met = frame.select(made.alias(str(place)) for place, made in enumerate(self.outcomes[wanted]))
            for column, lacking in zip(met.get_columns(), self.without_rate[wanted], strict=True):
                rows.append(column.arg_true().to_numpy())
                unjudged.append(_count_unjudged(frame, column, lacking))
        return rows, unjudged

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

    def _answers(self, views: Views, message_ids: pa.Array, earlier: Earlier) -> list[pl.Series]:
        """All answers that profiles read, one boolean for each row of the batch."""
        answers: list[pl.Series] = []
        for (scope, role), plan in self._views.items():
            view = views.get(scope, role)
            here = evaluate(view, plan.conditions)
            here += [_earlier(leaf, name, view, scope, message_ids, earlier) for leaf, name in plan.earlier.items()]
            if scope is Scope.CONSIGNMENT:
                answers += here
                continue
            if plan.blocks:
                frame = pl.DataFrame(here)
                here += frame.select(made.alias(name) for name, made in plan.blocks.values()).get_columns()
            by_name = {series.name: series for series in here}
            answers += [_to_rows(by_name[name], view, asked) for name, asked in plan.to_rows.items()]
        return answers


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


def _to_rows(answer: pl.Series, view: View, asked: Condition | Within) -> pl.Series:
    """From elements to rows: met where any element meets it, else not known where any is not known.

    A row without elements: a block is not met; a lone field is one missing value.
    """
    name = answer.name if isinstance(asked, Within) else f"{answer.name}^"
    if view.rows is None:
        return answer.alias(name)
    met = np.zeros(view.row_count, dtype=bool)
    met[view.rows[answer.arg_true().to_numpy()]] = True
    unknown = np.zeros(view.row_count, dtype=bool)
    if answer.null_count():
        unknown[view.rows[answer.is_null().arg_true().to_numpy()]] = True
    if isinstance(asked, Condition) and asked.operator != NO_RATE:
        if asked.operator != "missing":
            unknown |= view.empty
        elif asked.values[0]:
            met |= view.empty
    unknown &= ~met
    made = pl.Series(name, met)
    if not unknown.any():
        return made
    return pl.select(pl.when(pl.Series(~unknown)).then(made)).to_series().alias(name)


def _count_unjudged(frame: pl.DataFrame, outcome: pl.Series, lacking: pl.Expr | None) -> int:
    if lacking is None or not outcome.null_count():
        return 0
    return int((frame.select(lacking).to_series() & outcome.is_null()).sum())
