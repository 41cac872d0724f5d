"""Work in a pool of processes, in order, with a bounded number of items under way."""

import multiprocessing
import os
import pickle
import signal
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tidewaiter.screening.drivers.contract import Item, Result, Work

# Each process works on its own batch, so the libraries' own threads would only get in each other's way. Batches are
# alike, so memory that one frees the next one needs: giving it back in between costs a quarter of the time.
_SETTINGS = {
    "POLARS_MAX_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MIMALLOC_PURGE_DELAY": "-1",
}

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
        with tempfile.TemporaryDirectory(prefix="tidewaiter-") as folder:
            executor = self._executor(prepare, Path(folder) / "prepare")
            try:
                for item in items:
                    waiting.append(executor.submit(_do, item))
                    if len(waiting) >= 2 * self.processes:
                        yield waiting.popleft().result()
                while waiting:
                    yield waiting.popleft().result()
            finally:
                executor.shutdown(wait=True, cancel_futures=True)

    def _executor(self, prepare: Callable[[], Any], path: Path) -> ProcessPoolExecutor:
        # Through a file: written once, and no process waits until the one before it has taken it out of a pipe.
        path.write_bytes(pickle.dumps(prepare, protocol=pickle.HIGHEST_PROTOCOL))
        # Spawned, not forked: a fork would copy locks that the libraries' threads hold.
        return _QuietExecutor(
            self.processes,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_start,
            initargs=(path,),
        )


class _QuietExecutor(ProcessPoolExecutor):
    """Starts its processes with one thread a library, and deaf to Ctrl-C from their first moment."""

    def submit(self, *args: Any, **kwargs: Any) -> Future[Any]:
        with _inherited():
            return super().submit(*args, **kwargs)


@contextmanager
def _inherited() -> Iterator[None]:
    """Set for a moment what a process that is started now inherits."""
    before = {name: os.environ.get(name) for name in _SETTINGS}
    os.environ.update(_SETTINGS)
    # Only the main thread may touch signals; elsewhere nobody presses Ctrl-C.
    listens = threading.current_thread() is threading.main_thread()
    handler = signal.signal(signal.SIGINT, signal.SIG_IGN) if listens else None
    try:
        yield
    finally:
        if listens:
            signal.signal(signal.SIGINT, handler)
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _start(path: Path) -> None:
    import pyarrow as pa

    global _work  # noqa: PLW0603 - the one thing that a pool process keeps
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    # Written a moment ago by the process that started this one, in a folder that only its user can enter.
    prepare = pickle.loads(path.read_bytes())  # noqa: S301
    _work = prepare()


def _do(item: Any) -> Any:
    if _work is None:
        raise RuntimeError("a pool process was given work before it was prepared")
    return _work(item)
