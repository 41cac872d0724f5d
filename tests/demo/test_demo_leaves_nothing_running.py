"""The demonstration refuses what it cannot do, in words, and Ctrl-C leaves nothing behind."""

import os
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest
from tests.demo.conftest import command, outside


def run(words: list[str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(words, env=outside(), capture_output=True, text=True, check=False, timeout=300)


def test_a_taken_port_is_named_and_nothing_is_made(tmp_path: Path) -> None:
    words = command(tmp_path / "demo")
    port = int(words[words.index("--port") + 1]) + 3
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        done = run(words)
    assert done.returncode == 1
    assert f"port {port}" in done.stderr
    assert not (tmp_path / "demo").exists()


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "kept.txt").write_text("mine", encoding="utf-8")
    done = run(command(tmp_path))
    assert done.returncode == 2
    assert "no demonstration made it" in done.stderr
    assert (tmp_path / "kept.txt").read_text(encoding="utf-8") == "mine"


def test_keeping_asks_for_a_demonstration(tmp_path: Path) -> None:
    done = run(command(tmp_path / "none", "--keep"))
    assert done.returncode == 2
    assert "Start one without --keep" in done.stderr


@pytest.mark.slow
def test_an_interrupt_stops_everything(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    process = subprocess.Popen(
        command(folder), env=outside(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    end = time.monotonic() + 300
    while not (folder / "hk" / "run.lock").exists():
        assert process.poll() is None, "it ended by itself"
        assert time.monotonic() < end, "no node was started"
        time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    process.wait(120)
    assert not running(folder)


def running(folder: Path) -> list[str]:
    """Processes that name the folder in their command line or their environment."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            words = (entry / "cmdline").read_bytes() + (entry / "environ").read_bytes()
        except OSError:
            continue
        if str(folder).encode() in words:
            found.append(entry.name)
    return found
