"""The nodes of the demonstration from outside: made, started, asked, stopped. Nothing is left running."""

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

PATIENCE = 60.0
"""Seconds within which a node must be ready."""

STOP_SECONDS = 25.0


class DemoFailed(Exception):
    """The demonstration cannot go on. The message says what happened, what was kept and where the logs are."""


def environment() -> dict[str, str]:
    """What our processes inherit: nothing that belongs to some other node."""
    ours = ("TIDEWAITER_", "DJANGO_SETTINGS_MODULE")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


@dataclass
class Node:
    """One administration's node of the demonstration."""

    administration: str
    folder: Path
    port: int
    language: str
    database: str = ""
    """Address of its database on PostgreSQL; empty: SQLite in its folder."""
    password: str = ""
    _server: "subprocess.Popen[bytes] | None" = None
    _actor: "subprocess.Popen[str] | None" = None
    _logs: list[IO[Any]] = field(default_factory=list)
    _turn: threading.Lock = field(default_factory=threading.Lock)

    @property
    def address(self) -> str:
        """Where its pages are."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def logs(self) -> Path:
        """Where its logs are."""
        return self.folder / "logs"

    def make(self) -> None:
        """Make its folder. Raises DemoFailed."""
        words = (str(self.folder), self.administration, str(self.port), self.language, self.database)
        done = subprocess.run(  # noqa: S603 - our own module
            [sys.executable, "-m", "tidewaiter.demo.making", *words],
            env=environment(), capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            last = done.stderr.strip().splitlines()[-1:] or ["it said nothing"]
            raise DemoFailed(f"the node of {self.administration} could not be made: {last[0]}")
        self.password = json.loads(done.stdout.splitlines()[-1])["password"]

    def start(self) -> None:
        """Start its processes under their supervisor, which ends with us."""
        log = (self.logs / "node.log").open("ab")
        self._logs.append(log)
        command = (sys.executable, "-m", "tidewaiter.cli", "node", "run", str(self.folder))
        self._server = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-m", "tidewaiter.node.child", str(os.getpid()), *command],
            env=environment(), stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip

    def wait_until_ready(self) -> None:
        """Wait until it answers that it is ready. Raises DemoFailed."""
        end = time.monotonic() + PATIENCE
        while not self._is_ready():
            if self._server is not None and self._server.poll() is not None:
                raise DemoFailed(f"the node of {self.administration} did not start. See {self.logs / 'node.log'}")
            if time.monotonic() > end:
                raise DemoFailed(
                    f"the node of {self.administration} was not ready after {PATIENCE:g} s. See {self.logs}"
                )
            time.sleep(0.2)

    def _is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/health/ready", timeout=5):  # noqa: S310 - our own address
                return True
        except (urllib.error.URLError, OSError):
            return False

    def begin_acting(self) -> None:
        """Start the process that works inside the node."""
        log = (self.logs / "demo.log").open("ab")
        self._logs.append(log)
        self._actor = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", "tidewaiter.node.child", str(os.getpid()), sys.executable,
             "-m", "tidewaiter.demo.actor", str(self.folder)],
            env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True,
            start_new_session=True,
        )  # fmt: skip

    def act(self, name: str, **given: Any) -> Any:
        """Have something done inside the node and give what came of it. Raises DemoFailed."""
        with self._turn:
            actor = self._actor
            if actor is None or actor.stdin is None or actor.stdout is None:
                raise ValueError(f"nobody acts in {self.administration}")
            try:
                actor.stdin.write(json.dumps({"act": name, "with": given}, default=str) + "\n")
                actor.stdin.flush()
                answer = actor.stdout.readline()
            except (BrokenPipeError, ValueError):
                answer = ""
        if not answer:
            raise DemoFailed(f"{self.administration}, {name}: {_how_ended(actor)}. See {self.logs / 'demo.log'}")
        told = json.loads(answer)
        if "error" in told:
            raise DemoFailed(f"{self.administration}, {name}: {told['error']}. See {self.logs / 'demo.log'}")
        return told["value"]

    def stop(self) -> None:
        """Ask everything to stop, and end what does not."""
        actor, server = self._actor, self._server
        if actor is not None and actor.stdin is not None:
            with suppress(BrokenPipeError):
                actor.stdin.close()
        for process in (actor, server):
            if process is not None and process.poll() is None:
                process.terminate()

    def wait_until_stopped(self) -> None:
        """Wait for what was asked to stop; end it where it takes too long."""
        end = time.monotonic() + STOP_SECONDS
        for process in (self._actor, self._server):
            if process is None:
                continue
            try:
                process.wait(max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            if process.stdout is not None:
                process.stdout.close()
        for log in self._logs:
            log.close()
        self._actor = self._server = None
        self._logs.clear()


def _how_ended(process: "subprocess.Popen[str]") -> str:
    """That a process ended, and how, in words."""
    try:
        status = process.wait(5)
    except subprocess.TimeoutExpired:
        return "its process gave no answer"
    how = f"signal {signal.Signals(-status).name}, from outside" if status < 0 else f"exit status {status}"
    return f"its process ended ({how})"


def check_ports(first: int, count: int) -> None:
    """Raise DemoFailed where one of the ports is taken: each node takes two, pages and live stream."""
    for port in range(first, first + count):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                raise DemoFailed(
                    f"port {port} of 127.0.0.1 is in use; the demonstration needs {first} to {first + count - 1}."
                    " Nothing was made. Choose another first port with --port"
                ) from None


def password() -> str:
    """A password for the people of one demonstration: 16 letters and digits in groups, never seen before."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(4))
