"""Lay the versions of declarations over each other, many declarations at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from tidewaiter.intake.versions.keys import NAMING
from tidewaiter.intake.versions.lists import Moved, Row, merged_flags, merged_lists
from tidewaiter.schemas import CONSIGNMENT
from tidewaiter.schemas.nested import children

__all__ = ["Chain", "composed"]

Places = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

_LISTS = ("parties", "route", "goods")
_NOT_VALUES = (
    "message_id", "consignment_id", "function", "partial", "administration", "source_rows", "synthetic", "flags",
    "references", *_LISTS,
)  # fmt: skip
_TIMES = {"issued_at": (), "lodged_at": ("lodged_offset",), "presented_at": ("presented_offset",)}
"""Times that stay true where a whole version does not repeat them; each takes its offset along."""


@dataclass(frozen=True, slots=True)
class Chain:
    """The messages that make one version in force: places in a table, the original first, then in order."""

    rows: tuple[int, ...]
    message_id: str
    consignment_id: str
    flags: tuple[str, ...] = ()
    """Doubts about how the messages belong together, as codes."""


def composed(messages: pa.Table, chains: Sequence[Chain]) -> pa.Table:
    """Compose versions in force (``schemas.CONSIGNMENT``), one a chain, in the order of the chains.

    A partial message changes what it carries: values one by one, goods items by their sequence, references by type and
    value, parties by role, legs by role and sequence. A whole one (not partial, with goods) replaces all but the
    declaration's own numbers and the times of issue, lodgement and presentation, which stay true where it does not
    repeat them.
    """
    if not chains:
        return CONSIGNMENT.empty_table()
    return _Composition(messages, chains).table()


class _Composition:
    """The messages of all chains one after another, and for each value the place that it is taken from."""

    def __init__(self, messages: pa.Table, chains: Sequence[Chain]) -> None:
        self._chains = chains
        rows = [row for chain in chains for row in chain.rows]
        taken = messages.select(CONSIGNMENT.names).take(pa.array(rows, pa.int64())).combine_chunks()
        self._messages: pa.RecordBatch = taken.to_batches()[0]
        lengths = np.array([len(chain.rows) for chain in chains])
        self._first: Places = np.cumsum(lengths) - lengths
        self._last: Places = self._first + lengths - 1
        self._chain: Places = np.repeat(np.arange(len(chains)), lengths)
        self._places: Places = np.arange(len(rows))
        has_goods = self._lengths("goods") > 0
        whole = has_goods & ~self._bools("partial") & (self._places != self._first[self._chain])
        # Nothing that came before the last whole message counts, but for numbers and times.
        self._start: Places = np.maximum(self._latest(whole), self._first)
        self._counts: Mask = self._places >= self._start[self._chain]

    def table(self) -> pa.Table:
        """Compose."""
        columns: dict[str, pa.Array] = {}
        moved: dict[str, dict[int, Moved]] = {}
        for name in CONSIGNMENT.names:
            if name not in _LISTS:
                columns[name] = self._taken(name, self._latest(self._valid(name) & self._counts))
        for time, offsets in _TIMES.items():
            latest = self._latest(self._valid(time))
            for name in (time, *offsets):
                columns[name] = self._taken(name, latest)
        for name in ("function", "source_file", "source_position"):
            columns[name] = self._taken(name, self._last)
        for name in _LISTS:
            columns[name], moved[name] = self._list(name)
        columns["references"] = self._references()
        columns["flags"] = self._flags(moved["goods"])
        columns |= self._envelope()
        return pa.Table.from_arrays([columns[name] for name in CONSIGNMENT.names], schema=CONSIGNMENT)

    def _envelope(self) -> dict[str, pa.Array]:
        rows = np.nan_to_num(self._messages.column("source_rows").to_numpy(zero_copy_only=False))
        return {
            "message_id": pa.array([chain.message_id for chain in self._chains], pa.string()),
            "consignment_id": pa.array([chain.consignment_id for chain in self._chains], pa.string()),
            "partial": pa.array(np.zeros(len(self._chains), dtype=bool)),
            "administration": self._taken("administration", self._first),
            "source_rows": pa.array(np.add.reduceat(rows, self._first).astype(np.int32)),
            "synthetic": pa.array(np.logical_or.reduceat(self._bools("synthetic"), self._first)),
        }

    def _valid(self, name: str) -> Mask:
        return np.asarray(self._messages.column(name).is_valid().to_numpy(zero_copy_only=False))

    def _bools(self, name: str) -> Mask:
        return np.asarray(self._messages.column(name).to_numpy(zero_copy_only=False), dtype=bool)

    def _lengths(self, name: str) -> Places:
        lengths = pc.fill_null(pc.list_value_length(self._messages.column(name)), 0)
        return np.asarray(lengths.to_numpy(zero_copy_only=False))

    def _latest(self, chosen: Mask) -> Places:
        """The last chosen place of each chain; -1 for none."""
        return np.maximum.reduceat(np.where(chosen, self._places, -1), self._first)

    def _taken(self, name: str, places: Places) -> pa.Array:
        return self._messages.column(name).take(pa.array(places, mask=places < 0))

    def _list(self, name: str) -> tuple[pa.Array, dict[int, Moved]]:
        """Merge a list where several messages give it. For goods, also says where the items of each message went."""
        given = (self._lengths(name) > 0) & self._counts
        latest = self._latest(given)
        alone = self._taken(name, np.where(latest < 0, self._start, latest))
        several = np.flatnonzero(np.add.reduceat(given.astype(np.int64), self._first) > 1)
        if several.size == 0:
            return alone, {}
        chosen = np.flatnonzero(given & np.isin(self._chain, several))
        lists = self._messages.column(name).take(pa.array(chosen)).to_pylist()
        merged, moved = merged_lists(name, zip(self._chain[chosen].tolist(), chosen.tolist(), lists, strict=True))
        at = np.arange(len(self._chains))
        at[several] = len(self._chains) + np.arange(several.size)
        return pa.concat_arrays([alone, pa.array(merged, alone.type)]).take(pa.array(at)), moved

    def _references(self) -> pa.Array:
        """All that count, and the declaration's own numbers from the versions before; each once."""
        row, references = children(self._messages, "references")
        own = pc.is_in(references.field("type"), value_set=pa.array(NAMING)).to_numpy(zero_copy_only=False)
        kept = np.flatnonzero(self._counts[row] | own)
        references = references.take(pa.array(kept))
        frame = pl.DataFrame(
            [pl.Series("chain", self._chain[row[kept]]), *(_series(references, part) for part in ("type", "value"))]
        )
        once = frame.select(pl.struct(pl.all()).is_first_distinct()).to_series().to_numpy()
        return self._by_chain(frame["chain"].to_numpy()[once], references.filter(pa.array(once)), "references")

    def _flags(self, moved: dict[int, Moved]) -> pa.Array:
        """Flags on what still stands, and on how the messages belong together."""
        given = np.flatnonzero((self._lengths("flags") > 0) & self._counts)
        flags = dict(zip(given.tolist(), self._messages.column("flags").take(pa.array(given)).to_pylist(), strict=True))
        values = {name: self._valid(name) for name in CONSIGNMENT.names if name not in _NOT_VALUES}
        chains: list[int] = []
        found: list[Row] = []
        flagged = set(self._chain[given].tolist())
        for number, chain in enumerate(self._chains):
            kept: list[Row] = []
            if number in flagged:
                start = int(self._start[number])
                kept = flags.get(start, [])
                for place in range(start + 1, int(self._last[number]) + 1):
                    changed = {name for name in {flag["field"] for flag in kept} & values.keys() if values[name][place]}
                    kept = merged_flags(kept, flags.get(place, []), changed, moved.get(place, {}))
            for code in chain.flags:
                flag = {"code": code, "field": "references"}
                kept = kept if flag in kept else [*kept, flag]
            found += kept
            chains += [number] * len(kept)
        kind = self._messages.schema.field("flags").type.value_type
        return self._by_chain(np.array(chains, dtype=np.int64), pa.array(found, kind), "flags")

    def _by_chain(self, chain: Places, elements: pa.StructArray, name: str) -> pa.ListArray:
        ends = np.cumsum(np.bincount(chain, minlength=len(self._chains)))
        offsets = pa.array(np.concatenate([[0], ends]).astype(np.int32))
        return pa.ListArray.from_arrays(offsets, elements, type=CONSIGNMENT.field(name).type)


def _series(elements: pa.StructArray, part: str) -> pl.Series:
    return pl.Series(part, pl.from_arrow(elements.field(part)), dtype=pl.String)
