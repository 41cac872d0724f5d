"""A partition in slices of whole offices and days, so that memory stays level however large the partition is.

The lists of two offices or days have nothing in common, so that each slice is drawn by itself.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from tidewaiter.lake import scratch
from tidewaiter.lake.layout import LAKE_CONSIGNMENT, LAKE_HIT, Partition, has_files, pattern

SLICE_ROWS = 100_000
"""Consignments of a slice, as long as none of its offices has more on one day."""

_PLACE = ["office", "day"]
_HIT = pa.schema([field for field in LAKE_HIT if field.name not in {"end", "draw"}])
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
        self._root = root
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
        """Fetch ``message_id`` and some columns, which Parquet paths name, of some consignments of some days.

        The rows come in any order.
        """
        named = ["message_id", *columns]
        found: list[pa.RecordBatch] = []
        for start in range(0, len(self._consignments), _FILES):
            paths = self._consignments[start : start + _FILES]
            parts = [batch for path in paths for batch in scratch.mapped(self._root, path) if _may_hold(batch, days)]
            ids = pa.chunked_array([part.column("message_id") for part in parts], pa.string())
            wanted = pc.is_in(ids, value_set=message_ids)
            first = 0
            for part in parts:
                rows = np.flatnonzero(wanted.slice(first, part.num_rows).to_numpy())
                found.append(scratch.narrowed(part, named).take(pa.array(rows)))
                first += part.num_rows
        if not found:
            found = [scratch.narrowed(pa.RecordBatch.from_pylist([], LAKE_CONSIGNMENT), named)]
        return pa.Table.from_batches(found)


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


def _may_hold(part: pa.RecordBatch, days: Days) -> bool:
    held = pc.min_max(part.column("day")).as_py()
    return days is None or (held["min"] is not None and held["min"] <= days[1] and days[0] <= held["max"])


def _arrow(rows: pl.DataFrame, schema: pa.Schema) -> pa.Table:
    return rows.select(schema.names).to_arrow(compat_level=pl.CompatLevel.oldest()).cast(schema)
