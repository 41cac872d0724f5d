"""Rows put aside on disk in slices, to be taken up one slice at a time."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

__all__ = ["Aside", "put_aside"]


class Aside:
    """Slices of rows, each in a file of its own. First all are added, then all are taken up."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._writers: dict[int, pa.RecordBatchStreamWriter] = {}

    def add(self, rows: pa.Table, number: npt.NDArray[np.int64]) -> None:
        """Add rows, each to the slice whose number it has. All rows ever added have one schema."""
        if rows.num_rows == 0:
            return
        for one in np.unique(number).tolist():
            if one not in self._writers:
                self._writers[one] = pa.ipc.new_stream(self._folder / str(one), rows.schema)
            self._writers[one].write_table(rows.take(pa.array(np.flatnonzero(number == one))))

    def close(self) -> None:
        """End all files."""
        for writer in self._writers.values():
            writer.close()

    def take_up(self) -> Iterator[tuple[int, pa.Table]]:
        """Give the slices that have rows, in order, with their numbers; nothing can be added any more."""
        self.close()
        for one in sorted(self._writers):
            with pa.ipc.open_stream(self._folder / str(one)) as stream:
                yield one, stream.read_all()


@contextmanager
def put_aside(root: Path) -> Iterator[Aside]:
    """Give a place within ``root`` for rows that are put aside; it is removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix=".aside-", dir=root))
    aside = Aside(folder)
    try:
        yield aside
    finally:
        aside.close()
        shutil.rmtree(folder)
