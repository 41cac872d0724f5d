"""A node that is killed without a word in the middle of the operation, and started again: nothing lost, nothing twice.

The same seed played undisturbed is the measure: a screening that was lost or done twice, a tip that did not arrive or
arrived twice, a control that another took, each would change the figures. Played on SQLite and on PostgreSQL.
"""

import os
import random
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from tests.demo.conftest import ADMINISTRATIONS, ROWS, Played, figures, six_ports
from tests.postgres import ABSENT, cluster, programs

from tidewaiter.cli import assets
from tidewaiter.demo.director import PLAYING, Director
from tidewaiter.demo.nodes import Node, password
from tidewaiter.demo.script import LANGUAGES
from tidewaiter.demo.telling import for_machines

pytestmark = pytest.mark.slow
DAYS = {2, 5, 8}
"""Days of the operation, counted from 0, in the middle of which a node is killed."""


class Mortal(Node):
    """A node that can be killed."""

    killed = 0

    def kill(self) -> None:
        """End its supervisor and all that it started, at once."""
        ours = self.serving()
        assert ours, "nothing of the node runs"
        for process in ours:
            os.kill(process, signal.SIGKILL)
        assert self._server is not None
        self._server.wait()
        while self.serving():
            time.sleep(0.05)
        self.killed += 1

    def serving(self) -> list[int]:
        """The processes that serve the node; whoever works in it for the play is not one of them."""
        assert self._server is not None
        children: dict[int, list[int]] = {}
        for process, parent in _processes():
            children.setdefault(parent, []).append(process)
        found, new = [], [self._server.pid] if self._server.poll() is None else []
        # What lost its parent is found by the folder that it was told.
        new += [process for process, _ in _processes() if process not in new and _told(process, self.folder)]
        while new:
            process = new.pop()
            if process not in found:
                found.append(process)
                new += children.get(process, [])
        return found


def _processes() -> Iterator[tuple[int, int]]:
    """All that live, each with its parent."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                state, parent = (entry / "stat").read_text().rpartition(")")[2].split()[:2]
            except OSError:
                continue
            if state != "Z":
                yield int(entry.name), int(parent)


def _told(process: int, folder: Path) -> bool:
    try:
        environment = Path(f"/proc/{process}/environ").read_bytes().split(b"\0")
    except OSError:
        return False
    return b"TIDEWAITER_FOLDER=" + os.fsencode(folder) in environment


class Killer:
    """Kills one node after the other, some moments after a day has begun, and starts it again."""

    def __init__(self, nodes: list[Mortal]) -> None:
        self._nodes = nodes
        self._chance = random.Random(20230821)
        self._threads: list[threading.Thread] = []
        self._killed: set[int] = set()

    def update(self, stage: str, done: int, _: int) -> None:
        """Hear how far the play is."""
        if stage == PLAYING and done in DAYS and done not in self._killed:
            self._killed.add(done)
            victim = self._nodes[len(self._threads) % len(self._nodes)]
            thread = threading.Thread(target=self._kill, args=(victim, self._chance.uniform(0.2, 2.0)))
            thread.start()
            self._threads.append(thread)

    def _kill(self, victim: Mortal, after: float) -> None:
        time.sleep(after)
        victim.kill()
        victim.start()

    def rest(self) -> None:
        """Wait for the last one."""
        for thread in self._threads:
            thread.join()


@contextmanager
def databases(kind: str) -> Iterator[dict[str, str]]:
    """An address for each administration's database; empty for SQLite."""
    if kind == "sqlite":
        yield dict.fromkeys(ADMINISTRATIONS, "")
        return
    import psycopg

    with cluster() as address:
        found = {}
        with psycopg.connect(address, autocommit=True) as connection:
            for code in ADMINISTRATIONS:
                name = "node_" + code.lower().replace("-", "_")
                connection.execute(f'CREATE DATABASE "{name}"')
                found[code] = urlunsplit(urlsplit(address)._replace(path=f"/{name}"))
        yield found


@pytest.mark.parametrize(
    "kind",
    ["sqlite", pytest.param("postgresql", marks=pytest.mark.skipif(programs() is None, reason=ABSENT))],
)
def test_a_killed_node_loses_nothing_and_does_nothing_twice(played: Played, tmp_path: Path, kind: str) -> None:
    assets.catalogues()
    assets.front_end()
    first = six_ports()
    with databases(kind) as addresses, ExitStack() as stack:
        nodes = [
            Mortal(code, tmp_path / code.lower(), first + 2 * place, LANGUAGES[code], addresses[code])
            for place, code in enumerate(ADMINISTRATIONS)
        ]
        killer = Killer(nodes)
        for node in nodes:
            stack.callback(node.wait_until_stopped)
        for node in nodes:
            stack.callback(node.stop)
        stack.callback(killer.rest)
        today = datetime.now().astimezone().date()
        director = Director(tmp_path, nodes, played.told["seed"], ROWS, killer.update, today, password(), patience=300)
        director.play()
        killer.rest()
        told = for_machines(director)
    assert sum(node.killed for node in nodes) == len(DAYS)
    assert told["undelivered"] == 0
    for party in ADMINISTRATIONS:
        assert figures(told, party) == figures(played.told, party), party
