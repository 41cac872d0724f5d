"""Profiles in passes: what is dear to ask is asked only of the few consignments on which it can still matter.

Free text must be folded and searched; the other conditions usually rule out nearly every consignment first.
So the first pass counts every condition on text as fitting, and the second asks all of them of the rows that are left.
A third looks at the rows with an amount whose currency has no rate, and counts those that a profile cannot judge.
"""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from tidewaiter.screening.profiles.earlier import Earlier
from tidewaiter.screening.profiles.fields import FIELDS, Kind
from tidewaiter.screening.profiles.plan import Plan, Undecided
from tidewaiter.screening.profiles.predicates import NO_RATE
from tidewaiter.screening.profiles.profile import Profile
from tidewaiter.screening.profiles.rates import Rates
from tidewaiter.screening.profiles.tree import AnyOf, Condition, Tree, leaves
from tidewaiter.screening.profiles.views import Views

MOST_LEFT = 0.5
"""Where more than this share of a batch is left, it is asked again whole: taking rows out would cost more."""

ANSWERS_AT_ONCE = 64 << 20
"""Answers on rows that are held at a time, a byte each: with many profiles a batch is judged in parts."""


def is_dear(leaf: Condition) -> bool:
    """Say whether a condition is left to the second pass."""
    return FIELDS[leaf.field].kind is Kind.TEXT and leaf.operator != "missing"


class Passes:
    """Profiles compiled for all passes; runs on any number of batches."""

    def __init__(self, profiles: Sequence[Profile]) -> None:
        trees = [profile.when for profile in profiles]
        self._dear = [
            place
            for place, tree in enumerate(trees)
            if any(isinstance(leaf, Condition) and is_dear(leaf) for leaf in leaves(tree))
        ]
        lacking = {place: lacks for place, tree in enumerate(trees) if (lacks := _lacks_rate(tree)) is not None}
        self._money = list(lacking)
        any_lacking: list[Tree] = [AnyOf(tuple(lacking.values()))] if lacking else []
        self._first = Plan([*trees, *any_lacking], left_open=is_dear)
        self._second = Plan([trees[place] for place in self._dear])
        self._third = Plan([Undecided(trees[place], lacks) for place, lacks in lacking.items()])

    def run(self, batch: pa.RecordBatch, rates: Rates, earlier: Earlier) -> tuple[list[np.ndarray], list[int]]:
        """Give for each profile the rows that meet it, ascending, and the number of rows that it could not judge."""
        rows = _ask(self._first, batch, rates, earlier)
        without_rate = rows.pop() if self._money else np.empty(0, dtype=np.intp)
        if self._dear:
            left = np.zeros(batch.num_rows, dtype=bool)
            for place in self._dear:
                left[rows[place]] = True
            again = _ask_again(self._second, batch, np.flatnonzero(left), rates, earlier)
            for place, met in zip(self._dear, again, strict=True):
                rows[place] = met
        unjudged = [0] * len(rows)
        if without_rate.size:
            undecided = _ask_again(self._third, batch, without_rate, rates, earlier)
            for place, found in zip(self._money, undecided, strict=True):
                unjudged[place] = found.size
        return rows, unjudged


def _ask(plan: Plan, batch: pa.RecordBatch, rates: Rates, earlier: Earlier) -> list[np.ndarray]:
    """Run a plan on a batch, on so many rows at a time that their answers are not too many."""
    at_once = max(1, ANSWERS_AT_ONCE // plan.answers)
    parts = []
    for start in range(0, max(batch.num_rows, 1), at_once):
        part = batch.slice(start, at_once)
        parts.append([start + met for met in plan.run(Views(part, rates), part.column("message_id"), earlier)])
    return parts[0] if len(parts) == 1 else [np.concatenate(found) for found in zip(*parts, strict=True)]


def _ask_again(plan: Plan, batch: pa.RecordBatch, left: np.ndarray, rates: Rates, earlier: Earlier) -> list[np.ndarray]:
    """Run a plan on some rows of a batch; gives rows of the batch."""
    if not left.size:
        return [left] * plan.size
    if left.size > MOST_LEFT * batch.num_rows:
        return _ask(plan, batch, rates, earlier)
    part = batch.select(plan.columns).take(pa.array(left))
    return [left[met] for met in _ask(plan, part, rates, earlier)]


def _lacks_rate(tree: Tree) -> Tree | None:
    """Whether any amount that the tree compares stands in a currency without a rate; None where it compares none."""
    money = dict.fromkeys(
        Condition(leaf.field, NO_RATE, (), leaf.currency)
        for leaf in leaves(tree)
        if isinstance(leaf, Condition) and leaf.currency is not None
    )
    return AnyOf(tuple(money)) if money else None
