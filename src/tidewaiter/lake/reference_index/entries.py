"""What is indexed of a consignment: its ids, every reference, and the numbers by which its parties are known."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tidewaiter.domain.vocabulary import IdentifierType, ReferenceType
from tidewaiter.lake.reference_index.keyed_hash import HashKey
from tidewaiter.lake.reference_index.segment import ENTRY, Entries, where
from tidewaiter.lake.reference_index.spelling import CODE, CONSIGNMENT_ID, KINDS, MESSAGE_ID, PHONE, forms_column
from tidewaiter.schemas.nested import children

__all__ = ["COLUMNS", "entries_of", "entries_of_file", "state_entries"]

COLUMNS = ("message_id", "consignment_id", "references", "parties")
"""Columns that bear references."""
_LEAVES = [
    "message_id", "consignment_id", "references", "parties.list.element.identifier_type",
    "parties.list.element.identifier", "parties.list.element.phone", "parties.list.element.account",
]  # fmt: skip
_ROWS = 1 << 14

Rows = npt.NDArray[np.int64]


def entries_of_file(path: Path, number: int, key: HashKey) -> Iterator[Entries]:
    """Give the entries of one file of consignments, number ``number`` of its partition, in the order of its rows."""
    done = 0
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(_ROWS, columns=_LEAVES, use_threads=False):
            yield entries_of(batch, done, number, key)
            done += batch.num_rows


def entries_of(batch: pa.RecordBatch, first_row: int, file: int, key: HashKey) -> Entries:
    """Give the entries of a batch of consignments that starts at ``first_row``; a message bears each form once."""
    found = [_entries(kind, rows, values, key) for kind, rows, values in _references(batch)]
    entries = np.concatenate([np.empty(0, ENTRY), *found])
    entries["row"] += np.uint32(first_row)
    entries["where"] |= where(file, np.zeros(1, np.uint8))
    entries = entries[np.lexsort((entries["where"], entries["hash"], entries["row"]))]
    if entries.size > 1:
        entries = entries[np.r_[True, entries[1:] != entries[:-1]]]
    return entries


def _entries(kind: str, rows: Rows, values: pa.Array, key: HashKey) -> Entries:
    row, form = forms_column(kind, values)
    entries = np.empty(len(form), ENTRY)
    entries["hash"] = key.hashes(form)
    entries["row"] = rows[row.to_numpy()]
    entries["where"] = CODE[kind]
    return entries


def _references(batch: pa.RecordBatch) -> Iterator[tuple[str, Rows, pa.Array]]:
    """Give kind, rows and values (no nulls) of what a batch bears."""
    every = np.arange(batch.num_rows)
    yield CONSIGNMENT_ID, every, batch.column("consignment_id")
    yield MESSAGE_ID, every, batch.column("message_id")
    row, references = children(batch, "references")
    yield from _by_kind(row, references.field("type"), references.field("value"), ReferenceType.OTHER.value)
    row, parties = children(batch, "parties")
    yield from _by_kind(row, parties.field("identifier_type"), parties.field("identifier"), IdentifierType.LOCAL.value)
    yield _present(PHONE, row, parties.field("phone"))
    yield _present(IdentifierType.ACCOUNT.value, row, parties.field("account"))


def _by_kind(row: Rows, kinds: pa.Array, values: pa.Array, else_kind: str) -> Iterator[tuple[str, Rows, pa.Array]]:
    known = pc.is_in(kinds, value_set=pa.array(KINDS))
    kinds = pc.if_else(pc.fill_null(known, False), kinds, else_kind)
    for kind in pc.unique(kinds).to_pylist():
        chosen = pc.equal(kinds, kind)
        yield _present(kind, row[np.asarray(chosen.to_numpy(zero_copy_only=False))], values.filter(chosen))


def _present(kind: str, row: Rows, values: pa.Array) -> tuple[str, Rows, pa.Array]:
    present = pc.is_valid(values)
    return kind, row[np.asarray(present.to_numpy(zero_copy_only=False))], values.filter(present)


def state_entries(path: Path, number: int, key: HashKey) -> Iterator[Entries]:
    """Give the entries of one file of ``message_state``: the ids of messages that are not in force, as they stand."""
    done = 0
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(_ROWS, columns=["message_id"], use_threads=False):
            entries = np.empty(batch.num_rows, ENTRY)
            entries["hash"] = key.hashes(batch.column("message_id"))
            entries["row"] = np.arange(done, done + batch.num_rows)
            entries["where"] = where(number, np.full(1, CODE[MESSAGE_ID], np.uint8))
            yield entries
            done += batch.num_rows
