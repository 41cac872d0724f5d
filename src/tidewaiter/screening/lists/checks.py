"""Check the columns of a list, and report each line that cannot be used with the first thing that is wrong with it."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from tidewaiter.domain.vocabulary import ControlChannel
from tidewaiter.screening.lists.problems import Problem
from tidewaiter.screening.lists.table import Table

_CHANNELS = {str(channel): str(channel) for channel in ControlChannel}
_YES_NO = {"yes": True, "no": False, "": False}

Rule = Callable[[str], Any]
"""Gives what a value means. Raises ValueError, saying what is wrong with it."""


class Checks:
    """The checks of a table, made one after the other: of several things wrong with a line, the first is reported."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._wrong: dict[int, tuple[str, str]] = {}
        self.good = np.ones(len(table), bool)
        """Rows with which nothing is wrong so far."""

    def meaning(self, column: str, rule: Rule, kind: pa.DataType) -> pa.Array:
        """Apply a rule to each different value of a column; gives an Arrow array, null for rows that are refused."""
        values = self._table.columns[column]
        meanings: list[Any] = []
        wrong: dict[int, str] = {}
        for place, value in enumerate(values.dictionary.to_pylist()):
            try:
                meanings.append(rule(value))
            except ValueError as error:
                meanings.append(None)
                wrong[place] = str(error)
        indices = values.indices.to_numpy()
        if wrong:
            refused = np.isin(indices, list(wrong))
            self.refuse(refused, column, lambda row: wrong[int(indices[row])])
        return pa.array(meanings, kind).take(values.indices)

    def required(self, column: str) -> None:
        """Refuse rows where nothing stands in a column."""
        values = self._table.columns[column]
        empty = pc.equal(values.dictionary, "").take(values.indices)
        self.refuse(empty.to_numpy(zero_copy_only=False), column, lambda _: "nothing stands here")

    def refuse(self, rows: NDArray[np.bool_], column: str, message: Callable[[int], str]) -> None:
        """Refuse the rows where ``rows`` is true; ``message`` says why, of a row."""
        for row in np.flatnonzero(rows & self.good).tolist():
            self._wrong[row] = (column, message(row))
        self.good &= ~rows

    def report(self) -> None:
        """Add the refused lines to the problems of the table."""
        for row, (column, message) in self._wrong.items():
            line = int(self._table.lines[row])
            problem = Problem(self._table.name, line, column, f"{message}. The line was left out.")
            self._table.problems.append(problem)
        self._table.problems.sort(key=lambda problem: problem.line)


def one_of(choices: Mapping[str, str]) -> Rule:
    """Make the rule of a column that holds one of a few values."""

    def rule(value: str) -> str:
        if value not in choices:
            raise ValueError(f"'{value}' is none of {', '.join(filter(None, choices))}")
        return choices[value]

    return rule


def mandatory(value: str) -> bool:
    """Whether a hit must be controlled: yes or no; empty is no. Raises ValueError."""
    if value.lower() not in _YES_NO:
        raise ValueError(f"'{value.lower()}' is neither yes nor no")
    return _YES_NO[value.lower()]


def priority(value: str) -> int:
    """Give the priority, 0 to 100; empty is 0. Raises ValueError."""
    digits = value.lstrip("0")
    if value and not (value.isascii() and value.isdigit() and len(digits) <= 3 and int(digits or 0) <= 100):
        raise ValueError(f"'{value}' is not a whole number from 0 to 100")
    return int(digits or 0)


def channel(value: str) -> str | None:
    """Give the kind of control asked for; None where nothing is asked. Raises ValueError."""
    return str(one_of(_CHANNELS)(value)) if value else None


def day(value: str) -> date | None:
    """Give a date written as ISO 8601; None where none is given. Raises ValueError."""
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise ValueError(f"'{value}' is no date such as 2026-05-31") from None
