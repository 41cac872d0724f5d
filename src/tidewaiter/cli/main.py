"""Commands and their dispatch. Each command is a module with ``add(commands)`` and a function that runs it."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

from tidewaiter import __version__
from tidewaiter.cli.failure import Failure

COMMANDS = ("screen", "simulate", "show", "demo", "node", "test", "docs", "bench", "lock")

_INTRODUCTION = """\
Tidewaiter: from declarations to a ranked list of what to open, and why.

  tidewaiter simulate --out world/                  make a synthetic world to try things on
  tidewaiter screen world/consignments --out result/ \\
      --watchlist world/watchlist.csv --terms world/terms.csv --profiles world/profiles.yaml --capacity 200
                                                    the inspection list of each office and day
  tidewaiter show result/                           read a result again
  tidewaiter COMMAND --help                         what a command takes, with examples
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; give its exit status: 0 done, 1 failed, 2 wrongly called, 130 stopped by Ctrl-C."""
    parser = argparse.ArgumentParser(
        prog="tidewaiter", description=_INTRODUCTION, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--version", action="version", version=f"tidewaiter {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", title="commands", required=True)
    for name in COMMANDS:
        importlib.import_module(f"tidewaiter.cli.{name}").add(commands)
    options = parser.parse_args(arguments)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except Failure as failure:
        print(f"tidewaiter: {failure}", file=sys.stderr)
        return failure.status
    except KeyboardInterrupt:
        print(
            "tidewaiter: stopped. Nothing was put in place; an earlier result, if any, is untouched.", file=sys.stderr
        )
        return 130
    except BrokenPipeError:
        # Whoever read our output (head, a pager) has seen enough; the result itself is whole.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return status
