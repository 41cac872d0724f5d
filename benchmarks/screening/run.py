"""Measure `tidewaiter screen` on a simulated world: see README.md."""

import argparse
import json
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from measure import machine, measured

TIDEWAITER = [sys.executable, "-m", "tidewaiter.cli"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--days", type=int, default=40)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--folder", type=Path, help="keep worlds and results here (default: a temporary folder)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        world = folder / f"world-{options.rows}-{options.days}-{options.seed}"
        print(f"{machine()}; {options.rows:,} consignments")
        if not (world / "world.json").exists():
            size = ["--rows", str(options.rows), "--days", str(options.days), "--seed", str(options.seed)]
            made = measured([*TIDEWAITER, "simulate", "--out", str(world), *size, "--quiet"])
            print(f"simulate: {made.wall:.1f} s wall, {made.cpu:.1f} s cpu, peak {made.peak_mib:,.0f} MiB")
            if made.status:
                return made.status
        for number in range(options.runs):
            result = folder / "result"
            done = measured([*screen(world, result), "--processes", str(options.processes), "--quiet"])
            if done.status:
                return done.status
            record = json.loads((result / "run.json").read_text())
            counts = record["counts"]
            working = sum(record["timings"].values()) - record["timings"]["criteria"]
            rate, after = counts["read"] / done.wall, counts["read"] / working
            print(
                f"run {number + 1}: {counts['read']:,} read in {done.wall:.1f} s wall ({rate:,.0f}/s whole command; "
                f"{after:,.0f}/s after start-up), {done.cpu:.1f} s cpu, peak {done.peak_mib:,.0f} MiB, "
                f"{done.own_mib:,.0f} without mapped files; "
                f"{counts['hits']:,} with hits, {counts['selected']:,} selected; stages {record['timings']}"
            )
    return 0


def screen(world: Path, result: Path) -> list[str]:
    """Give the command that screens a world against its own criteria."""
    criteria = [
        "--watchlist", str(world / "watchlist.csv"), "--terms", str(world / "terms.csv"),
        "--profiles", str(world / "profiles.yaml"), "--rates", str(world / "rates.csv"),
    ]  # fmt: skip
    return [*TIDEWAITER, "screen", str(world / "consignments"), "--out", str(result), *criteria, "--capacity", "200"]


if __name__ == "__main__":
    sys.exit(main())
