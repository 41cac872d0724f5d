"""Writing a world: days in a pool of processes, each file whole or absent, the summary last."""

import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass, fields
from datetime import date
from functools import cache
from multiprocessing import get_context
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tidewaiter.simulation import world as worlds
from tidewaiter.simulation.companions import write_companions
from tidewaiter.simulation.truth import write_schemes
from tidewaiter.simulation.world import VERSION, Parameters

SUMMARY = "world.json"
STAMP = {b"tidewaiter.synthetic": b"true"}


@dataclass(frozen=True)
class WorldSummary:
    """What was written. ``infringing`` counts what the sealed truth holds; the consignments do not show it."""

    rows: int
    consignments: int
    infringing: int
    inspections: int
    schemes: int
    days: int
    seconds: float


@dataclass(frozen=True)
class _Counts:
    rows: int
    consignments: int
    infringing: int
    inspections: int


def simulate(
    out: Path,
    *,
    rows: int,
    days: int,
    seed: int,
    start: date,
    prevalence: float = 0.005,
    progress: Callable[[int], None] | None = None,
    processes: int = 2,
    watchlist: int = 100_000,
    terms: int = 10_000,
    profiles: int = 200,
) -> WorldSummary:
    """Write a world of ``rows`` messages over ``days`` days below ``out``, with its companions and its sealed truth.

    ``progress`` is called with the number of days done so far. ``watchlist``, ``terms`` and ``profiles`` are the sizes
    of those lists. ``world.json`` is written last: a folder without it is no whole world.

    Raises:
        ValueError: for parameters that make no world.
        OSError: where a file cannot be written.
    """
    begun = time.perf_counter()
    given = Parameters(rows=rows, days=days, seed=seed, prevalence=prevalence, start=start)
    out.mkdir(parents=True, exist_ok=True)
    (out / SUMMARY).unlink(missing_ok=True)
    totals = _Counts(0, 0, 0, 0)
    for done, one in enumerate(_days(out, given, processes), 1):
        totals = _Counts(*(getattr(totals, f.name) + getattr(one, f.name) for f in fields(_Counts)))
        if progress is not None:
            progress(done)
    world = _world(given)
    write_companions(out, world, entries=watchlist, term_count=terms, profile_count=profiles)
    write_schemes(out / "truth", world.schemes, start)
    _write_summary(out, given, totals, {"watchlist": watchlist, "terms": terms, "profiles": profiles})
    seconds = round(time.perf_counter() - begun, 2)
    return WorldSummary(**asdict(totals), schemes=len(world.schemes), days=days, seconds=seconds)


def _write_summary(out: Path, given: Parameters, totals: _Counts, companions: dict[str, int]) -> None:
    """Write ``world.json``. It says how the world was made and what it holds, and nothing of the truth."""
    counts = {name: value for name, value in asdict(totals).items() if name != "infringing"}
    summary = {
        "synthetic": True,
        "note": "Everything here is invented. Names that equal real ones do so by chance.",
        "generator": {"name": "tidewaiter.simulation", "version": VERSION},
        "parameters": {**asdict(given), "start": given.start.isoformat(), **companions},
        "counts": counts,
    }
    partial = out / f"{SUMMARY}.partial"
    partial.write_text(json.dumps(summary, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    partial.replace(out / SUMMARY)


def _days(out: Path, given: Parameters, processes: int) -> Iterator[_Counts]:
    if processes <= 1:
        for at in range(given.days):
            yield _write_day(out, given, at)
        return
    with ProcessPoolExecutor(
        processes, mp_context=get_context("spawn"), initializer=_prepare, initargs=(given,)
    ) as pool:
        for done in as_completed([pool.submit(_write_day, out, given, at) for at in range(given.days)]):
            yield done.result()


def _prepare(given: Parameters) -> None:
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    _world(given)


@cache
def _world(given: Parameters) -> worlds.World:
    return worlds.build(given)


def _write_day(out: Path, given: Parameters, at: int) -> _Counts:
    found = worlds.generate_day(_world(given), at)
    for folder, batch in (
        ("consignments", found.consignments),
        ("inspections", found.inspections),
        ("truth", found.truth),
    ):
        write(out / folder / f"day={found.day.isoformat()}" / "part-0.parquet", batch)
    return _Counts(
        rows=found.consignments.num_rows,
        consignments=found.truth.num_rows,
        infringing=pc.sum(found.truth.column("infringing")).as_py() or 0,
        inspections=found.inspections.num_rows,
    )


def write(path: Path, batch: pa.RecordBatch) -> None:
    """Write a Parquet file that says it is synthetic; it appears under its name only when whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    schema = batch.schema.with_metadata({**(batch.schema.metadata or {}), **STAMP})
    partial = path.with_suffix(".partial")
    with pq.ParquetWriter(partial, schema, compression="zstd", compression_level=1) as writer:
        writer.write_batch(batch.replace_schema_metadata(schema.metadata))
    partial.replace(path)
