"""Collect rows, and give them as record batches."""

from collections.abc import Sequence
from itertools import accumulate, chain
from typing import Any

import pyarrow as pa

from tidewaiter.schemas import CONSIGNMENT

__all__ = ["Columns"]

_OFFSET = pa.int32()


class _Column:
    """A column and its types, looked up once: asking a schema for them takes as long as filling a small array."""

    def __init__(self, column: pa.Field) -> None:
        self.name: str = column.name
        self.type: pa.DataType = column.type
        self.fields: list[pa.Field] = list(column.type.value_type) if pa.types.is_list(column.type) else []
        self.types: list[pa.DataType] = [field.type for field in self.fields]

    def array(self, values: list[Any]) -> pa.Array:
        """Convert the values of all rows."""
        return self._lists(values) if self.fields else pa.array(values, self.type)

    def _lists(self, values: Sequence[Sequence[tuple[Any, ...]]]) -> pa.ListArray:
        """Convert lists of tuples, field by field."""
        offsets = pa.array(accumulate(map(len, values), initial=0), _OFFSET)
        elements = list(zip(*chain.from_iterable(values), strict=True)) or [()] * len(self.fields)
        arrays = [pa.array(texts, kind) for texts, kind in zip(elements, self.types, strict=True)]
        return pa.ListArray.from_arrays(offsets, pa.StructArray.from_arrays(arrays, fields=self.fields), type=self.type)


_COLUMNS = [_Column(column) for column in CONSIGNMENT]


class Columns:
    """Rows that become batches of ``schemas.CONSIGNMENT``.

    Rows wait as they come and are converted once for each batch. A batch of one row takes as long as one of fifty.
    """

    def __init__(self) -> None:
        self._rows: list[dict[str, Any]] = []

    def __len__(self) -> int:
        return len(self._rows)

    def append(self, row: dict[str, Any]) -> None:
        """Add a row; list columns hold tuples in the order of their struct's fields."""
        self._rows.append(row)

    def take(self) -> pa.RecordBatch:
        """Give the rows as a batch, and begin anew."""
        arrays = [column.array([row[column.name] for row in self._rows]) for column in _COLUMNS]
        self._rows = []
        return pa.RecordBatch.from_arrays(arrays, schema=CONSIGNMENT)
