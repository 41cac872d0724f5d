"""Draw the lists, slice by slice, so that memory does not grow with the input."""

import hashlib
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

from tidewaiter.lake.layout import Partition
from tidewaiter.lake.parts import write_partitioned
from tidewaiter.lake.queries import partitions, population
from tidewaiter.runs.criteria import CriteriaFiles
from tidewaiter.runs.request import Progress, RunRequest, Watch
from tidewaiter.runs.sheets import ListSheets
from tidewaiter.runs.slices import SLICE_ROWS, PartitionFiles, Slice, days_of, slices
from tidewaiter.runs.told import Telling, Untold, write_rows
from tidewaiter.screening.drivers.contract import Driver
from tidewaiter.selection.candidates import candidates_from_hits
from tidewaiter.selection.capacity import Capacity
from tidewaiter.selection.lists import Selection, select
from tidewaiter.selection.quota import pool_size

TOLD_ROWS = 10_000
"""Rows on lists that are told together."""

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
    criteria: CriteriaFiles,
    driver: Driver,
    watch: Watch,
) -> Listed:
    """Draw the list of each office and day; write the tables ``selection`` and ``stratum`` and the lists for people.

    The lists are drawn here and told of by ``driver``, the next ones being drawn meanwhile.
    """
    pool = pool_size(capacity, share=request.share, fill_with_random=request.fill_with_random)
    found = partitions(root)
    others, on_lists = hashlib.sha256(), hashlib.sha256()
    listed = Listed()

    def kept() -> Iterator[_Drawn]:
        cut = _together(_cut(link, root, found, pool), lambda part: part.population, SLICE_ROWS)
        for number, parts in enumerate(cut):
            drawn = _draw(parts, request, capacity)
            on_list = pc.not_equal(drawn.rows.column("status"), "not_selected")
            others.update(write_rows(root, f"others-{number:04d}", drawn.rows.filter(pc.invert(on_list))))
            _write_strata(root, number, drawn.strata)
            yield replace(drawn, rows=drawn.rows.filter(on_list))

    def untold() -> Iterator[Untold]:
        for number, lists in enumerate(_together(_ahead(kept()), lambda one: one.rows.num_rows, TOLD_ROWS)):
            watch(Progress("selection", found.index(lists[-1].parts[-1].files.partition), len(found)))
            for one in lists:
                _count(listed, one, request.language)
            yield _untold(number, lists)

    with ListSheets(root, request.language) as sheets:
        for told in driver.run(Telling(root, criteria, request.language), untold()):
            on_lists.update(told.canonical)
            sheets.add(told.lines)
    listed.digest = hashlib.sha256(others.digest() + on_lists.digest()).hexdigest()
    return listed


@dataclass(frozen=True)
class _Drawn(Selection):
    """Lists as drawn, and what is needed to tell of them."""

    parts: Sequence[Slice]
    hits: pa.Table
    """The hits of the rows on the lists."""
    with_hits: int
    """Consignments with a hit, on a list or not."""


def _untold(number: int, lists: Sequence[_Drawn]) -> Untold:
    """Put lists together. Slices of a partition share files, which are read once for all of them."""
    places = [
        (files.partition, days_of(pa.concat_tables(part.strata for part in parts)))
        for files, parts in groupby((part for one in lists for part in one.parts), key=lambda part: part.files)
    ]
    return Untold(
        number,
        pa.concat_tables(one.rows for one in lists),
        pa.concat_tables(one.strata for one in lists),
        pa.concat_tables(one.hits for one in lists),
        places,
    )


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
        set_aside=request.set_aside,
        hits=hits,
    )
    on_list = drawn.rows.filter(pc.not_equal(drawn.rows.column("status"), "not_selected"))
    told = hits.filter(pc.is_in(hits.column("message_id"), value_set=on_list.column("message_id").combine_chunks()))
    return _Drawn(drawn.rows, drawn.strata, parts, told, places.height)


def _count(listed: Listed, drawn: _Drawn, language: str) -> None:
    listed.population += sum(part.population for part in drawn.parts)
    listed.with_hits += drawn.with_hits
    listed.selected += pc.sum(drawn.strata.column("selected")).as_py() or 0
    listed.overflow += pc.sum(drawn.strata.column("overflow")).as_py() or 0
    listed.alarms += drawn.alarms(language)


def _write_strata(root: Path, number: int, strata: pa.Table) -> None:
    for batch in strata.combine_chunks().to_batches():
        write_partitioned(root, "stratum", f"{number:04d}", batch)
