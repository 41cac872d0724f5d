"""Supervision: what dies is started again, what is told to stop leaves nothing behind."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tidewaiter.node.process_log import KEPT, ProcessLog

_RUN = """
import sys
from pathlib import Path
from tidewaiter.node.processes import Process
from tidewaiter.node.supervise import Supervisor
folder = Path(sys.argv[1])
commands = [Process(f"child{n}", (sys.executable, "-c", text, str(folder / f"child{n}")), 3.0)
            for n, text in enumerate(sys.argv[2:])]
Supervisor(commands, folder / "logs", say=lambda words: print(words, flush=True)).run()
print("all stopped", flush=True)
"""

# Writes its number into a file, and has a child of its own that does likewise.
_STEADY = """
import os, subprocess, sys, time
grand = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
with open(sys.argv[1], "a") as file:
    file.write(f"{os.getpid()} {grand.pid}\\n")
print("I am here", flush=True)
time.sleep(600)
"""
_STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + _STEADY
_BROKEN = "import sys; sys.exit('no such table: tide')"

Look = Callable[[Callable[[], Any], str], Any]


def start(folder: Path, *children: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", _RUN, str(folder), *children],
        stdout=subprocess.PIPE,
        text=True,
        stdin=subprocess.DEVNULL,
    )


def numbers(folder: Path, child: int = 0) -> list[tuple[int, int]]:
    """The numbers of the processes that ran as this child, oldest first, each with that of its own child."""
    path = folder / f"child{child}"
    lines = path.read_text().splitlines() if path.exists() else []
    return [(int(own), int(grand)) for own, grand in (line.split() for line in lines)]


def alive(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def words_of(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    with process:
        return process.stdout.read()


def test_a_killed_child_is_started_again_and_its_own_children_go(tmp_path: Path, eventually: Look) -> None:
    process = start(tmp_path, _STEADY)
    [(own, grand)] = eventually(lambda: numbers(tmp_path), "the child")
    log = tmp_path / "logs" / "child0.log"
    eventually(lambda: log.exists() and "I am here" in log.read_text(), "what the child says")
    os.kill(own, signal.SIGKILL)
    eventually(lambda: len(numbers(tmp_path)) == 2, "the child again")
    eventually(lambda: not alive(grand), "the end of what the killed child had started")
    process.terminate()
    words = words_of(process)
    assert "child0 ended (signal SIGKILL) and starts again in 0.5 s" in words
    assert "Its last words: I am here" in words


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_it_leaves_nothing(tmp_path: Path, eventually: Look, number: signal.Signals) -> None:
    process = start(tmp_path, _STEADY, _STUBBORN)
    eventually(lambda: numbers(tmp_path) and numbers(tmp_path, 1), "both children")
    process.send_signal(number)
    assert words_of(process).endswith("all stopped\n")
    assert process.returncode == 0
    left = [one for child in (0, 1) for pair in numbers(tmp_path, child) for one in pair if alive(one)]
    assert left == []


def test_killed_without_a_word_it_takes_its_children_along(tmp_path: Path, eventually: Look) -> None:
    process = start(tmp_path, _STEADY)
    [(own, grand)] = eventually(lambda: numbers(tmp_path), "the child")
    process.kill()
    words_of(process)
    try:
        eventually(lambda: not alive(own), "the end of the child")
    finally:
        os.kill(grand, signal.SIGKILL)


def test_what_cannot_live_is_tried_with_growing_pauses(tmp_path: Path, eventually: Look) -> None:
    process = start(tmp_path, _BROKEN)
    log = tmp_path / "logs" / "child0.log"
    eventually(lambda: log.exists() and log.read_text().count("no such table: tide") >= 3, "three attempts")
    process.terminate()
    words = words_of(process)
    pauses = [line.split(" again in ")[1].split(" s.")[0] for line in words.splitlines() if " again in " in line]
    assert pauses[:3] == ["0.5", "1", "2"]
    assert "exit status 1" in words
    assert "no such table: tide" in words
    assert log.stat().st_mode & 0o077 == 0


def test_a_large_log_begins_anew_and_old_ones_go(tmp_path: Path) -> None:
    log = ProcessLog(tmp_path / "x.log", largest=10)
    for number in range(KEPT + 4):
        log.write(f"line {number:05}\n".encode())
    log.write(b"last")
    log.close()
    assert (tmp_path / "x.log").read_text() == "last"
    assert (tmp_path / "x.log.1").read_text() == f"line {KEPT + 3:05}\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x.log", *(f"x.log.{n}" for n in range(1, KEPT + 1))]
