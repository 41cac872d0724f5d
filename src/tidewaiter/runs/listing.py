"""Draw the lists, slice by slice, so that memory does not grow with the input."""

import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from typing import TypeVar

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from tidewaiter.domain.vocabulary import HitKind
from tidewaiter.lake.layout import Partition
from tidewaiter.lake.parts import write_partitioned
from tidewaiter.lake.queries import partitions, population
from tidewaiter.runs.criteria import Criteria
from tidewaiter.runs.filled_in import columns_of, is_filled_in
from tidewaiter.runs.request import Progress, RunRequest, Watch
from tidewaiter.runs.sheets import DETAILS, ListSheets, in_words
from tidewaiter.runs.slices import SLICE_ROWS, PartitionFiles, Slice, days_of, slices
from tidewaiter.selection.candidates import candidates_from_hits
from tidewaiter.selection.capacity import Capacity
from tidewaiter.selection.lists import Selection, select
from tidewaiter.selection.quota import pool_size
from tidewaiter.selection.reasons import READ_FROM, with_reasons
from tidewaiter.selection.wording import Describers

TOLD_ROWS = 60_000
"""Rows on lists that are told together: enough that reading whole files for them is worth it."""

_Item = TypeVar("_Item")


@dataclass
class Listed:
    """What the lists hold, in consignments."""

    population: int = 0
    with_hits: int = 0
    selected: int = 0
    overflow: int = 0
    alarms: list[str] = field(default_factory=list)
    digest: str = ""
    """SHA-256 over the rows of the selection: equal for equal inputs, criteria, seed and language."""


def draw_lists(
    link: duckdb.DuckDBPyConnection,
    root: Path,
    request: RunRequest,
    capacity: Capacity,
    criteria: Criteria,
    watch: Watch,
) -> Listed:
    """Draw the list of each office and day; write the tables ``selection`` and ``stratum`` and the lists for people."""
    pool = pool_size(capacity, share=request.share, fill_with_random=request.fill_with_random)
    found = partitions(root)
    others, on_lists = _Rows(root, "others"), _Rows(root, "lists")
    drawn = (
        _kept(root, number, _draw(parts, request, capacity), others)
        for number, parts in enumerate(
            _together(_cut(link, root, found, pool), lambda part: part.population, SLICE_ROWS)
        )
    )
    listed = Listed()
    # What does not wait for the reasons is done beside them.
    with ListSheets(root, request.language) as sheets, ThreadPoolExecutor(1) as aside:
        for lists in _together(_ahead(drawn), lambda one: one.rows.num_rows, TOLD_ROWS):
            watch(Progress("selection", found.index(lists[-1].parts[-1].files.partition), len(found)))
            details, named = _details(lists, criteria, request.language)
            words = aside.submit(in_words, details)
            rows = _tell(lists, details, named, criteria, request.language)
            tables = aside.submit(on_lists.write, rows)
            sheets.write(rows, words.result())
            tables.result()
            for one in lists:
                _count(listed, one, request.language)
    listed.digest = hashlib.sha256(others.digest.digest() + on_lists.digest.digest()).hexdigest()
    return listed


class _Rows:
    """Writes rows of the table ``selection``, part by part, and digests them."""

    def __init__(self, root: Path, name: str) -> None:
        self._root = root
        self._name = name
        self._parts = 0
        self.digest = hashlib.sha256()

    def write(self, rows: pa.Table) -> None:
        """Write the next rows."""
        _write(self._root, "selection", f"{self._name}-{self._parts:04d}", rows)
        self.digest.update(_canonical(rows))
        self._parts += 1


@dataclass(frozen=True)
class _Drawn(Selection):
    """Lists as drawn, and what is needed to tell of them."""

    parts: Sequence[Slice]
    hits: pa.Table
    """The hits of the rows on the lists."""
    with_hits: int
    """Consignments with a hit, on a list or not."""


def _cut(link: duckdb.DuckDBPyConnection, root: Path, found: Iterable[Partition], pool: int) -> Iterator[Slice]:
    """Give the slices of all partitions, in order."""
    for partition in found:
        yield from slices(PartitionFiles(root, partition), *population(link, root, partition, pool))


def _ahead(items: Iterator[_Item]) -> Iterator[_Item]:
    """Make the next item in a thread of its own while the last one is worked on."""
    with ThreadPoolExecutor(1) as thread:
        coming = thread.submit(next, items, None)
        while (item := coming.result()) is not None:
            coming = thread.submit(next, items, None)
            yield item


