"""Write the parts of a table."""

from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tidewaiter.lake.layout import NO_MONTH, SCHEMAS, Partition

# Level 1 costs about a third of the default's time for about a tenth more bytes.
_CODEC = {"compression": "zstd", "compression_level": 1}
# Statistics and dictionaries of long free text cost time and help no question.
_STATISTICS = ["message_id", "consignment_id", "office", "day", "function", "key", "rule", "kind", "status"]


def write_part(root: Path, table: str, name: str, batch: pa.RecordBatch | pa.Table) -> None:
    """Write one unpartitioned file ``<root>/<table>/part-<name>.parquet``; nothing where ``batch`` has no rows."""
    if batch.num_rows:
        _write(root / table, name, batch, SCHEMAS[table])


def write_partitioned(root: Path, table: str, name: str, batch: pa.RecordBatch) -> None:
    """Write one file for each administration and month in ``batch`` (columns ``administration`` and ``day``)."""
    for partition, rows in split(batch):
        _write(partition.folder(root, table), name, rows, SCHEMAS[table])


def split(batch: pa.RecordBatch) -> list[tuple[Partition, pa.RecordBatch]]:
    """Split a batch by administration and month, partitions in order, the rows of each in their old order."""
    if batch.num_rows == 0:
        return []
    frame = pl.DataFrame(
        {
            "administration": pl.from_arrow(batch.column("administration")),
            "month": pl.from_arrow(batch.column("day")),
        }
    ).with_columns(pl.col("month").dt.strftime("%Y-%m").fill_null(NO_MONTH))
    groups = frame.with_row_index("row").group_by("administration", "month").agg(pl.col("row"))
    parts = []
    for administration, month, rows in sorted(groups.iter_rows()):
        whole = len(rows) == batch.num_rows
        chosen = batch if whole else batch.take(pa.array(rows, type=pa.uint32()))
        parts.append((Partition(administration, month), chosen))
    return parts


def _write(folder: Path, name: str, rows: pa.RecordBatch | pa.Table, schema: pa.Schema) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    plain = pa.table(rows.columns, names=rows.schema.names)
    table = plain.select(schema.names).cast(schema)
    pq.write_table(
        table,
        folder / f"part-{name}.parquet",
        use_dictionary=True,
        write_statistics=[c for c in _STATISTICS if c in schema.names],
        **_CODEC,
    )


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
