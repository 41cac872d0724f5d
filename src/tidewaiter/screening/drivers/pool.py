"""Work in a pool of processes, in order, with a bounded number of items under way."""

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from typing import Any

from tidewaiter.screening.drivers.contract import Item, Result, Work

# Each process works on its own batch, so the libraries' own threads would only get in each other's way.
_ONE_THREAD = {"POLARS_MAX_THREADS": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}

_work: Callable[[Any], Any] | None = None


class PoolDriver:
    """Spreads items over ``processes`` processes. Memory is bounded: at most two items a process are under way."""

    def __init__(self, processes: int) -> None:
        self.processes = processes

    def run(self, prepare: Callable[[], Work[Item, Result]], items: Iterable[Item]) -> Iterator[Result]:
        """Give the results in the order of the items.

        Raises concurrent.futures.process.BrokenProcessPool when a process dies (for want of memory, say).
        """
        waiting: deque[Future[Result]] = deque()
        executor = self._executor(prepare)
        try:
            for item in items:
                waiting.append(executor.submit(_do, item))
                if len(waiting) >= 2 * self.processes:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            executor.shutdown(wait=True, cancel_futures=True)

    def _executor(self, prepare: Callable[[], Any]) -> ProcessPoolExecutor:
        # Spawned, not forked: a fork would copy locks that the libraries' threads hold.
        return _OneThreadExecutor(
            self.processes,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_start,
            initargs=(prepare,),
        )


class _OneThreadExecutor(ProcessPoolExecutor):
    """Starts its processes with one thread a library."""

    def submit(self, *args: Any, **kwargs: Any) -> Future[Any]:
        before = {name: os.environ.get(name) for name in _ONE_THREAD}
        os.environ.update(_ONE_THREAD)
        try:
            return super().submit(*args, **kwargs)
        finally:
            for name, value in before.items():
                if value is None:
                    del os.environ[name]
                else:
                    os.environ[name] = value


def _start(prepare: Callable[[], Any]) -> None:
    import pyarrow as pa

    global _work  # noqa: PLW0603 - the one thing that a pool process keeps
    # Ctrl-C reaches the whole group; the parent alone decides what to do with it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    _work = prepare()


def _do(item: Any) -> Any:
    if _work is None:
        raise RuntimeError("a pool process was given work before it was prepared")
    return _work(item)