def _together(items: Iterable[_Item], size: Callable[[_Item], int], enough: int) -> Iterator[list[_Item]]:
    """Put neighbours together until they are worth the effort: many partitions hold a handful of rows."""
    gathered: list[_Item] = []
    held = 0
    for item in items:
        if gathered and held + size(item) > enough:
            yield gathered
            gathered, held = [], 0
        gathered.append(item)
        held += size(item)
    if gathered:
        yield gathered


def _draw(parts: Sequence[Slice], request: RunRequest, capacity: Capacity) -> _Drawn:
    hits = pa.concat_tables(part.hits() for part in parts)
    places = pl.DataFrame(hits.select(["message_id", "consignment_id", "administration", "office", "day"]))
    places = places.unique("message_id")
    drawn = select(
        pa.concat_tables(part.strata for part in parts),
        candidates_from_hits(hits, places.to_arrow(), request.seed),
        pa.concat_tables(part.random_pool for part in parts),
        capacity=capacity,
        seed=request.seed,
        share=request.share,
        fill_with_random=request.fill_with_random,
    )
    on_list = drawn.rows.filter(pc.not_equal(drawn.rows.column("status"), "not_selected"))
    told = hits.filter(pc.is_in(hits.column("message_id"), value_set=on_list.column("message_id").combine_chunks()))
    return _Drawn(drawn.rows, drawn.strata, parts, told, places.height)


def _kept(root: Path, number: int, drawn: _Drawn, others: _Rows) -> _Drawn:
    """Write the strata, and the rows that are on no list, of which nothing is told; give the lists."""
    on_list = pc.not_equal(drawn.rows.column("status"), "not_selected")
    others.write(drawn.rows.filter(pc.invert(on_list)))
    _write(root, "stratum", f"{number:04d}", drawn.strata)
    return replace(drawn, rows=drawn.rows.filter(on_list))


def _details(lists: Sequence[_Drawn], criteria: Criteria, language: str) -> tuple[pa.Table, list[str]]:
    """Read of the consignments on the lists what is told of them; names the columns that the words of profiles need.

    Each file is read once: slices of a partition share files.
    """
    named = _columns_named(pa.concat_tables(one.hits for one in lists), criteria, language)
    columns = sorted({*DETAILS, *READ_FROM, *named})
    ids = pa.concat_tables(one.rows.select(["message_id"]) for one in lists).column(0).combine_chunks()
    found = []
    for files, parts in groupby((part for one in lists for part in one.parts), key=lambda part: part.files):
        found.append(files.details(days_of(pa.concat_tables(part.strata for part in parts)), ids, columns))
    return pa.concat_tables(found), named


def _columns_named(hits: pa.Table, criteria: Criteria, language: str) -> list[str]:
    """The columns of consignments that the sentences of the profiles among the hits are filled in from."""
    if criteria.profiles is None:
        return []
    rules = pl.DataFrame(hits.select(["kind", "rule"])).filter(pl.col("kind") == HitKind.PROFILE.value)["rule"].unique()
    return columns_of((criteria.profiles.by_id[rule] for rule in rules), language)


def _tell(
    lists: Sequence[_Drawn], details: pa.Table, named: Iterable[str], criteria: Criteria, language: str
) -> pa.Table:
    """Give the rows of some lists with their reasons."""
    return with_reasons(
        pa.concat_tables(one.rows for one in lists),
        pa.concat_tables(one.strata for one in lists),
        pa.concat_tables(one.hits for one in lists),
        details,
        _describers(criteria),
        language=language,
        filled_from=details.select(["message_id", *sorted({column.partition(".")[0] for column in named})]),
    )


def _describers(criteria: Criteria) -> Describers:
    given, profiles = criteria.describers(), criteria.profiles
    if profiles is None:
        return given
    return replace(given, fills_in=lambda name, language: is_filled_in(profiles.by_id[name], language))


def _count(listed: Listed, drawn: _Drawn, language: str) -> None:
    listed.population += sum(part.population for part in drawn.parts)
    listed.with_hits += drawn.with_hits
    listed.selected += pc.sum(drawn.strata.column("selected")).as_py() or 0
    listed.overflow += pc.sum(drawn.strata.column("overflow")).as_py() or 0
    listed.alarms += drawn.alarms(language)


def _canonical(rows: pa.Table) -> memoryview:
    """Write rows as text: equal rows are equal bytes, however they lie in memory."""
    text = io.BytesIO()
    pl.DataFrame(rows).with_columns(pl.col("reasons").list.join("\n")).write_csv(text, include_header=False)
    return text.getbuffer()


def _write(root: Path, table: str, name: str, rows: pa.Table) -> None:
    for batch in rows.combine_chunks().to_batches():
        write_partitioned(root, table, name, batch)
