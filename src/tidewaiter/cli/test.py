"""``tidewaiter test``: every check of the project, in order, and what was skipped."""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tidewaiter.cli import assets
from tidewaiter.cli.failure import Failure

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Check:
    """One step of the checks."""

    name: str
    command: tuple[str, ...]


_CHECKS = (
    Check("style", ("ruff", "check", "src", "tests", "benchmarks")),
    Check("format", ("ruff", "format", "--check", "--quiet", "src", "tests", "benchmarks")),
    Check("types", ("mypy",)),
    Check("imports", ("lint-imports",)),
)


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = commands.add_parser(
        "test",
        help="run every check of the project",
        description="Run style, types, import rules and the tests that are fast. Say what was skipped and why.",
    )
    parser.add_argument(
        "--require",
        action="store_true",
        help="run the slow tests, those in a browser and those on PostgreSQL too, and count what is skipped as failed"
        " (CI does)",
    )
    parser.add_argument("paths", nargs="*", help="only these test files or folders, all of them and nothing else")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the checks; give 0 when all passed."""
    if not (ROOT / "tests").is_dir():
        raise Failure("the tests are not here: run ./tw test in a checkout of the project", status=2)
    assets.catalogues()
    assets.front_end()
    outcomes: list[tuple[str, bool, float]] = []
    for check in () if options.paths else _CHECKS:
        start = time.monotonic()
        outcomes.append((check.name, _tool(check.command).returncode == 0, time.monotonic() - start))
    start = time.monotonic()
    fast = not options.require and not options.paths
    passed, skipped = _tests(options.paths, fast=fast)
    outcomes.append(("tests", passed, time.monotonic() - start))
    if options.require and not options.paths:
        start = time.monotonic()
        passed, absent = _tests_on_postgresql()
        skipped += absent
        if not absent:
            outcomes.append(("tests of the node on PostgreSQL", passed, time.monotonic() - start))
    if fast:
        skipped.append("what is slow, in a browser or on PostgreSQL: ./tw test --require")
    print()
    for name, good, seconds in outcomes:
        print(f"  {'passed' if good else 'FAILED'}  {name} ({seconds:.0f} s)")
    for reason in skipped:
        print(f"  {'FAILED' if options.require else 'skipped'}  {reason}")
    good = all(outcome[1] for outcome in outcomes) and not (options.require and skipped)
    print("All checks passed." if good else "Not all checks passed.")
    return 0 if good else 1


def _tool(command: tuple[str, ...], within: tuple[str, ...] = ()) -> "subprocess.CompletedProcess[bytes]":
    program = shutil.which(command[0], path=str(Path(sys.executable).parent))
    if program is None:
        raise Failure(f"{command[0]} is not installed: run ./tw test, which sets itself up", status=2)
    print(f"· {' '.join(command)}", flush=True)
    return subprocess.run((*within, program, *command[1:]), cwd=ROOT, check=False)  # noqa: S603 - fixed commands


def _tests_on_postgresql() -> tuple[bool, list[str]]:
    """Run what touches the database once more, on a PostgreSQL of its own; say so where there is none."""
    private = (sys.executable, str(ROOT / "tests" / "postgres.py"))
    check = subprocess.run((*private, "--check"), check=False, capture_output=True, text=True)  # noqa: S603 - our script
    if check.returncode:
        return False, [f"the node's tests on PostgreSQL: {check.stdout.strip()}"]
    paths = [path for path in ("tests/node", "tests/contract") if (ROOT / path).is_dir()]
    return _tests(paths, fast=False, within=(*private, "--clusters", _workers()))


def _workers() -> str:
    return str(min(4, os.cpu_count() or 1))


def _tests(paths: list[str], *, fast: bool, within: tuple[str, ...] = ()) -> tuple[bool, list[str]]:
    selection = ("-m", "not slow and not browser") if fast else ()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "skipped.txt"
        command = ("pytest", "-q", "-n", _workers(), *selection, *paths)
        os.environ["TIDEWAITER_SKIP_REPORT"] = str(report)
        good = _tool(command, within).returncode == 0
        lines = report.read_text().splitlines() if report.exists() else []
    counted: dict[str, int] = {}
    for line in lines:
        reason = re.sub(r"^Skipped: ", "", line)
        counted[reason] = counted.get(reason, 0) + 1
    return good, [f"{count} tests: {reason}" for reason, count in sorted(counted.items())]
