"""What each administration holds of a day: its own rows, and nothing of its neighbours'."""

from collections.abc import Iterator
from datetime import date
from pathlib import PurePosixPath

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc


def file_of(administration: str, day: date) -> PurePosixPath:
    """Give the path of an administration's day below ``consignments/`` or ``inspections/``."""
    return PurePosixPath(f"administration={administration}", f"day={day.isoformat()}", "part-0.parquet")


def by_administration(batch: pa.RecordBatch, day: date) -> Iterator[tuple[PurePosixPath, pa.RecordBatch]]:
    """Give each administration's rows in their order, and the path of their file.

    ``batch`` is of ``schemas.CONSIGNMENT`` or ``schemas.INSPECTION``; where a row stands is written anew.
    """
    for administration in sorted(pc.unique(batch.column("administration")).to_pylist()):
        rows = batch.filter(pc.equal(batch.column("administration"), administration))
        path = file_of(administration, day)
        placed = {
            "source_file": pa.repeat(pa.scalar(str(path)), rows.num_rows),
            "source_position": pa.array(np.arange(1, rows.num_rows + 1)).cast(pa.string()),
        }
        columns = [placed.get(name, rows.column(name)) for name in rows.schema.names]
        yield path, pa.RecordBatch.from_arrays(columns, schema=rows.schema)
