"""Draw the lists: partition by partition, so that memory does not grow with the input."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from tidewaiter.lake.layout import LAKE_HIT, Partition
from tidewaiter.lake.parts import write_partitioned
from tidewaiter.lake.queries import consignments_of, hits_in_force, partitions, population
from tidewaiter.runs.criteria import Criteria
from tidewaiter.runs.request import Progress, RunRequest, Watch
from tidewaiter.schemas import CONSIGNMENT, HIT
from tidewaiter.selection.candidates import CANDIDATE, candidates_from_hits
from tidewaiter.selection.capacity import Capacity
from tidewaiter.selection.lists import Selection, select
from tidewaiter.selection.quota import pool_size
from tidewaiter.selection.reasons import with_reasons


@dataclass
class Listed:
    """What the lists hold, in consignments."""

    population: int = 0
    with_hits: int = 0
    selected: int = 0
    overflow: int = 0
    alarms: list[str] = field(default_factory=list)
    digest: str = ""
    """SHA-256 over the selected and overflow rows: equal for equal inputs, criteria, seed and language."""


def draw_lists(
    link: duckdb.DuckDBPyConnection,
    root: Path,
    request: RunRequest,
    capacity: Capacity,
    criteria: Criteria,
    watch: Watch,
) -> Listed:
    """Draw the list of every office and day, write the tables ``selection`` and ``stratum``, and count."""
    pool = pool_size(capacity, share=request.share, fill_with_random=request.fill_with_random)
    listed, digest = Listed(), hashlib.sha256()
    parts = partitions(root)
    for number, partition in enumerate(parts):
        watch(Progress("selection", number, len(parts)))
        drawn, hits = _draw(link, root, partition, request, capacity, pool)
        rows = _told(link, root, partition, drawn, hits, criteria, request.language)
        _write(root, "selection", rows)
        _write(root, "stratum", drawn.strata)
        listed.population += pc.sum(drawn.strata.column("population")).as_py() or 0
        listed.with_hits += pc.count_distinct(hits.column("message_id")).as_py()
        listed.selected += pc.sum(drawn.strata.column("selected")).as_py() or 0
        listed.overflow += pc.sum(drawn.strata.column("overflow")).as_py() or 0
        listed.alarms += drawn.alarms(request.language)
        for batch in rows.combine_chunks().to_batches():
            digest.update(repr(batch.to_pydict()).encode())
    listed.digest = digest.hexdigest()
    return listed


def _draw(
    link: duckdb.DuckDBPyConnection,
    root: Path,
    partition: Partition,
    request: RunRequest,
    capacity: Capacity,
    pool: int,
) -> tuple[Selection, pa.Table]:
    strata, random_pool = population(link, root, partition, pool)
    hits = hits_in_force(link, root, partition)
    if hits is None:
        hits = LAKE_HIT.empty_table()
    places = hits.select(["message_id", "consignment_id", "administration", "office", "day"])
    once = places.group_by(places.schema.names, use_threads=False).aggregate([])
    candidates = (
        candidates_from_hits(hits.select(HIT.names), once, request.seed) if hits.num_rows else CANDIDATE.empty_table()
    )
    selection = select(
        strata,
        candidates,
        random_pool,
        capacity=capacity,
        seed=request.seed,
        share=request.share,
        fill_with_random=request.fill_with_random,
    )
    return selection, hits


def _told(
    link: duckdb.DuckDBPyConnection,
    root: Path,
    partition: Partition,
    drawn: Selection,
    hits: pa.Table,
    criteria: Criteria,
    language: str,
) -> pa.Table:
    chosen = drawn.rows.filter(pc.not_equal(drawn.rows.column("status"), "not_selected")).column("message_id")
    held = consignments_of(link, root, partition, chosen.combine_chunks()).select(CONSIGNMENT.names)
    return with_reasons(drawn.rows, drawn.strata, hits, held, criteria.describers(), language=language)


def _write(root: Path, table: str, rows: pa.Table) -> None:
    for batch in rows.combine_chunks().to_batches():
        write_partitioned(root, table, "0", batch)
