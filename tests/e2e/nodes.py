"""Live nodes: made, furnished, started as they are in earnest; shared by pytest's workers and ended by the last one."""

import fcntl
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tests.node.conftest import free_ports, outside

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120.0
_STARTED: dict[int, "subprocess.Popen[bytes]"] = {}
"""What this worker started and perhaps another ends."""

LANGUAGES = {"HK": "zh-hant", "MO": "pt", "CN-GD": "zh-hans"}


@dataclass
class LiveNode:
    """One administration's node that runs."""

    administration: str
    folder: str
    port: int
    process: int = 0
    addresses: dict[str, str] = field(default_factory=dict)
    """Of a furnished node: where everything stands, by the keys of ``tests.addresses``."""

    @property
    def url(self) -> str:
        """Where its pages are."""
        return f"http://127.0.0.1:{self.port}"

    def inside(self, what: str, **given: Any) -> Any:
        """Have something done inside the node, by ``inside.py``."""
        done = subprocess.run(
            [sys.executable, str(ROOT / "tests/e2e/inside.py"), self.folder, what, json.dumps(given)],
            cwd=ROOT, env=outside(), capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-4000:]
        return json.loads(done.stdout.splitlines()[-1])

    def make(self) -> Any:
        """Make its folder and its people; gives its public key."""
        language = LANGUAGES[self.administration]
        return self.inside("make", administration=self.administration, port=self.port, language=language)

    def start(self) -> None:
        """Start it; it outlives this process."""
        with Path(f"{self.folder}.log").open("ab") as log:
            command = [sys.executable, "-m", "tidewaiter.cli", "node", "run", self.folder]
            begun = subprocess.Popen(
                command, cwd=ROOT, env=outside(), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip
        _STARTED[begun.pid] = begun
        self.process = begun.pid

    def wait_until_ready(self) -> None:
        """Wait until it says that it is ready."""
        end = time.monotonic() + PATIENCE
        while not self._is_ready():
            waits = _alive(self.process) and time.monotonic() < end
            assert waits, Path(f"{self.folder}.log").read_text()[-2000:]
            time.sleep(0.3)

    def _is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/health/ready", timeout=5):
                return True
        except (urllib.error.URLError, OSError):
            return False


def furnished_node(folder: Path) -> list[LiveNode]:
    """The node of Hong Kong with one of everything."""
    node = LiveNode("HK", str(folder / "hk"), free_ports())
    node.make()
    node.addresses = node.inside("furnish")
    return _begun([node])


def three_nodes(folder: Path) -> list[LiveNode]:
    """Three neighbours that know one another, with people and nothing else."""
    ports: set[int] = set()
    while len(ports) < 3:
        ports.add(free_ports())
    nodes = [LiveNode(code, str(folder / code.lower()), port) for code, port in zip(LANGUAGES, ports, strict=True)]
    with ThreadPoolExecutor(2) as pool:
        keys = dict(zip(LANGUAGES, pool.map(LiveNode.make, nodes), strict=True))
        told = {one.administration: {"url": one.url, "key": keys[one.administration]["key"]} for one in nodes}
        others = [{code: each for code, each in told.items() if code != one.administration} for one in nodes]
        list(pool.map(lambda one, known: one.inside("introduce", neighbours=known), nodes, others))
    return _begun(nodes)


def _begun(nodes: list[LiveNode]) -> list[LiveNode]:
    """Start them all; where one does not come up, none is left running."""
    try:
        for one in nodes:
            one.start()
        for one in nodes:
            one.wait_until_ready()
    except BaseException:
        _end([one.process for one in nodes if one.process and _alive(one.process)])
        raise
    return nodes


@contextmanager
def shared(folder: Path, make: Any) -> Iterator[list[LiveNode]]:
    """The nodes that ``make(folder)`` makes, made by whoever comes first and ended by whoever goes last."""
    folder.mkdir(exist_ok=True)
    state = folder / "state.json"
    with _alone(folder):
        held = json.loads(state.read_text()) if state.exists() else {"users": 0, "nodes": []}
        if not held["nodes"]:
            held["nodes"] = [asdict(one) for one in make(folder)]
        held["users"] += 1
        state.write_text(json.dumps(held))
    try:
        yield [LiveNode(**one) for one in held["nodes"]]
    finally:
        with _alone(folder):
            held = json.loads(state.read_text())
            held["users"] -= 1
            if held["users"] == 0:
                _end([one["process"] for one in held["nodes"]])
                held["nodes"] = []
            state.write_text(json.dumps(held))


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _end(processes: list[int]) -> None:
    for number in processes:
        os.kill(number, signal.SIGTERM)
    for number in processes:
        end = time.monotonic() + 40
        while _alive(number):
            assert time.monotonic() < end, f"node {number} does not end"
            time.sleep(0.1)
        if number in _STARTED:
            _STARTED.pop(number).wait()


def _alive(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
