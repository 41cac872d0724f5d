"""Work in a pool of processes, in order, with a bounded number of items under way."""

import gc
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
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tidewaiter.screening.drivers.contract import Item, Result, Work

# Each process works on its own batch, so the libraries' own threads would only get in each other's way. Batches are
# alike, so memory that one frees the next one needs: giving it back in between costs a quarter of the time.
_SETTINGS = {
    "POLARS_MAX_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1:glibc.malloc.mmap_threshold=1073741824"
    ":glibc.malloc.trim_threshold=4294967296",
    "_RJEM_MALLOC_CONF": "thp:always,dirty_decay_ms:-1,muzzy_decay_ms:-1",
}


class PoolDriver:
    """Spreads items over ``processes`` processes. Memory is bounded: at most two items a process are under way.

    Use it as a context manager: the processes start when it is entered and load the module ``begins_with``, beside
    whatever the caller does meanwhile, and end when it is left. Works of several kinds may be run one after another.
    """

    def __init__(self, processes: int, begins_with: str = "pyarrow") -> None:
        self.processes = processes
        self._begins_with = begins_with
        self._works = 0

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory(prefix="tidewaiter-")
        # Spawned, not forked: a fork would copy locks that the libraries' threads hold.
        self._executor = _QuietExecutor(
            self.processes, mp_context=multiprocessing.get_context("spawn"), initializer=_start
        )
        for _ in range(self.processes):
            self._executor.submit(import_module, self._begins_with)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._executor.shutdown(wait=True, cancel_futures=True)
        self._folder.cleanup()

    def run(self, prepare: Callable[[], Work[Item, Result]], items: Iterable[Item]) -> Iterator[Result]:
        """Give the results in the order of the items.

        Raises concurrent.futures.process.BrokenProcessPool when a process dies (for want of memory, say).
        """
        # Through a file: written once, and no process waits until the one before it has taken it out of a pipe.
        path = Path(self._folder.name) / f"work-{self._works}"
        self._works += 1
        path.write_bytes(pickle.dumps(prepare, protocol=pickle.HIGHEST_PROTOCOL))
        waiting: deque[Future[Result]] = deque()
        try:
            for item in items:
                waiting.append(self._executor.submit(_do, path, item))
                if len(waiting) >= 2 * self.processes:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()
            # Idle processes need not hold what the work took while the caller does something else.
            for _ in range(self.processes):
                self._executor.submit(_release)


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


def _start() -> None:
    import pyarrow as pa

    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)


def _release() -> None:
    import pyarrow as pa

    gc.collect()
    pa.default_memory_pool().release_unused()


@lru_cache(maxsize=1)
def _work(path: Path) -> Callable[[Any], Any]:
    # Written a moment ago by the process that started this one, in a folder that only its user can enter.
    prepare = pickle.loads(path.read_bytes())  # noqa: S301
    work: Callable[[Any], Any] = prepare()
    # What was loaded stays to the end: the garbage collector need not look at it again.
    gc.freeze()
    return work


def _do(path: Path, item: Any) -> Any:
    return _work(path)(item)
