"""The process: walks every lane, each in a thread of its own; woken after commits, looking by itself as repair."""

import asyncio
import signal
import socket
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import close_old_connections, connection

from tidewaiter.node import waking
from tidewaiter.node.logs import logger
from tidewaiter.node.partners.exchange.lane import Lane, Step
from tidewaiter.node.partners.models import Peer
from tidewaiter.node.partners.services.keys import ensure_own_key
from tidewaiter.node.partners.wake import BELL

LOOK_SECONDS = 1.0
"""How often a lane looks by itself."""
NEW_PEERS_SECONDS = 5.0
_LOG = logger(__name__)


class Exchange:
    """All lanes, in one event loop."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stopping = asyncio.Event()
        self._rung: dict[str, asyncio.Event] = {}
        self._walks: dict[str, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Walk until stopped; a request that is under way is finished first."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop)
        bell = self._bell()
        if bell is not None:
            loop.add_reader(bell, self._heard, bell)
        try:
            await self._tend()
        finally:
            if bell is not None:
                loop.remove_reader(bell)
                bell.close()
            await asyncio.gather(*self._walks.values())

    async def _tend(self) -> None:
        """Begin a walk for each neighbour, as neighbours are added."""
        with ThreadPoolExecutor(1, thread_name_prefix="peers") as thread:
            while not self._stopping.is_set():
                for code in await asyncio.get_running_loop().run_in_executor(thread, _peers):
                    if code not in self._walks:
                        self._rung[code] = asyncio.Event()
                        self._walks[code] = asyncio.create_task(self._walk(code))
                await _wait(self._stopping, NEW_PEERS_SECONDS)

    async def _walk(self, code: str) -> None:
        lane, rung = Lane(code), self._rung[code]
        loop = asyncio.get_running_loop()
        with ThreadPoolExecutor(1, thread_name_prefix=f"lane-{code}") as thread:
            while not self._stopping.is_set():
                rung.clear()
                step = await loop.run_in_executor(thread, _step, lane)
                if step.pause == timedelta():
                    continue
                pause = LOOK_SECONDS if step.pause is None else min(LOOK_SECONDS, step.pause.total_seconds())
                await _wait(rung, pause)
            await loop.run_in_executor(thread, lane.close)

    def _heard(self, bell: socket.socket) -> None:
        waking.silence(bell)
        for rung in self._rung.values():
            rung.set()

    def _stop(self) -> None:
        self._stopping.set()
        for rung in self._rung.values():
            rung.set()

    def _bell(self) -> socket.socket | None:
        try:
            return waking.bell(self._folder, BELL)
        except OSError as wrong:
            _LOG.warning("exchange_bell_missing", error=type(wrong).__name__)
            return None


def _mend_connection() -> None:
    """Close this thread's connection if it is broken, and only then: opening one costs a tip time, and the last one
    that is closed has SQLite write its whole log back.
    """
    connection.close_at = None
    close_old_connections()


def _peers() -> list[str]:
    try:
        _mend_connection()
        return list(Peer.objects.values_list("pk", flat=True))
    except Exception:  # noqa: BLE001 - two databases, each with its own errors
        # The database may be away for a while; the next look finds it again.
        _LOG.exception("peers_not_read")
        return []


def _step(lane: Lane) -> Step:
    try:
        _mend_connection()
        return lane.step()
    except Exception:  # noqa: BLE001 - as above; and one lane must not end the others
        _LOG.exception("lane_failed", peer=lane.administration)
        return Step(0, timedelta(seconds=LOOK_SECONDS))


async def _wait(event: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return


async def _run() -> None:
    await Exchange(settings.CONFIG.folder).run()


def main() -> None:
    """Exchange until SIGTERM or SIGINT."""
    ensure_own_key()
    asyncio.run(_run())
