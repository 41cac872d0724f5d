"""Write the parts of a table."""

from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tidewaiter.lake.layout import NO_MONTH, SCHEMAS, Partition

# LZ4 packs half as well as zstd and costs a third of its time, which is what a run has least of.
_CODEC = {"compression": "lz4", "write_batch_size": 8192}
# A row is read by decoding its group, so groups are small; smaller ones still would cost more to write.
_GROUP_ROWS = 16_384
# Columns of which nearly every value is another: a dictionary of them costs time and saves nothing.
_DIFFERENT = {
    "message_id", "consignment_id", "source_position", "value", "name", "name_other", "identifier", "address", "phone",
    "account", "description", "draw", "key", "text", "raw", "message", "gross_mass_kg", "net_mass_kg", "issued_at",
    "lodged_at", "presented_at",
}  # fmt: skip
# Statistics of long free text cost time and help no question.
_STATISTICS = ["office", "day", "function", "rule", "kind", "status"]
# Where the runs of a partition are this long on average, slices are put together; else rows are gathered one by one.
_LONG_RUN = 500
# The number of the month of what has no day.
_NEVER = 1 << 40


def write_part(root: Path, table: str, name: str, batch: pa.RecordBatch | pa.Table) -> None:
    """Write one unpartitioned file ``<root>/<table>/part-<name>.parquet``; nothing where ``batch`` has no rows."""
    if batch.num_rows:
        _write(root / table, name, batch, SCHEMAS[table])


def write_partitioned(root: Path, table: str, name: str, batch: pa.RecordBatch) -> list[tuple[Path, pa.Table]]:
    """Write one file for each administration and month in ``batch`` (columns ``administration`` and ``day``).

    Gives the files, and the rows of each.
    """
    return [_write(partition.folder(root, table), name, rows, SCHEMAS[table]) for partition, rows in split(batch)]


def split(batch: pa.RecordBatch) -> list[tuple[Partition, pa.Table]]:
    """Split a batch by administration and month, partitions in order, the rows of each in their old order."""
    if batch.num_rows == 0:
        return []
    place, found = _places(batch)
    starts = np.flatnonzero(np.diff(place, prepend=-1))
    if starts.size * _LONG_RUN <= batch.num_rows or starts.size == len(found):
        # The runs of each partition are put together without copying a row.
        parts: list[list[pa.RecordBatch]] = [[] for _ in found]
        for start, end in pairwise([*starts.tolist(), batch.num_rows]):
            parts[place[start]].append(batch.slice(start, end - start))
    else:
        parts = [[batch.take(pa.array(np.flatnonzero(place == number)))] for number in range(len(found))]
    made = [(one, pa.Table.from_batches(rows)) for one, rows in zip(found, parts, strict=True)]
    return sorted(made, key=lambda one: one[0])


def _places(batch: pa.RecordBatch) -> tuple[npt.NDArray[np.intp], list[Partition]]:
    """Give the partition of each row as a number, and the partitions by number."""
    held = batch.column("administration").dictionary_encode()
    days = batch.column("day")
    # Months since 1970; what has no day comes after all that have one.
    months = days.cast(pa.int32()).fill_null(0).to_numpy().astype("datetime64[D]").astype("datetime64[M]")
    month = np.where(days.is_valid().to_numpy(zero_copy_only=False), months.astype(np.int64), _NEVER)
    pairs = held.indices.to_numpy() + month * len(held.dictionary)
    different, place = np.unique(pairs, return_inverse=True)
    names = held.dictionary.to_pylist()
    return place, [Partition(names[pair % len(names)], _month(pair // len(names))) for pair in different.tolist()]


def _month(number: int) -> str:
    return NO_MONTH if number == _NEVER else str(np.datetime64(number, "M"))


def _write(folder: Path, name: str, rows: pa.RecordBatch | pa.Table, schema: pa.Schema) -> tuple[Path, pa.Table]:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"part-{name}.parquet"
    written = pa.table(rows.columns, names=rows.schema.names).select(schema.names).cast(schema)
    pq.write_table(
        written,
        path,
        row_group_size=_GROUP_ROWS,
        use_dictionary=_repeating(schema),
        write_statistics=[column for column in _STATISTICS if column in schema.names],
        **_CODEC,
    )
    return path, written


@cache
def _repeating(schema: pa.Schema) -> list[str]:
    """Give the Parquet paths of the columns whose values repeat."""
    buffer = pa.BufferOutputStream()
    pq.write_table(schema.empty_table(), buffer)
    columns = pq.ParquetFile(pa.BufferReader(buffer.getvalue())).metadata.schema
    paths = [columns.column(number).path for number in range(len(columns))]
    return [path for path in paths if path.rpartition(".")[2] not in _DIFFERENT]


def local_day(batch: pa.RecordBatch) -> pa.Array:
    """Give each consignment's local day (date32): of presentation, else of lodging, else of issue; null for none."""
    presented = _local(batch, "presented_at", "presented_offset")
    lodged = _local(batch, "lodged_at", "lodged_offset")
    issued = _local(batch, "issued_at", None)
    return pc.coalesce(presented, lodged, issued)


def _local(batch: pa.RecordBatch, stamp: str, offset: str | None) -> pa.Array:
    microseconds = batch.column(stamp).cast(pa.int64())
    if offset is not None:
        minutes = pc.fill_null(batch.column(offset).cast(pa.int64()), 0)
        microseconds = pc.add(microseconds, pc.multiply(minutes, 60_000_000))
    return microseconds.cast(pa.timestamp("us")).cast(pa.date32(), safe=False)
