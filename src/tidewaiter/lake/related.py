"""Find the messages that have to do with others, in memory that stays level while the lake grows.

Of such a message only hashes of its id and of its names are held, some 60 bytes. A few columns, or whole rows, are
fetched in one pass over the files and put aside in slices. A slice holds all messages that are linked through any
names, so that each can be settled alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tidewaiter.domain.vocabulary import MessageFunction
from tidewaiter.intake.versions import components
from tidewaiter.intake.versions.keys import WAYS, Hashes, hashes, names_of
from tidewaiter.lake import scratch
from tidewaiter.schemas import CONSIGNMENT

__all__ = ["ALONE", "FEW", "Related", "consignment_files", "few_columns", "find_related", "slices", "whole_rows"]

Numbers = npt.NDArray[np.int64]

ALONE = -1
"""Stands for a message that shares no name with another."""
_NAME = pl.col("key") & int(~WAYS)
_BITS = int(WAYS) + 1
_KEYS_AT_ONCE = 8_000_000
_GIVEN = ("issued_at", "lodged_at", "presented_at")
_FEW = ("message_id", "consignment_id", "function", "partial", "version", "administration", "synthetic", *_GIVEN)
_AN_ITEM = "goods.list.element.sequence"

FEW = pa.schema(
    [
        *(CONSIGNMENT.field(name).remove_metadata() for name in _FEW),
        pa.field("has_goods", pa.bool_()),
        pa.field("message", pa.int64()),
        pa.field("file", pa.int32()),
        pa.field("row", pa.int64()),
    ]
)
"""A few columns of a message; ``message`` is its place in `Related`, ``file`` and ``row`` its place in the lake."""


@dataclass(frozen=True)
class Related:
    """Messages that share a name with another."""

    ids: Hashes
    """Hashes of their ids, ascending. Two messages of one id count as one here."""
    message: Numbers
    """Place in ``ids``, one for each key."""
    key: Hashes

    @cached_property
    def component(self) -> Numbers:
        """For each of ``ids`` the first of all those that it is linked to."""
        return components(self.message, names_of(self.key), self.ids.size)

    def places(self, message_ids: pa.Array) -> Numbers:
        """Give the place of each message in ``ids``; `ALONE` for one that is not there."""
        if self.ids.size == 0:
            return np.full(len(message_ids), ALONE)
        wanted = hashes(message_ids)
        at = np.minimum(np.searchsorted(self.ids, wanted), self.ids.size - 1)
        return np.where(self.ids[at] == wanted, at, ALONE)


def find_related(root: Path) -> Related:
    """Find the messages that share a name with another, by the table ``declaration_key``."""
    files = sorted((root / "declaration_key").glob("*.parquet"))
    shared = _shared_names(files)
    if shared.size == 0:
        none = np.empty(0, dtype=np.uint64)
        return Related(none, np.empty(0, dtype=np.int64), none)
    keys = pl.scan_parquet(files).select(pl.col("message_id").hash(), "key")
    bearers = keys.filter(_NAME.is_in(pl.Series(shared).implode())).select("message_id").unique()
    borne = keys.join(bearers, on="message_id", how="semi").unique().sort("message_id", "key").collect()
    ids, message = np.unique(borne["message_id"].to_numpy(), return_inverse=True)
    return Related(ids, message, borne["key"].to_numpy())


def _shared_names(files: list[Path]) -> Hashes:
    """Give the names that several messages bear. Equal names are in one part, so the parts together miss none."""
    found = [np.empty(0, dtype=np.uint64)]
    parts = -(-sum(pq.read_metadata(file).num_rows for file in files) // _KEYS_AT_ONCE)
    for part in range(parts):
        names = pl.scan_parquet(files).select(_NAME).filter(pl.col("key") // _BITS % parts == part).collect()
        ordered = np.sort(names["key"].to_numpy())
        found.append(np.unique(ordered[1:][ordered[1:] == ordered[:-1]]))
    return np.concatenate(found)


def slices(component: Numbers, at_most: int) -> Numbers:
    """Number slices from 0 so that a component is in one slice, and a slice has about ``at_most`` entries."""
    _, inverse, counts = np.unique(component, return_inverse=True, return_counts=True)
    return ((np.cumsum(counts) - counts) // at_most)[inverse]


def consignment_files(root: Path) -> list[Path]:
    """List the files of the table ``consignment``, in order."""
    return sorted((root / "consignment").rglob("*.parquet"))


def few_columns(root: Path, files: list[Path], related: Related) -> Iterator[pa.Table]:
    """Fetch a few columns (`FEW`) of the related messages and of all others that are not originals, file by file."""
    for number, path in enumerate(files):
        batches = scratch.mapped(root, path)
        held = pa.Table.from_batches([scratch.narrowed(batch, [*_FEW, _AN_ITEM]) for batch in batches])
        places = related.places(pa.concat_arrays(held.column("message_id").chunks))
        originals = pc.equal(held.column("function"), MessageFunction.ORIGINAL.value).to_numpy()
        rows = np.flatnonzero((places != ALONE) | ~originals)
        held = scratch.take(held.to_batches(), rows)
        columns = {name: held.column(name) for name in _FEW}
        columns["has_goods"] = pc.greater(pc.fill_null(pc.list_value_length(held.column("goods")), 0), 0)
        columns["message"] = pa.array(places[rows])
        columns["file"] = pa.array(np.full(rows.size, number, dtype=np.int32))
        columns["row"] = pa.array(rows)
        yield pa.table(columns).cast(FEW)


def whole_rows(root: Path, files: list[Path], wanted: pl.DataFrame) -> Iterator[pa.Table]:
    """Fetch whole messages, file by file, with the columns of ``wanted``, which says ``file`` and ``row`` of each."""
    for rows in wanted.sort("file", "row").partition_by("file", maintain_order=True):
        batches = scratch.mapped(root, files[rows["file"][0]])
        held = scratch.take([batch.select(CONSIGNMENT.names) for batch in batches], rows["row"].to_numpy())
        for name in rows.columns:
            held = held.append_column(name, rows[name].to_arrow())
        yield held
