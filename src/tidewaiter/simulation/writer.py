"""Writing a world: days in a pool of processes, each file whole or absent, the summary last."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from multiprocessing import get_context
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tidewaiter.simulation import world as worlds
from tidewaiter.simulation.world import Parameters

STAMP = {b"tidewaiter.synthetic": b"true"}


@dataclass(frozen=True)
class WorldSummary:
    """What was written."""

    out: Path
    rows: int
    days: int


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
) -> WorldSummary:
    """Write a world of that many messages over that many days below ``out``."""
    given = Parameters(rows=rows, days=days, seed=seed, prevalence=prevalence, start=start)
    out.mkdir(parents=True, exist_ok=True)
    messages = 0
    for done, count in enumerate(_days(out, given, processes), 1):
        messages += count
        if progress is not None:
            progress(done)
    text = json.dumps({"synthetic": True, **asdict(given), "start": start.isoformat(), "messages": messages}, indent=2)
    (out / "world.json").write_text(text + "\n", encoding="utf-8")
    return WorldSummary(out, messages, days)


def _days(out: Path, given: Parameters, processes: int) -> Iterator[int]:
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


def _write_day(out: Path, given: Parameters, at: int) -> int:
    found = worlds.generate_day(_world(given), at)
    for folder, batch in (
        ("consignments", found.consignments),
        ("inspections", found.inspections),
        ("truth", found.truth),
    ):
        write(out / folder / f"day={found.day.isoformat()}" / "part-0.parquet", batch)
    return int(found.consignments.num_rows)


def write(path: Path, batch: pa.RecordBatch) -> None:
    """Write a Parquet file that says it is synthetic; it appears under its name only when whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    schema = batch.schema.with_metadata({**(batch.schema.metadata or {}), **STAMP})
    partial = path.with_suffix(".partial")
    with pq.ParquetWriter(partial, schema, compression="zstd", compression_level=1) as writer:
        writer.write_batch(batch.replace_schema_metadata(schema.metadata))
    partial.replace(path)
