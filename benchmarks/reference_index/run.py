"""Measure look-ups in the reference index of a made-up lake: see README.md."""

import argparse
import random
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from measure import machine

from tidewaiter.lake.layout import LAKE_CONSIGNMENT
from tidewaiter.lake.parts import write_partitioned
from tidewaiter.lake.reference_index import Index, build, read_consignment

KEY = bytes(range(32))
A_CONSIGNMENT = 10
"""References of each consignment: two ids, six references, a telephone and a party's number."""
ROWS_OF_A_FILE = 20_000
FILES_OF_A_MONTH = 25
SHARED = 2_000
"""Consignments of one vessel."""
PLATES = 90_000
"""Lorries; each bears a consignment in every so many, so that its consignments lie far apart."""
FIRST_DAY = date(2024, 1, 1)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--references", type=int, default=10_000_000)
    parser.add_argument("--look-ups", type=int, default=500)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--folder", type=Path, help="keep the lake and the index here (default: a temporary folder)")
    options = parser.parse_args()
    consignments = -(-options.references // A_CONSIGNMENT)
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        root, index = folder / f"lake-{consignments}", folder / f"index-{consignments}"
        print(f"{machine()}; {consignments:,} consignments, {consignments * A_CONSIGNMENT:,} references")
        if not root.exists():
            _lake(root, consignments)
        shutil.rmtree(index, ignore_errors=True)
        before = _peak()
        start = time.monotonic()
        entries = build(root, index, KEY)
        wall = time.monotonic() - start
        size = sum(path.stat().st_size for path in index.iterdir())
        print(
            f"build: {entries:,} entries in {wall:.1f} s ({entries / wall:,.0f}/s), {size / entries:.1f} bytes each; "
            f"peak memory {_peak():,.0f} MiB ({before:,.0f} before)"
        )
        _measure(index, consignments, options.look_ups, random.Random(options.seed))
    return 0


def _measure(folder: Path, consignments: int, times: int, seeded: random.Random) -> None:
    start = time.perf_counter()
    index = Index.open(folder, KEY)
    print(f"open: {(time.perf_counter() - start) * 1000:.1f} ms")
    numbers = [seeded.randrange(consignments) for _ in range(times)]

    few = min(10, consignments // PLATES)

    def whole(number: int) -> int:
        places = index.find(_bill(number))
        return int(read_consignment(index.root, places[0])["consignment_id"] == f"HK:{number}")

    for name, expected, ask in (
        ("hit", 1, lambda number: len(index.find(_bill(number)))),
        ("hit, and the whole consignment", 1, whole),
        (f"shared by {SHARED:,}, first 20", 20, lambda number: len(index.find(_vessel(number), limit=20))),
        (f"in {few} files, first {few}", few, lambda number: len(index.find(_plate(number), limit=few))),
        ("miss", 0, lambda number: len(index.find(f"NOT{number:09d}"))),
    ):
        _timed(name, expected, numbers, ask)


def _timed(name: str, expected: int, numbers: list[int], ask: Callable[[int], int]) -> None:
    taken = []
    for number in numbers:
        start = time.perf_counter()
        found = ask(number)
        taken.append((time.perf_counter() - start) * 1000)
        if found != expected:
            raise SystemExit(f"{name}: {found} instead of {expected} for number {number}")
    p50, p95 = np.percentile(taken, [50, 95])
    print(f"{name}: p50 {p50:.1f} ms, p95 {p95:.1f} ms, worst {max(taken):.1f} ms ({len(numbers)} look-ups)")


def _bill(number: int) -> str:
    return f"HB {number:09d}"


def _vessel(number: int) -> str:
    return f"Vessel {number // SHARED}"


def _plate(number: int) -> str:
    return f"粤Z·{number % PLATES:05d}港"


def _lake(root: Path, consignments: int) -> None:
    for start in range(0, consignments, ROWS_OF_A_FILE):
        numbers = range(start, min(start + ROWS_OF_A_FILE, consignments))
        day = FIRST_DAY + timedelta(days=start // (ROWS_OF_A_FILE * FILES_OF_A_MONTH) * 31)
        rows = [_row(number, day) for number in numbers]
        batch = pa.RecordBatch.from_pylist(rows, schema=LAKE_CONSIGNMENT)
        write_partitioned(root, "consignment", f"{start:012d}", batch)


def _row(number: int, day: date) -> dict[str, object]:
    references = [
        ("declaration_number", f"{number:018d}"),
        ("house_bill", f"HB{number:09d}"),
        ("container", f"TWIU{number:07d}"),
        ("vessel", _vessel(number)),
        ("plate", _plate(number)),
        ("seal", f"SL{number * 7:010d}"),
    ]
    parties = [
        {"role": "consignor", "name": f"Firm {number % 50_000}", "phone": f"+86137{number % 100_000:08d}"},
        {"role": "consignee", "name": f"Buyer {number}", "identifier_type": "local", "identifier": f"P{number}"},
    ]
    goods = [{"sequence": 1, "hs": "640411", "description": f"sports shoes, style {number % 977}", "quantity": 12.0}]
    return {
        "message_id": f"M{number}", "consignment_id": f"HK:{number}", "function": "original", "partial": False,
        "administration": "HK", "office": "HK-RIVER-TERMINAL", "day": day, "draw": 0.5, "synthetic": True,
        "references": [{"type": kind, "value": value} for kind, value in references], "parties": parties,
        "goods": goods, "source_file": "made-up", "source_position": str(number), "source_rows": 1,
    }  # fmt: skip


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
