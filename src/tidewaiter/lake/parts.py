"""Write the parts of a table."""

from functools import cache
from pathlib import Path

import polars as pl
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
    keys = pl.DataFrame(
        {"administration": _text(batch.column("administration")), "month": _month(batch.column("day"))}
    ).with_row_index("row")
    runs = (
        keys.filter(pl.struct("administration", "month") != pl.struct("administration", "month").shift(1))
        if keys.height > 1
        else keys.clear()
    )
    starts = [0, *runs["row"].to_list()]
    groups = (
        keys.group_by("administration", "month").agg(pl.col("row")).sort("administration", "month", nulls_last=True)
    )
    if len(starts) * _LONG_RUN <= batch.num_rows or len(starts) == groups.height:
        return _sliced(batch, keys, starts)
    parts = []
    for administration, month, rows in groups.iter_rows():
        chosen = batch.take(pa.array(rows, type=pa.uint32()))
        parts.append((Partition(administration, month), pa.Table.from_batches([chosen])))
    return parts


def _sliced(batch: pa.RecordBatch, keys: pl.DataFrame, starts: list[int]) -> list[tuple[Partition, pa.Table]]:
    """Put the runs of each partition together without copying a row."""
    found: dict[Partition, list[pa.RecordBatch]] = {}
    for start, end in zip(starts, [*starts[1:], batch.num_rows], strict=True):
        partition = Partition(keys["administration"][start], keys["month"][start])
        found.setdefault(partition, []).append(batch.slice(start, end - start))
    return [(partition, pa.Table.from_batches(found[partition])) for partition in sorted(found)]


def _text(column: pa.Array) -> pl.Series:
    return pl.Series(pl.from_arrow(column))


def _month(day: pa.Array) -> pl.Series:
    # Written once for each different day, not for each row.
    days = pl.Series(pl.from_arrow(day))
    different = days.unique()
    return days.replace_strict(different, different.dt.strftime("%Y-%m").fill_null(NO_MONTH), return_dtype=pl.String)


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
