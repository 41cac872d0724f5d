"""Work in this process: for small inputs, and the yardstick for the other drivers."""

from collections.abc import Callable, Iterable, Iterator
from types import TracebackType
from typing import Self

from tidewaiter.screening.drivers.contract import Item, Result, Work


class InlineDriver:
    """Does one item after the other where it is called. A context manager, as the other drivers are."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End; there is nothing to end."""

    def run(self, prepare: Callable[[], Work[Item, Result]], items: Iterable[Item]) -> Iterator[Result]:
        """Give the results in the order of the items."""
        work = prepare()
        for item in items:
            yield work(item)
