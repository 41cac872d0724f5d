"""Writing a world: days in a pool of processes, each file whole or absent, the summary last."""

import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass, fields
from datetime import date
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tidewaiter.simulation import world as worlds
from tidewaiter.simulation.companions import write_companions
from tidewaiter.simulation.shares import by_administration
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
    rows: int = 0
    consignments: int = 0
    infringing: int = 0
    inspections: int = 0
    schemes: int = 0
    days: int = 0


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
    of those lists. ``out`` should be empty: days of an earlier world would stay. ``world.json`` is written last: a
    folder without it is no whole world.

    Raises:
        ValueError: for parameters that make no world.
        OSError: where a file cannot be written.
    """
    begun = time.perf_counter()
    given = Parameters(rows=rows, days=days, seed=seed, prevalence=prevalence, start=start)
    out.mkdir(parents=True, exist_ok=True)
    (out / SUMMARY).unlink(missing_ok=True)
    sizes = {"watchlist": watchlist, "terms": terms, "profiles": profiles}
    totals = _Counts()
    for one in _pieces(out, given, sizes, processes):
        totals = _Counts(*(getattr(totals, f.name) + getattr(one, f.name) for f in fields(_Counts)))
        if progress is not None and one.days:
            progress(totals.days)
    _write_summary(out, given, totals, sizes)
    return WorldSummary(**asdict(totals), seconds=round(time.perf_counter() - begun, 2))


def _write_summary(out: Path, given: Parameters, totals: _Counts, companions: dict[str, int]) -> None:
    """Write ``world.json``. It says how the world was made and what it holds, and nothing of the truth."""
    counts = {name: value for name, value in asdict(totals).items() if name not in ("infringing", "schemes")}
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


def _pieces(out: Path, given: Parameters, sizes: dict[str, int], processes: int) -> Iterator[_Counts]:
    """Write all pieces of a world, and say of each what it holds once it is written.

    Where something fails, or the user stops the run, pieces that have not begun are dropped.
    """
    if processes <= 1:
        yield _write_beside(out, given, sizes)
        for at in range(given.days):
            yield _write_day(out, given, at)
        return
    context = get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context, initializer=_prepare, initargs=(given,)) as pool:
        tasks = [pool.submit(_write_beside, out, given, sizes)]
        tasks += [pool.submit(_write_day, out, given, at) for at in range(given.days)]
        try:
            for task in as_completed(tasks):
                yield task.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _prepare(given: Parameters) -> None:
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    _world(given)


@lru_cache(maxsize=1)
def _world(given: Parameters) -> worlds.World:
    return worlds.build(given)


def _write_beside(out: Path, given: Parameters, sizes: dict[str, int]) -> _Counts:
    """Write what stands beside the days, and the schemes into the sealed folder."""
    world = _world(given)
    write_companions(out, world, entries=sizes["watchlist"], term_count=sizes["terms"], profile_count=sizes["profiles"])
    write_schemes(out / "truth", world.schemes, given.start)
    return _Counts(schemes=len(world.schemes))


def _write_day(out: Path, given: Parameters, at: int) -> _Counts:
    found = worlds.generate_day(_world(given), at)
    for folder, batch in (("consignments", found.consignments), ("inspections", found.inspections)):
        for path, rows in by_administration(batch, found.day):
            write(out / folder / path, rows)
    write(out / "truth" / f"day={found.day.isoformat()}" / "part-0.parquet", found.truth)
    return _Counts(
        rows=found.consignments.num_rows,
        consignments=found.truth.num_rows,
        infringing=pc.sum(found.truth.column("infringing")).as_py() or 0,
        inspections=found.inspections.num_rows,
        days=1,
    )


def write(path: Path, batch: pa.RecordBatch) -> None:
    """Write a Parquet file that says it is synthetic; it appears under its name only when whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    schema = batch.schema.with_metadata({**(batch.schema.metadata or {}), **STAMP})
    partial = path.with_suffix(".partial")
    with pq.ParquetWriter(partial, schema, compression="zstd", compression_level=1) as writer:
        writer.write_batch(batch.replace_schema_metadata(schema.metadata))
    partial.replace(path)
