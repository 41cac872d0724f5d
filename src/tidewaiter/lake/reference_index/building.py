"""Build an index: one segment a partition, whole or not at all, in memory that stays level as the lake grows."""

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pyarrow as pa
import pyarrow.parquet as pq

from tidewaiter.lake.building import building
from tidewaiter.lake.layout import Partition
from tidewaiter.lake.queries import partitions
from tidewaiter.lake.reference_index.catalogue import CATALOGUE, STATES, Catalogue, File, Listed, write_catalogue
from tidewaiter.lake.reference_index.entries import entries_of_file, state_entries
from tidewaiter.lake.reference_index.keyed_hash import HashKey
from tidewaiter.lake.reference_index.refusal import IndexRefused
from tidewaiter.lake.reference_index.segment import Entries, SegmentWriter
from tidewaiter.lake.reference_index.sorting import RUN, Sorter

__all__ = ["build"]

_EntriesOf = Callable[[Path, int, HashKey], Iterator[Entries]]


def build(result_root: Path, out: Path, key: bytes, *, run: int = RUN) -> int:
    """Index every reference of the consignments of a finished result into the folder ``out``; an earlier index goes.

    ``key`` is the node's secret for reference indexes, 16 bytes or more; ``run`` is how many entries are sorted in
    memory at a time. Returns the number of entries.

    Raises IndexRefused where the result cannot be read, ValueError for a short key, DestinationRefused where ``out``
    holds something else, and OSError where the disk refuses; nothing is left behind then.
    """
    secret = HashKey(key)
    if not (result_root / "consignment").is_dir():
        raise IndexRefused(f"{result_root} holds no consignments (no folder consignment/). No index was written.")
    with building(out, marker=CATALOGUE) as folder:
        segments = [
            _segment(result_root, _path(partition), partition, folder, secret, run)
            for partition in reversed(_by_month(partitions(result_root)))
        ]
        states = _states(result_root, folder, secret, run)
        root = os.path.relpath(result_root.resolve(), out.parent.resolve() / out.name)
        write_catalogue(folder, Catalogue(root, tuple(segments), states))
    return sum(segment.entries for segment in segments)


def _by_month(found: list[Partition]) -> list[Partition]:
    # Those of no known month come first here, and so last where the latest are looked at first.
    return sorted(found, key=lambda one: (one.month[:1].isdigit(), one.month, one.administration))


def _path(partition: Partition) -> str:
    return f"administration={quote(partition.administration, safe='')},month={partition.month}.segment"


def _segment(root: Path, path: str, partition: Partition, folder: Path, key: HashKey, run: int) -> Listed:
    files = sorted(partition.folder(root, "consignment").glob("*.parquet"))
    return _written(root, files, entries_of_file, path, partition, folder, key, run)


def _states(root: Path, folder: Path, key: HashKey, run: int) -> Listed | None:
    files = sorted((root / "message_state").rglob("*.parquet"))
    return _written(root, files, state_entries, STATES, Partition("", ""), folder, key, run) if files else None


def _written(
    root: Path,
    files: list[Path],
    entries_of: _EntriesOf,
    path: str,
    partition: Partition,
    folder: Path,
    key: HashKey,
    run: int,
) -> Listed:
    with tempfile.TemporaryDirectory(prefix=".runs-", dir=folder) as runs:
        sorter = Sorter(Path(runs), run)
        listed = []
        for number, file in enumerate(files):
            listed.append(_described(root, file))
            _add(sorter, file, entries_of(file, number, key))
        with SegmentWriter(folder / path, key.check) as writer:
            for entries in sorter.sorted():
                writer.add(entries)
    return Listed(path, partition.administration, partition.month, writer.count, tuple(listed))


def _add(sorter: Sorter, file: Path, found: Iterator[Entries]) -> None:
    try:
        for entries in found:
            sorter.add(entries)
    except (pa.ArrowException, KeyError) as error:
        raise IndexRefused(f"{file} cannot be read: {error}. No index was written; make the result again.") from error


def _described(root: Path, file: Path) -> File:
    try:
        rows = pq.read_metadata(file).num_rows
    except pa.ArrowException as error:
        raise IndexRefused(f"{file} cannot be read: {error}. No index was written; make the result again.") from error
    return File(file.relative_to(root).as_posix(), rows, file.stat().st_size)
