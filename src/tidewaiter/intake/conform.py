"""Bring batches that nearly follow the consignment schema into it, row by row only where a row does not fit."""

from collections.abc import Callable, Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tidewaiter.schemas import CONSIGNMENT


def conform(array: pa.Array, kind: pa.DataType) -> pa.Array:
    """Cast an array; fields of structs go by name, missing ones are null, others dropped.

    A null struct becomes a struct of nulls, which `unfit_rows` finds where a field is required. Raises
    ``pyarrow.ArrowInvalid`` or ``pyarrow.ArrowNotImplementedError`` where a type or value does not cast.
    """
    if array.type.equals(kind):
        return array
    if pa.types.is_list(kind):
        if not _is_any_list(array.type):
            if pa.types.is_null(array.type):
                return pa.nulls(len(array), kind)
            raise pa.ArrowInvalid(f"{array.type} is no list")
        return _conform_list(array, kind)
    if pa.types.is_struct(kind):
        if not pa.types.is_struct(array.type):
            raise pa.ArrowInvalid(f"{array.type} has no fields")
        found = dict(zip([field.name for field in array.type], array.flatten(), strict=True))
        children = [
            conform(found[field.name], field.type) if field.name in found else pa.nulls(len(array), field.type)
            for field in kind
        ]
        return pa.StructArray.from_arrays(children, fields=list(kind))
    return array.cast(kind)


def unfit_rows(batch: pa.RecordBatch) -> np.ndarray:
    """Mark the rows in which a required value is null, at any depth. ``batch`` has the columns of the schema."""
    unfit = np.zeros(batch.num_rows, dtype=bool)
    for field, column in zip(CONSIGNMENT, batch.columns, strict=True):
        if not field.nullable and column.null_count:
            unfit |= _nulls(column)
        if pa.types.is_list(field.type) and pa.types.is_struct(field.type.value_type):
            rows = pc.list_parent_indices(column).to_numpy(zero_copy_only=False)
            for child, values in zip(field.type.value_type, column.flatten().flatten(), strict=True):
                if not child.nullable and values.null_count:
                    unfit[rows[_nulls(values)]] = True
    return unfit


def by_halves(
    batch: pa.RecordBatch, start: int, attempt: Callable[[pa.RecordBatch], pa.RecordBatch]
) -> Iterator[tuple[int, pa.RecordBatch | None, pa.RecordBatch, str]]:
    """Try a batch; where it fails, its halves, down to the single rows that fail.

    Gives ``(start, done, original, problem)`` in order; ``done`` is None for a row that fails, with the problem in
    words.
    """
    try:
        yield start, attempt(batch), batch, ""
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, pa.ArrowTypeError) as error:
        if batch.num_rows == 1:
            yield start, None, batch, str(error)
            return
        middle = batch.num_rows // 2
        yield from by_halves(batch.slice(0, middle), start, attempt)
        yield from by_halves(batch.slice(middle), start + middle, attempt)


def _conform_list(array: pa.Array, kind: pa.ListType) -> pa.Array:
    plain = array.cast(pa.list_(array.type.value_field))
    lengths = pc.fill_null(pc.list_value_length(plain), 0).to_numpy(zero_copy_only=False)
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    values = conform(plain.flatten(), kind.value_type)
    mask = pc.is_null(plain) if plain.null_count else None
    return pa.ListArray.from_arrays(pa.array(offsets), values, type=kind, mask=mask)


def _is_any_list(kind: pa.DataType) -> bool:
    return bool(
        pa.types.is_list(kind)
        or pa.types.is_large_list(kind)
        or pa.types.is_fixed_size_list(kind)
        or pa.types.is_list_view(kind)
        or pa.types.is_large_list_view(kind)
    )


def _nulls(array: pa.Array) -> np.ndarray:
    return np.asarray(array.is_null().to_numpy(zero_copy_only=False), dtype=bool)
