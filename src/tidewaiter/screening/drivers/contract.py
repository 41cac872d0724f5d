"""What a driver does: the same prepared work on one item after another."""

from collections.abc import Callable, Iterable, Iterator
from types import TracebackType
from typing import Protocol, Self, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

Work = Callable[[Item], Result]
"""Takes one item and gives its result. Items and results can be pickled; Arrow batches can."""


class Driver(Protocol):
    """Runs work; used as a context manager.

    ``prepare`` is called once in each process, so that lists are compiled once and not for each item.
    """

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def run(self, prepare: Callable[[], Work[Item, Result]], items: Iterable[Item]) -> Iterator[Result]:
        """Give the results in the order of the items. An error in the work is raised here and ends the run."""
        ...
