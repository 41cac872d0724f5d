"""A partition in slices of whole offices and days, so that memory stays level however large the partition is.

The lists of two offices or days have nothing in common, so that each slice is drawn by itself.
"""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tidewaiter.lake.layout import LAKE_HIT, Partition, has_files, pattern

SLICE_ROWS = 250_000
"""Consignments of a slice, as long as none of its offices has more on one day."""

_PLACE = ["office", "day"]
_HIT = pa.schema([field for field in LAKE_HIT if field.name not in {"end", "draw"}])
# Columns that hold few different texts are read as codes and texts: each text is made once.
_REPEATING = ("type", "role", "country", "place", "hs", "currency", "unit", "regime", "administration", "office")
_THREADS = 2
_FILES = 16
"""Files whose messages are looked up together."""

Days = tuple[date, date] | None
"""A first and a last day; None where no time is known."""


def days_of(strata: pa.Table) -> Days:
    """Give the first and the last day of some strata."""
    days = strata.column("day")
    ends = pc.min_max(days).as_py()
    return None if days.null_count else (ends["min"], ends["max"])


class PartitionFiles:
    """Reads from the files of one partition what is asked for, and no more of it than is looked at."""

    def __init__(self, root: Path, partition: Partition) -> None:
        self.partition = partition
        self._hits = partition.folder(root, "hit")
        self._consignments = sorted(partition.folder(root, "consignment").glob("*.parquet"))
        self._states = pl.scan_parquet(pattern(root, "message_state")) if has_files(root, "message_state") else None

    def hits(self, strata: pa.Table) -> pa.Table:
        """Read the hits on the versions in force of some offices and days, in any order.

        Gives the columns of ``layout.LAKE_HIT`` but ``end`` and ``draw``.
        """
        if not self._hits.is_dir():
            return _HIT.empty_table()
        found = pl.scan_parquet(self._hits / "*.parquet", hive_partitioning=False).select(_HIT.names)
        days = days_of(strata)
        if days is not None:
            # Files of other days are not read: they say so.
            found = found.filter(pl.col("day").is_between(*days))
        if self._states is not None:
            found = found.join(self._states, on="message_id", how="anti")
        places = pl.DataFrame(strata.select(_PLACE)).lazy()
        found = found.with_columns(pl.col("office").fill_null("")).join(places, on=_PLACE, how="semi", nulls_equal=True)
        return _arrow(found.collect(), _HIT)

    def details(self, days: Days, message_ids: pa.Array, columns: Iterable[str]) -> pa.Table:
        """Read ``message_id`` and some Parquet columns of some consignments of some days.

        The rows come in any order, a chunk a file; some columns of texts are encoded as dictionaries.
        """
        found: list[pa.Table] = []
        with ThreadPoolExecutor(_THREADS) as threads:
            for start in range(0, len(self._consignments), _FILES):
                paths = self._consignments[start : start + _FILES]
                files = list(threads.map(partial(_open, days=days), paths))
                ids = pa.chunked_array([file.ids for file in files], pa.string())
                wanted = pc.is_in(ids, value_set=message_ids)
                starts = np.cumsum([0, *(len(file.ids) for file in files)])
                masks = [wanted.slice(at, len(file.ids)) for file, at in zip(files, starts, strict=False)]
                found += threads.map(partial(_read, columns=["message_id", *columns]), paths, files, masks)
        return pa.concat_tables(found)


@dataclass(frozen=True)
class Slice:
    """Some offices and days of a partition, as ``selection.select`` takes them."""

    files: PartitionFiles
    strata: pa.Table
    """administration, office, day, population"""
    random_pool: pa.Table
    """administration, office, day, message_id, consignment_id, draw"""

    @property
    def population(self) -> int:
        """Consignments in force."""
        return int(pc.sum(self.strata.column("population")).as_py() or 0)

    def hits(self) -> pa.Table:
        """Read the hits on these consignments, as ``PartitionFiles.hits`` does."""
        return self.files.hits(self.strata)


def slices(files: PartitionFiles, strata: pa.Table, random_pool: pa.Table, rows: int = SLICE_ROWS) -> Iterator[Slice]:
    """Cut the strata of a partition, day by day, into slices of at most ``rows`` consignments.

    A slice holds at least one stratum, however large that is.
    """
    ordered = pl.DataFrame(strata).sort("day", "office", nulls_last=True)
    pool = pl.DataFrame(random_pool)
    number = pl.Series("slice", _numbered(ordered["population"], rows), dtype=pl.UInt32)
    for part in ordered.with_columns(number).partition_by("slice", maintain_order=True, include_key=False):
        mine = pool.join(part, on=_PLACE, how="semi", nulls_equal=True)
        yield Slice(files, _arrow(part, strata.schema), _arrow(mine, random_pool.schema))


def _numbered(sizes: Iterable[int], most: int) -> Iterator[int]:
    number = held = 0
    for size in sizes:
        if held and held + size > most:
            number, held = number + 1, 0
        held += size
        yield number


class _File(NamedTuple):
    """The messages of a file, none where it holds no consignment of the days that are asked for."""

    metadata: pq.FileMetaData
    ids: pa.Array


def _open(path: Path, days: Days) -> _File:
    with pq.ParquetFile(path) as file:
        if not _may_hold(file.metadata, days):
            return _File(file.metadata, pa.array([], pa.string()))
        return _File(file.metadata, file.read(["message_id"], use_threads=False).column(0).combine_chunks())


def _may_hold(metadata: pq.FileMetaData, days: Days) -> bool:
    at = metadata.schema.names.index("day")
    held = [metadata.row_group(group).column(at).statistics for group in range(metadata.num_row_groups)]
    if days is None or not all(one is not None and one.has_min_max for one in held):
        return True
    return any(one.min <= days[1] and days[0] <= one.max for one in held)


def _read(path: Path, file: _File, wanted: pa.ChunkedArray, columns: list[str]) -> pa.Table:
    repeating = [column for column in columns if column.rpartition(".")[2] in _REPEATING]
    with pq.ParquetFile(path, metadata=file.metadata, read_dictionary=repeating) as held:
        if not pc.any(wanted).as_py():
            return held.read_row_groups([], columns, use_threads=False)
        return held.read(columns, use_threads=False).filter(wanted).combine_chunks()


def _arrow(rows: pl.DataFrame, schema: pa.Schema) -> pa.Table:
    return rows.select(schema.names).to_arrow(compat_level=pl.CompatLevel.oldest()).cast(schema)
