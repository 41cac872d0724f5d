"""Two real nodes that are neighbours, and processes of theirs that a test can kill."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.node.conftest import PATIENCE, RealNode, outside

from tidewaiter.node.config import Config, in_folder
from tidewaiter.node.processes import processes

_SCRIPT = Path(__file__).with_name("inside_a_node.py")


class Site:
    """One administration's node: starts and kills its processes, and runs functions of ``inside_a_node`` in it."""

    def __init__(self, node: RealNode, code: str) -> None:
        self.node = node
        self.code = code
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self._commands = {one.name: one.command for one in processes(Config.read(in_folder(str(node.folder))))}
        self._inside = subprocess.Popen(
            [sys.executable, str(_SCRIPT), str(node.folder)],
            env=outside(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self._lock = threading.Lock()

    def call(self, name: str, *arguments: Any) -> Any:
        """Run a function inside the node and give its result."""
        assert self._inside.stdin is not None
        assert self._inside.stdout is not None
        with self._lock:
            self._inside.stdin.write(json.dumps([name, *arguments]) + "\n")
            self._inside.stdin.flush()
            answer = json.loads(self._inside.stdout.readline())
        assert "error" not in answer, answer["error"]
        return answer["value"]

    def start(self, name: str, **environment: str) -> None:
        """Start a process of the node."""
        with (self.node.folder / "logs" / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                self._commands[name],
                env={**outside(), "TIDEWAITER_FOLDER": str(self.node.folder), **environment},
                start_new_session=True,
                stdout=subprocess.DEVNULL,
                stderr=log,
            )

    def kill(self, name: str) -> None:
        """Kill a process and all that it started, without a word."""
        process = self.running.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def end(self) -> None:
        """Kill everything."""
        for name in list(self.running):
            self.kill(name)
        assert self._inside.stdin is not None
        self._inside.stdin.close()
        self._inside.wait(PATIENCE)
        if self._inside.stdout is not None:
            self._inside.stdout.close()


@pytest.fixture(scope="session")
def made_sites(make_node: Callable[..., RealNode]) -> tuple[RealNode, RealNode]:
    """Guangdong and Hong Kong, each with the other's key, address and an agreement."""
    return make_node("CN-GD"), make_node("HK")


@contextmanager
def _sites(made: tuple[RealNode, RealNode]) -> Iterator[tuple[Site, Site]]:
    gd, hk = Site(made[0], "CN-GD"), Site(made[1], "HK")
    try:
        for one, other in ((gd, hk), (hk, gd)):
            one.call("befriend", other.code, other.node.port, other.call("own_key"))
        yield gd, hk
    finally:
        gd.end()
        hk.end()


@pytest.fixture
def sites(made_sites: tuple[RealNode, RealNode]) -> Iterator[tuple[Site, Site]]:
    """The two, with nothing of them running."""
    with _sites(made_sites) as found:
        yield found
