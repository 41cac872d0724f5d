"""Keeps the processes of a node running: starts them, starts again what dies, stops all, leaves nothing behind."""

import errno
import fcntl
import os
import selectors
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

from tidewaiter.node.config import Config
from tidewaiter.node.process_log import ProcessLog
from tidewaiter.node.processes import Process

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
STEADY_SECONDS = 60.0
"""A process that has run for so long begins anew with the shortest pause when it dies."""

Say = Callable[[str], None]


class CannotRun(Exception):
    """The node cannot be run here now; the message says why and what to do."""


class Child:
    """One process and its log, through all its restarts."""

    def __init__(self, process: Process, logs: Path) -> None:
        self.process = process
        self.log = ProcessLog(logs / f"{process.name}.log")
        self.running: subprocess.Popen[bytes] | None = None
        self.began = 0.0
        self.pause = FIRST_PAUSE
        self.due = 0.0

    def start(self) -> None:
        """Start it in a group of its own, so that what it starts can be ended with it."""
        self.began = time.monotonic()
        wrapped = (sys.executable, "-m", "tidewaiter.node.child", str(os.getpid()), *self.process.command)
        self.running = subprocess.Popen(  # noqa: S603 - a fixed command of tidewaiter.node.processes
            wrapped, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
        )
        os.set_blocking(self.output, False)

    @property
    def output(self) -> int:
        """The descriptor of what it says."""
        if self.running is None or self.running.stdout is None:
            raise ValueError(f"{self.process.name} does not run")
        return self.running.stdout.fileno()

    def send(self, number: int) -> None:
        """Send a signal to the process alone."""
        if self.running is not None and self.running.poll() is None:
            self.running.send_signal(number)

    def drain(self) -> bytes:
        """Take what it has said, into its log."""
        data = b""
        with suppress(BlockingIOError):
            while part := os.read(self.output, 65536):
                data += part
                self.log.write(part)
        return data

    def end(self) -> int:
        """Put away a process that has died: end what it left behind, read its last words; give its exit status."""
        if self.running is None or self.running.stdout is None:
            return 0
        with suppress(ProcessLookupError):
            os.killpg(self.running.pid, signal.SIGKILL)
        status = self.running.wait()
        self.drain()
        self.running.stdout.close()
        self.running = None
        return status

    def plan_restart(self) -> float:
        """Decide when it is started again; give the pause in seconds."""
        now = time.monotonic()
        self.pause = FIRST_PAUSE if now - self.began >= STEADY_SECONDS else self.pause
        pause, self.pause = self.pause, min(LONGEST_PAUSE, self.pause * 2)
        self.due = now + pause
        return pause


class Supervisor:
    """Runs processes until SIGTERM or SIGINT. A second signal ends all at once."""

    def __init__(self, processes: list[Process], logs: Path, *, say: Say, echo: bool = False) -> None:
        logs.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._children = [Child(process, logs) for process in processes]
        self._logs = logs
        self._say = say
        self._echo = echo
        self._signals = 0
        self._selector = selectors.DefaultSelector()

    def run(self) -> None:
        """Run until told to stop."""
        with self._hearing_signals():
            try:
                while not self._signals:
                    self._start_due()
                    self._pump(0.5)
                    self._bury()
            finally:
                self._stop()
        for child in self._children:
            child.log.close()

    @contextmanager
    def _hearing_signals(self) -> Iterator[None]:
        reader, writer = socket.socketpair()
        reader.setblocking(False)
        writer.setblocking(False)
        numbers = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
        old = {number: signal.signal(number, self._told) for number in numbers}
        old[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda *_: None)
        old_wakeup = signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
        self._selector.register(reader, selectors.EVENT_READ, None)
        try:
            yield
        finally:
            signal.set_wakeup_fd(old_wakeup)
            for number, handler in old.items():
                signal.signal(number, handler)
            self._selector.close()
            reader.close()
            writer.close()

    def _told(self, _: int, __: FrameType | None) -> None:
        self._signals += 1

    def _start_due(self) -> None:
        for child in self._children:
            if child.running is None and time.monotonic() >= child.due:
                child.start()
                self._selector.register(child.output, selectors.EVENT_READ, child)

    def _pump(self, seconds: float) -> None:
        for key, _ in self._selector.select(seconds):
            if isinstance(key.data, Child):
                said = key.data.drain()
                if self._echo and said:
                    os.write(2, said)
                elif not said:
                    # It has closed its output, which shows it ending; waiting for that is the next look's.
                    self._selector.unregister(key.fd)
            elif isinstance(key.fileobj, socket.socket):
                key.fileobj.recv(4096)

    def _bury(self) -> None:
        for child in self._children:
            if child.running is None or child.running.poll() is None:
                continue
            self._forget(child)
            status = child.end()
            pause = child.plan_restart()
            name = child.process.name
            last = f" Its last words: {child.log.last_line[:300]}" if child.log.last_line else ""
            self._say(
                f"{name} ended ({_how(status)}) and starts again in {pause:g} s."
                f" See {self._logs / (name + '.log')}.{last}"
            )

    def _forget(self, child: Child) -> None:
        with suppress(KeyError):
            self._selector.unregister(child.output)

    def _stop(self) -> None:
        """Ask all to stop, wait for each as long as it may take, then end what is left."""
        asked = self._signals
        began = time.monotonic()
        for child in self._children:
            child.send(signal.SIGTERM)
        while alive := [child for child in self._children if child.running is not None]:
            self._pump(0.2)
            for child in alive:
                over = self._signals > asked or time.monotonic() - began > child.process.grace_seconds
                if over:
                    child.send(signal.SIGKILL)
                if child.running is not None and (over or child.running.poll() is not None):
                    self._forget(child)
                    child.end()


def _how(status: int) -> str:
    if status < 0:
        return f"signal {signal.Signals(-status).name}"
    return f"exit status {status}"


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the node's folder while the block runs; raises CannotRun when another supervisor has it."""
    with (folder / "run.lock").open("a+", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise CannotRun(
                f"this node is running already (process {lock.read().strip() or 'unknown'}). Stop that one first"
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def check_ports(config: Config) -> None:
    """Raise CannotRun when a port of the node is taken or not ours to take."""
    for port, what, name in (
        (config.port, "pages", "TIDEWAITER_PORT"),
        (config.live_port_used, "the live stream", "TIDEWAITER_LIVE_PORT"),
    ):
        with socket.socket(socket.AF_INET6 if ":" in config.host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((config.host, port))
            except OSError as wrong:
                why = "is in use" if wrong.errno == errno.EADDRINUSE else f"cannot be used ({wrong.strerror})"
                raise CannotRun(
                    f"port {port} of {config.host}, for {what}, {why}. Choose another with {name} in node.env"
                ) from None
