"""``tidewaiter lock``: compile the locks anew, for whoever changes a dependency."""

import argparse
import subprocess
import sys
from pathlib import Path

from tidewaiter.cli.failure import Failure

ROOT = Path(__file__).resolve().parents[3]
_LOCKS = ("uv", "runtime", "node", "test")


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = commands.add_parser(
        "lock",
        help="compile the dependency locks anew",
        description="Compile requirements/*.in into hashed locks without any index address in them.",
    )
    parser.add_argument("--upgrade", action="store_true", help="take newer versions where the .in files allow")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Compile each lock; give 0 when all were written."""
    uv = Path(sys.executable).parent / "uv"
    if not uv.exists():
        raise Failure("uv is not in this environment: run ./tw lock, which sets itself up", status=2)
    for name in _LOCKS:
        command = [str(uv), "pip", "compile", "--universal", "--python-version", "3.11", "--generate-hashes"]
        command += ["--no-emit-index-url", "--no-header", "--no-annotate", "--quiet"]
        command += ["--upgrade"] if options.upgrade else []
        command += [f"requirements/{name}.in", "-o", f"requirements/{name}.lock"]
        done = subprocess.run(command, cwd=ROOT, check=False, stdout=subprocess.DEVNULL)  # noqa: S603 - fixed command
        if done.returncode:
            raise Failure(f"requirements/{name}.in could not be compiled; the old lock is unchanged")
        print(f"requirements/{name}.lock")
    return 0
