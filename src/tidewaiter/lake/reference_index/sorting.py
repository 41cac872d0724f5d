"""Sort more entries than memory should hold: sorted runs on disk, merged range by range of the hash."""

from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from tidewaiter.lake.reference_index.segment import ENTRY, Entries

__all__ = ["Sorter"]

RUN = 1 << 21
"""Entries sorted in memory at a time: 32 MiB."""
_END = 1 << 64


class Sorter:
    """Takes entries in the order of their files and rows; gives them by hash, those of one hash in the old order."""

    def __init__(self, folder: Path, run: int = RUN) -> None:
        """Put runs of ``run`` entries into ``folder``, which is the caller's to remove."""
        self._folder = folder
        self._run = run
        self._held: list[Entries] = []
        self._count = 0
        self._runs: list[Path] = []

    def add(self, entries: Entries) -> None:
        """Add entries that come after all that were added before."""
        self._held.append(entries)
        self._count += entries.size
        if self._count >= self._run:
            self._spill()

    def _spill(self) -> None:
        path = self._folder / f"run-{len(self._runs)}"
        self._sorted(self._held).tofile(path)
        self._runs.append(path)
        self._held, self._count = [], 0

    @staticmethod
    def _sorted(parts: list[Entries]) -> Entries:
        entries = np.concatenate([np.empty(0, ENTRY), *parts])
        return entries[np.argsort(entries["hash"], kind="stable")]

    def sorted(self) -> Iterator[Entries]:
        """Give all entries in order, some at a time; nothing can be added any more."""
        if not self._runs:
            yield self._sorted(self._held)
            return
        if self._count:
            self._spill()
        runs: list[Entries] = [np.memmap(path, ENTRY, "r") for path in self._runs]
        yield from self._between(runs, 0, _END)

    def _between(self, runs: list[Entries], low: int, high: int) -> Iterator[Entries]:
        """Give the entries of runs that lie within [low, high) alone: split until they fit, then sort them."""
        if sum(run.size for run in runs) <= self._run:
            yield self._sorted(runs)
        elif high - low == 1:
            # One reference of very many consignments: the runs follow each other as they came.
            for run in runs:
                for start in range(0, run.size, self._run):
                    yield np.array(run[start : start + self._run])
        else:
            middle = (low + high) // 2
            # Bisecting reads a few entries of each run; numpy would copy all its hashes first.
            edges = [bisect_left(run, middle, key=lambda entry: int(entry["hash"])) for run in runs]
            yield from self._between([run[:edge] for run, edge in zip(runs, edges, strict=True)], low, middle)
            yield from self._between([run[edge:] for run, edge in zip(runs, edges, strict=True)], middle, high)
