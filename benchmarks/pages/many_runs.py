"""Look references up in the indexes of many runs, as a node does that has run every day: see README.md.

    python benchmarks/pages/many_runs.py --result RESULT --runs 300

Each run is the largest file of the result; its index is made once and copied.
"""

import argparse
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import polars as pl

from tidewaiter.lake.reference_index import Index, build

KEY = b"a key for measuring, invented"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--result", type=Path, required=True)
    parser.add_argument("--runs", type=int, default=300)
    parser.add_argument("--times", type=int, default=100)
    options = parser.parse_args()
    source = max(options.result.glob("consignment/*/*/*.parquet"), key=lambda one: one.stat().st_size)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        result = folder / "runs" / source.relative_to(options.result)
        result.parent.mkdir(parents=True)
        shutil.copy(source, result)
        entries = build(folder / "runs", folder / "index" / "0", KEY)
        for number in range(1, options.runs):
            shutil.copytree(folder / "index" / "0", folder / "index" / str(number))
        start = time.perf_counter()
        indexes = [Index.open(folder / "index" / str(number), KEY) for number in range(options.runs)]
        opening = time.perf_counter() - start
        print(f"{options.runs} runs of {entries:,} references; opened in {opening * 1000:.0f} ms, once a start")
        _measure("miss", indexes, [f"NOT{random.randrange(10**9):09d}" for _ in range(options.times)])
        held = pl.read_parquet(source, columns=["consignment_id"], hive_partitioning=False)["consignment_id"]
        _measure("hit, in one run", indexes[-1:], held.sample(options.times, seed=7).to_list())
    return 0


def _measure(name: str, indexes: list[Index], asked: list[str]) -> None:
    taken = []
    for reference in asked:
        start = time.perf_counter()
        for index in indexes:
            index.find(reference, limit=10)
        taken.append((time.perf_counter() - start) * 1000)
    print(f"{name:30} p50 {np.percentile(taken, 50):6.1f} ms, p95 {np.percentile(taken, 95):6.1f} ms")


if __name__ == "__main__":
    sys.exit(main())
