"""``tidewaiter screen``: from declarations to an inspection list."""

import argparse
import json
import os
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from tidewaiter.cli.failure import Failure
from tidewaiter.cli.terminal import progress_bar

_DESCRIPTION = """\
Read declarations, hold them against a watchlist, terms and profiles, and draw the inspection list of each office and
day: a random share first, then mandatory hits, then the others by priority. Every selected row says why.

INPUT is a file, a folder or a tar archive: CSV (plain, .gz, .zst), Parquet, JSON Lines, or WCO Data Model XML.

examples
  tidewaiter screen declarations.csv --out result/ --capacity 20
      no criteria: the random share alone, to see what the data looks like
  tidewaiter screen 2026-05/ --out result/ --watchlist watch.csv --terms terms.csv --profiles profiles.yaml
      a folder of declarations against all three kinds of criteria
  tidewaiter screen theirs.csv --mapping theirs.toml --administration HK --out result/
      a CSV file of another system: docs/how-to/read-your-own-csv.md
  tidewaiter screen world/consignments --out result/ --as-of 2026-05-20T00:00+08:00
      as it stood at that moment: later amendments do not count yet

what is in result/
  inspection-list.csv   the list for people, safe to open in a spreadsheet; overflow.csv and rejects.csv beside it
  run.json              what was read, with what, and the counts
  selection/ stratum/ hit/ consignment/ reject/ …   the same as Parquet tables (docs/reference/tables.md)
"""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = commands.add_parser(
        "screen",
        help="from declarations to an inspection list",
        description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("inputs", nargs="+", type=Path, metavar="INPUT", help="file, folder or archive")
    parser.add_argument("--out", type=Path, required=True, help="folder of the result; an earlier result is replaced")
    criteria = parser.add_argument_group("criteria")
    criteria.add_argument("--watchlist", type=Path, help="CSV of watchlist entries (docs/reference/criteria.md)")
    criteria.add_argument("--terms", type=Path, help="CSV of brand and product terms")
    criteria.add_argument("--profiles", type=Path, help="YAML of profiles (docs/reference/profile-language.md)")
    criteria.add_argument("--rates", type=Path, help="CSV of exchange rates, for profiles that compare values")
    selection = parser.add_argument_group("selection")
    selection.add_argument(
        "--capacity", type=_capacity, default=200, help="controls per office and day: a number, or a CSV (default 200)"
    )
    selection.add_argument(
        "--random-share", type=_share, default=0.1, help="part of the capacity drawn at random first (default 0.1)"
    )
    selection.add_argument(
        "--fill-with-random", action="store_true", help="fill capacity that no hit needs with further random rows"
    )
    selection.add_argument("--seed", type=int, default=1, help="seed of the draw (default 1)")
    selection.add_argument("--as-of", type=_moment, help="count only what was issued until this time (ISO 8601)")
    reading = parser.add_argument_group("reading")
    reading.add_argument(
        "--mapping", help="name of a shipped mapping or path of a TOML mapping, for CSV and JSON Lines"
    )
    reading.add_argument(
        "--administration", help="administration to assume where the input names none: CN-GD, HK, MO, …"
    )
    parser.add_argument("--language", choices=LANGUAGES, default="en", help="language of the reasons and lists")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="processes to use")
    parser.add_argument("--json", action="store_true", help="print the run record as JSON instead of a summary")
    parser.add_argument("--quiet", action="store_true", help="no progress bar")
    parser.set_defaults(run=run)


LANGUAGES = ("en", "zh-Hant", "zh-Hans", "zh-Hant-MO", "pt")


def run(options: argparse.Namespace) -> int:
    """Do the run, then print the summary or the record."""
    from tidewaiter.cli.summary import stage_words, summary
    from tidewaiter.lake.building import DestinationRefused
    from tidewaiter.runs.request import Progress, RunRefused, RunRequest
    from tidewaiter.runs.run import run as do_run

    request = RunRequest(
        inputs=tuple(options.inputs),
        out=options.out,
        watchlist=options.watchlist,
        terms=options.terms,
        profiles=options.profiles,
        rates=options.rates,
        capacity=options.capacity,
        share=options.random_share,
        fill_with_random=options.fill_with_random,
        seed=options.seed,
        as_of=options.as_of,
        language=options.language,
        mapping=options.mapping,
        administration=options.administration,
        processes=options.processes,
    )
    try:
        with progress_bar(quiet=options.quiet or options.json) as update:

            def watch(progress: Progress) -> None:
                update(stage_words(progress.stage), progress.done, progress.total)

            record = do_run(request, watch)
    except (RunRefused, DestinationRefused) as refused:
        raise Failure(str(refused), status=2) from refused
    except OSError as error:
        raise Failure(
            f"The result could not be written: {error.strerror or error}"
            f"{f' ({error.filename})' if error.filename else ''}. "
            "Nothing was put in place; an earlier result, if any, is untouched. "
            "Free some space or choose another --out."
        ) from error
    if options.json:
        json.dump(asdict(record), sys.stdout, ensure_ascii=False, indent=2)
        print()
    else:
        summary(record, options.out, options.language)
    return 0


def _capacity(text: str) -> int | Path:
    if text.lstrip("-").isdigit():
        number = int(text)
        if number < 0:
            raise argparse.ArgumentTypeError("a capacity is 0 or more")
        return number
    return Path(text)


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number") from None
    if not 0 < share <= 1:
        raise argparse.ArgumentTypeError(
            "the random share is above 0 and at most 1: without it nobody learns what the criteria miss"
        )
    return share


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not an ISO 8601 time such as 2026-05-20T00:00+08:00") from None
    if moment.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{text!r} has no UTC offset; write 2026-05-20T00:00+08:00")
    return moment.astimezone(UTC)
