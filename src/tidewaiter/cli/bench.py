"""``tidewaiter bench``: run one of the measurements in ``benchmarks/``."""

import argparse
import subprocess
import sys
from pathlib import Path

from tidewaiter.cli.failure import Failure

ROOT = Path(__file__).resolve().parents[3]


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = commands.add_parser(
        "bench",
        help="run a measurement",
        description="Run a measurement of benchmarks/; without a name, list them.",
    )
    parser.add_argument("name", nargs="?", help="folder in benchmarks/")
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="passed on to the measurement")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the measurement; give its exit status."""
    scripts = {script.parent.name: script for script in sorted((ROOT / "benchmarks").glob("*/run.py"))}
    if options.name is None:
        print("\n".join(scripts) or "no measurement here")
        return 0
    if options.name not in scripts:
        raise Failure(f"no measurement {options.name!r}; there are: {', '.join(scripts)}", status=2)
    command = [sys.executable, str(scripts[options.name]), *options.arguments]
    return subprocess.run(command, check=False).returncode  # noqa: S603 - a script of this project
