"""Put list columns of structs together from flat columns, without a Python loop over rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from tidewaiter.schemas import CONSIGNMENT

Slot: TypeAlias = pa.Array | str | None
"""Values of a field of one slot: one a message, or the same for all."""


@dataclass(frozen=True)
class Elements:
    """Elements of a list column: the message that each belongs to, ascending, and the fields of each."""

    message: np.ndarray
    fields: dict[str, pa.Array]


def arrow(series: pl.Series, kind: pa.DataType) -> pa.Array:
    """Give a series as an Arrow array of the type asked for."""
    return series.to_arrow(compat_level=pl.CompatLevel.oldest()).cast(kind)


def constant(value: object, kind: pa.DataType, length: int) -> pa.Array:
    """Repeat one value (None: a null)."""
    return pa.nulls(length, kind) if value is None else pa.repeat(pa.scalar(value, kind), length)


def list_column(name: str, elements: Elements, messages: int) -> pa.ListArray:
    """Build a list column of ``schemas.CONSIGNMENT``; fields that the elements lack are null."""
    kind = CONSIGNMENT.field(name).type
    length = elements.message.size
    arrays = [
        elements.fields[field.name] if field.name in elements.fields else pa.nulls(length, field.type)
        for field in kind.value_type
    ]
    values = pa.StructArray.from_arrays(arrays, fields=list(kind.value_type))
    counts = np.bincount(elements.message, minlength=messages)
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), values, type=kind)


def interleave(messages: int, slots: Sequence[tuple[np.ndarray, dict[str, Slot]]], schema: pa.StructType) -> Elements:
    """Merge slots, each with at most one element a message, so that elements stand by message, then by slot.

    A slot is its presence mask over the messages and, for each field of ``schema`` that any slot has, its values: an
    array of one entry a message, or one text for all, or None.
    """
    if not slots:
        return Elements(np.empty(0, dtype=np.int64), {})
    present = np.stack([mask for mask, _ in slots], axis=1)
    message, slot = np.nonzero(present)
    at, which = pa.array(slot * messages + message), pa.array(slot)
    fields: dict[str, pa.Array] = {}
    for name in slots[0][1]:
        kind = schema.field(name).type
        given = [columns[name] for _, columns in slots]
        if not any(isinstance(values, pa.Array) for values in given):
            if any(values is not None for values in given):
                fields[name] = pa.array(given, kind).take(which)
            continue
        arrays = [values if isinstance(values, pa.Array) else constant(values, kind, messages) for values in given]
        fields[name] = pc.take(arrays[0] if len(arrays) == 1 else pa.concat_arrays(arrays), at)
    return Elements(message, fields)


def ordered(message: np.ndarray, fields: dict[str, pa.Array]) -> Elements:
    """Order elements by message; those of one message keep their order."""
    order = np.argsort(message, kind="stable")
    at = pa.array(order)
    return Elements(message[order], {name: pc.take(column, at) for name, column in fields.items()})
