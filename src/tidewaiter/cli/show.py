"""``tidewaiter show``: read a result again."""

import argparse
import json
from pathlib import Path

from tidewaiter.cli.failure import Failure


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = commands.add_parser(
        "show",
        help="read a result again",
        description="Print the summary of a result, or the list of one office and day.",
    )
    parser.add_argument("result", type=Path, help="folder that `screen` wrote")
    parser.add_argument("--office", help="print this office's list")
    parser.add_argument("--day", help="day of the list (YYYY-MM-DD); all days without it")
    parser.add_argument("--rows", type=int, default=20, help="rows to print at the most (default 20)")
    parser.add_argument("--language", default="en", help="language of the heads (default en)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the summary or a list."""
    from tidewaiter.cli.summary import print_list, summary
    from tidewaiter.lake.run_record import FORMAT, Counts, RunRecord

    path = options.result / "run.json"
    if not path.is_file():
        raise Failure(f"{options.result} is not a result: it has no run.json", status=2)
    values = json.loads(path.read_text(encoding="utf-8"))
    written = values.pop("format", "nothing")
    if written != FORMAT:
        raise Failure(f"{path} says {written}; this version reads {FORMAT}. Screen the input again.", status=2)
    record = RunRecord(**{**values, "counts": Counts(**values["counts"])})
    if options.office is None and options.day is None:
        summary(record, options.result, options.language)
    else:
        print_list(options.result, options.office, options.day, options.rows)
    return 0
