"""What a driver does: the same prepared work on one item after another."""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

Work = Callable[[Item], Result]
"""Takes one item and gives its result. Items and results can be pickled; Arrow batches can."""


class Driver(Protocol):
    """Runs work. ``prepare`` is called once in each process, so that lists are compiled once and not for each item."""

    def run(self, prepare: Callable[[], Work[Item, Result]], items: Iterable[Item]) -> Iterator[Result]:
        """Give the results in the order of the items. An error in the work is raised here and ends the run."""
        ...
