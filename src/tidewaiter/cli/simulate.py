"""``tidewaiter simulate``: make a synthetic world."""

import argparse
import json
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path

from tidewaiter.cli.failure import Failure
from tidewaiter.cli.terminal import progress_bar

_DESCRIPTION = """\
Make a synthetic world: consignments of three administrations with planted schemes, past inspections, and a watchlist,
terms, profiles and intelligence such as those administrations would hold. All brands, firms and persons are invented,
and every row is stamped synthetic. The truth lies sealed in its own folder.

examples
  tidewaiter simulate --out world/                                  20 000 consignments, to look around
  tidewaiter simulate --out world/ --rows 1000000 --days 40 --seed 7  a month and a half of three administrations
"""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = commands.add_parser(
        "simulate",
        help="make a synthetic world to try things on",
        description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--out", type=Path, required=True, help="folder of the world; an earlier world is replaced")
    parser.add_argument("--rows", type=int, default=20_000, help="consignments (default 20 000)")
    parser.add_argument("--days", type=int, default=40, help="days (default 40)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same world (default 1)")
    parser.add_argument("--start", type=date.fromisoformat, default=date(2026, 5, 1), help="first day (2026-05-01)")
    parser.add_argument("--prevalence", type=float, default=0.005, help="part that infringes (default 0.005)")
    parser.add_argument(
        "--watchlist-entries", type=int, default=100_000, help="entries of the watchlist (default 100 000)"
    )
    parser.add_argument("--terms", type=int, default=10_000, help="terms (default 10 000)")
    parser.add_argument("--profiles", type=int, default=200, help="profiles (default 200)")
    parser.add_argument("--processes", type=int, default=2, help="processes to use (default 2)")
    parser.add_argument("--json", action="store_true", help="print the world's description as JSON")
    parser.add_argument("--quiet", action="store_true", help="no progress bar")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Make the world and say what is in it."""
    from tidewaiter.lake.building import DestinationRefused, building
    from tidewaiter.simulation import simulate

    try:
        with building(options.out, marker="world.json") as folder, progress_bar(quiet=options.quiet) as update:
            summary = simulate(
                folder,
                rows=options.rows,
                days=options.days,
                seed=options.seed,
                prevalence=options.prevalence,
                start=options.start,
                processes=options.processes,
                watchlist=options.watchlist_entries,
                terms=options.terms,
                profiles=options.profiles,
                progress=lambda done: update("Making days", done, options.days),
            )
    except (DestinationRefused, ValueError) as refused:
        raise Failure(str(refused), status=2) from refused
    except OSError as error:
        raise Failure(
            f"The world could not be written: {error.strerror or error}. Nothing was put in place."
        ) from error
    if options.json:
        json.dump(asdict(summary), sys.stdout, ensure_ascii=False, indent=2, default=str)
        print()
    else:
        print(f"{summary.rows:,} synthetic consignments over {summary.days} days in {options.out}/consignments")
        print("Beside them: watchlist.csv, terms.csv, profiles.yaml, rates.csv, capacity.csv, intelligence.jsonl.")
        print(f"The truth is sealed in {options.out}/truth: leave it closed until you have a list to judge.")
        print(
            f"Next: ./tw screen {options.out}/consignments --out result/ --watchlist {options.out}/watchlist.csv "
            f"--terms {options.out}/terms.csv --profiles {options.out}/profiles.yaml --rates {options.out}/rates.csv "
            "--capacity 200"
        )
    return 0
