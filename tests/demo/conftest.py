"""A small demonstration, played once for all tests of this folder."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROWS = 2500
ADMINISTRATIONS = ("CN-GD", "HK", "MO")


@dataclass(frozen=True)
class Played:
    """What a demonstration left: its folder, its figures, what it said."""

    folder: Path
    told: dict[str, Any]
    words: str


def six_ports() -> int:
    """The first of six free ports beside each other."""
    for first in range(18600, 30000, 6):
        probes = [socket.socket() for _ in range(6)]
        try:
            for place, probe in enumerate(probes):
                probe.bind(("127.0.0.1", first + place))
        except OSError:
            continue
        else:
            return first
        finally:
            for probe in probes:
                probe.close()
    raise AssertionError("no six free ports beside each other")


def outside() -> dict[str, str]:
    """The environment of a process that is not of these tests."""
    ours = ("TIDEWAITER_", "DJANGO_SETTINGS_MODULE", "PYTEST_")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def command(folder: Path, *more: str) -> list[str]:
    """The command line of a small demonstration."""
    words = ["demo", "--folder", str(folder), "--rows", str(ROWS), "--port", str(six_ports()), *more]
    return [sys.executable, "-m", "tidewaiter.cli", *words]


def play(folder: Path, *more: str) -> Played:
    """Play it without serving."""
    figures = folder.parent / f"{folder.name}.json"
    done = subprocess.run(
        command(folder, "--no-serve", "--json", str(figures), *more),
        env=outside(), capture_output=True, text=True, check=False, timeout=1800,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return Played(folder, json.loads(figures.read_text(encoding="utf-8")), done.stdout + done.stderr)


def figures(told: dict[str, Any], party: str) -> dict[str, Any]:
    """What a seed decides: all but names, moments and how long things took."""
    result = told["administrations"][party]
    names = ("consignments", "selections", "inspections", "finds", "no_finds", "seizures", "items", "values")
    return {**{name: result[name] for name in names}, "tips": result["tips"]["by_state"]}


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    """One that was played to its end."""
    yield play(tmp_path_factory.mktemp("played") / "demo")
