"""Trees together as one plan: each different condition once, then each tree as a function of the answers.

The logic is three-valued (see `scalar`), the work is not: a tree is met where a function of two plain questions is
true, "is the condition met?" and "is it known and not met?". ``not`` changes the question, and ``all`` with ``any``.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
import pyarrow as pa

from tidewaiter.schemas import CONSIGNMENT
from tidewaiter.screening.profiles.earlier import Earlier
from tidewaiter.screening.profiles.fields import FIELDS, LIST_COLUMN
from tidewaiter.screening.profiles.logic import EVERY, Answer, Logic, always, every, named, none, some
from tidewaiter.screening.profiles.predicates import Question, evaluate
from tidewaiter.screening.profiles.tree import AllOf, AnyOf, Condition, EarlierHit, Not, Scope, Tree, Within
from tidewaiter.screening.profiles.views import View, Views

_Key = TypeVar("_Key")


@dataclass(frozen=True, slots=True)
class Undecided:
    """Asks for the rows among some on which a tree is neither met nor known and not met."""

    tree: Tree
    among: Tree


@dataclass
class _ViewPlan:
    """What is asked of one view."""

    questions: dict[Question, str] = field(default_factory=dict)
    earlier: dict[tuple[EarlierHit, bool], str] = field(default_factory=dict)
    combined: dict[tuple[Tree, bool], tuple[str, Logic]] = field(default_factory=dict)
    """What is asked of one element and takes several answers together."""
    of_rows: list[str] = field(default_factory=list)
    """Answers on elements that rows ask for: is it so for any element of the row?"""
    empty: str = ""
    """Name of the answer whether a row has no element; empty where no row asks."""


class Plan:
    """Compiled once from trees; runs on any number of batches."""

    def __init__(
        self, trees: Sequence[Tree | Undecided], left_open: Callable[[Condition], bool] = lambda _: False
    ) -> None:
        """Conditions for which ``left_open`` says so count as fitting, whichever way they are asked."""
        self._left_open = left_open
        self._views: dict[tuple[Scope, str], _ViewPlan] = {}
        self._count = 0
        self._outcomes = [self._undecided(tree) if isinstance(tree, Undecided) else self._met(tree) for tree in trees]

    @property
    def size(self) -> int:
        """The number of trees."""
        return len(self._outcomes)

    @property
    def answers(self) -> int:
        """How many answers on a row or element are held at a time, at most."""
        return 1 + sum(len(one.questions) + len(one.earlier) + len(one.combined) for one in self._views.values())

    @property
    def columns(self) -> list[str]:
        """The columns of a consignment that the plan may read."""
        unread = {LIST_COLUMN[scope] for scope in LIST_COLUMN if scope is not Scope.ITEM} - {
            LIST_COLUMN[scope] for scope, _ in self._views if scope is not Scope.CONSIGNMENT
        }
        return [member.name for member in CONSIGNMENT if member.name not in unread and member.name != "flags"]

    def run(self, views: Views, message_ids: pa.Array, earlier: Earlier) -> list[np.ndarray]:
        """For each tree the rows of the batch that meet it, ascending."""
        answers = {EVERY: always(len(message_ids))}
        for (scope, role), plan in self._views.items():
            view = views.get(scope, role)
            here = {EVERY: always(view.size), **evaluate(view, plan.questions)}
            for (hit, met), name in plan.earlier.items():
                here[name] = _earlier(hit, met, view, scope, message_ids, earlier)
            for name, made in plan.combined.values():
                here[name] = made(here)
            answers |= here if scope is Scope.CONSIGNMENT else _of_rows(here, view, plan)
        return [np.flatnonzero(outcome(answers)) for outcome in self._outcomes]

    def _met(self, tree: Tree, met: bool = True) -> Logic:
        made = self._compile(tree, Scope.CONSIGNMENT, met)
        return made if made is not None else named(EVERY)

    def _undecided(self, asked: Undecided) -> Logic:
        return every([self._met(asked.among), none(self._met(asked.tree)), none(self._met(asked.tree, False))])

    def _compile(self, tree: Tree, block: Scope, met: bool) -> Logic | None:
        """Where the tree is met, or known and not met; None where what is left open makes it fit anyhow."""
        if isinstance(tree, AllOf | AnyOf):
            parts = [self._compile(part, block, met) for part in tree.parts]
            asked = [part for part in parts if part is not None]
            if isinstance(tree, AllOf) is met:
                return every(asked) if asked else None
            return some(asked) if len(asked) == len(parts) else None
        if isinstance(tree, Not):
            return self._compile(tree.part, block, not met)
        if isinstance(tree, Within):
            return self._within(tree, met)
        if isinstance(tree, EarlierHit):
            return named(self._named(self._view(block).earlier, (tree, met)))
        return self._condition(tree, block, met)

    def _within(self, tree: Within, met: bool) -> Logic | None:
        """Met where any element meets the part; known and not met where for all it is known and not met."""
        inside = self._compile(tree.part, tree.scope, met)
        if met:
            return self._any(self._view(tree.scope), (tree.part, met), inside if inside is not None else named(EVERY))
        return none(self._any(self._view(tree.scope), (tree.part, met), none(inside))) if inside is not None else None

    def _condition(self, leaf: Condition, block: Scope, met: bool) -> Logic | None:
        if self._left_open(leaf):
            return None
        asked_of = FIELDS[leaf.field]
        plan = self._view(asked_of.scope, asked_of.role)
        answer = named(self._named(plan.questions, (leaf, met)))
        if asked_of.scope is block:
            return answer
        # A lone field that no element could hold is one missing value.
        for_missing = leaf.operator == "missing" and bool(leaf.values[0]) is met
        if met:
            found = self._any(plan, (leaf, met), answer)
            return some([found, self._empty(plan)]) if for_missing else found
        not_any = none(self._any(plan, (leaf, met), none(answer)))
        return not_any if for_missing else every([not_any, none(self._empty(plan))])

    def _any(self, plan: _ViewPlan, key: tuple[Tree, bool], inside: Logic) -> Logic:
        """Whether what is asked of the elements is so for any element of the row."""
        if key not in plan.combined:
            name = self._name()
            plan.combined[key] = (name, inside)
            plan.of_rows.append(name)
        return named(plan.combined[key][0])

    def _empty(self, plan: _ViewPlan) -> Logic:
        plan.empty = plan.empty or self._name()
        return named(plan.empty)

    def _view(self, scope: Scope, role: str = "") -> _ViewPlan:
        return self._views.setdefault((scope, role), _ViewPlan())

    def _named(self, names: dict[_Key, str], key: _Key) -> str:
        return names.setdefault(key, self._name())

    def _name(self) -> str:
        self._count += 1
        return f"c{self._count}"


def _earlier(hit: EarlierHit, met: bool, view: View, scope: Scope, message_ids: pa.Array, earlier: Earlier) -> Answer:
    if scope is Scope.CONSIGNMENT:
        found = earlier.on_rows(hit, message_ids)
    else:
        assert view.rows is not None
        found = earlier.on_elements(hit, scope, message_ids, view.rows)
    if found is None:
        return np.zeros(view.size, dtype=np.bool_)
    return found if met else ~found


def _of_rows(answers: dict[str, Answer], view: View, plan: _ViewPlan) -> dict[str, Answer]:
    """From elements to rows: whether any element of the row has it so."""
    found = {name: answers[name] for name in plan.of_rows}
    rows = view.rows
    if rows is not None:
        found = {name: _any_of_row(answer, rows, view.row_count) for name, answer in found.items()}
    return {**found, plan.empty: view.empty} if plan.empty else found


def _any_of_row(answer: Answer, rows: np.ndarray, row_count: int) -> Answer:
    found = np.zeros(row_count, dtype=np.bool_)
    found[rows[np.flatnonzero(answer)]] = True
    return found
