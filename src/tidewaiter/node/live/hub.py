"""The hub: reads new events while anybody listens, and hands them to whoever may hear them."""

import asyncio
import logging
import socket
import time
from collections import Counter, deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tidewaiter.node import waking
from tidewaiter.node.live.tail import BATCH, Seen, Tail
from tidewaiter.node.live.tickets import Ticket

LOOK_SECONDS = 0.15
"""Seconds between two looks into the table while somebody listens and nobody rings."""

LINGER_SECONDS = 60.0
"""How long it goes on reading after the last listener has gone: pages come and go."""

QUEUE = 256
MOST_OF_ONE = 20
MOST = 2000
_RING = 4096
_REPLAY = 500
_LOG = logging.getLogger(__name__)


class TooMany(Exception):
    """More listen than the process serves."""


@dataclass(eq=False, slots=True)
class Listener:
    """One open page. ``lost`` is set when it takes its events too slowly; it is then sent away to come again."""

    ticket: Ticket
    queue: "asyncio.Queue[Seen]" = field(default_factory=lambda: asyncio.Queue(QUEUE))
    lost: bool = False


@dataclass(frozen=True, slots=True)
class _Recent:
    """An event, when it appeared, and whether one with a higher id had appeared before it."""

    at: float
    late: bool
    seen: Seen


class Hub:
    """One for the process. All but the reading happens in the event loop."""

    def __init__(self, tail: Tail, folder: Path) -> None:
        self._tail = tail
        self._folder = folder
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="live-tail")
        self._listeners: set[Listener] = set()
        self._of_person: Counter[str] = Counter()
        self._recent: deque[_Recent] = deque(maxlen=_RING)
        self._highest = 0
        self._reading: asyncio.Task[None] | None = None
        self._began = asyncio.Event()

    @contextmanager
    def listening(self, ticket: Ticket) -> Iterator[Listener]:
        """Listen while the block runs; raises TooMany."""
        if len(self._listeners) >= MOST or self._of_person[ticket.person] >= MOST_OF_ONE:
            raise TooMany
        listener = Listener(ticket)
        self._listeners.add(listener)
        self._of_person[ticket.person] += 1
        if self._reading is None or self._reading.done():
            self._began.clear()
            self._reading = asyncio.get_running_loop().create_task(self._read())
        try:
            yield listener
        finally:
            self._listeners.discard(listener)
            self._of_person[ticket.person] -= 1

    async def missed(self, ticket: Ticket, last: int | None) -> list[Seen]:
        """Give what the page has missed since event ``last``, or since its ticket was made; the newest of each kind.

        Events that appeared late, with an id below ``last``, are among them; some may be told twice, none is left out.
        """
        await self._began.wait()
        start = max(ticket.after, last or 0)
        found = {seen.id: seen for seen in self._since(ticket, last)}
        loop = asyncio.get_running_loop()
        while True:
            rows = await loop.run_in_executor(self._thread, self._tail.after, start, _REPLAY)
            found.update((seen.id, seen) for seen in rows)
            if len(rows) < _REPLAY:
                break
            start = rows[-1].id
        newest = {(seen.topic, seen.what): seen for seen in found.values() if ticket.may_hear(seen.audience)}
        return sorted(newest.values(), key=lambda seen: seen.id)

    def _since(self, ticket: Ticket, last: int | None) -> list[Seen]:
        ids = [recent.seen.id for recent in self._recent]
        if last is not None and last in ids:
            return [recent.seen for recent in list(self._recent)[ids.index(last) + 1 :]]
        # What came in order is read from the table by its id. A ticket's time is in whole seconds.
        return [recent.seen for recent in self._recent if recent.late and recent.at >= ticket.made_at - 1.0]

    async def _read(self) -> None:
        heard = self._bell()
        rung = asyncio.Event()
        loop = asyncio.get_running_loop()
        if heard is not None:
            loop.add_reader(heard, _take, heard, rung)
        idle_since = loop.time()
        try:
            while True:
                full = await self._look(loop) >= BATCH
                if self._listeners:
                    idle_since = loop.time()
                elif loop.time() - idle_since > LINGER_SECONDS:
                    return
                if full:
                    continue
                try:
                    await asyncio.wait_for(rung.wait(), LOOK_SECONDS if self._listeners else 1.0)
                except TimeoutError:
                    continue
                rung.clear()
        finally:
            if heard is not None:
                loop.remove_reader(heard)
                heard.close()
            self._recent.clear()
            self._thread.submit(self._tail.forget)

    async def _look(self, loop: asyncio.AbstractEventLoop) -> int:
        try:
            seen = await loop.run_in_executor(self._thread, self._tail.new)
        except Exception as wrong:  # noqa: BLE001 - two databases, each with its own errors
            # The database may be away for a while; what was written meanwhile is read when it is back.
            _LOG.warning("live_read_failed: %s", type(wrong).__name__)
            await asyncio.sleep(1.0)
            return 0
        self._began.set()
        for one in seen:
            self._hand_out(one)
        return len(seen)

    def _hand_out(self, seen: Seen) -> None:
        self._recent.append(_Recent(time.time(), seen.id < self._highest, seen))
        self._highest = max(self._highest, seen.id)
        for listener in self._listeners:
            if not listener.ticket.may_hear(seen.audience):
                continue
            try:
                listener.queue.put_nowait(seen)
            except asyncio.QueueFull:
                listener.lost = True

    def _bell(self) -> socket.socket | None:
        try:
            return waking.bell(self._folder, "live")
        except OSError as wrong:
            _LOG.warning("live_bell_missing: %s; events come within %s s", type(wrong).__name__, LOOK_SECONDS)
            return None


def _take(heard: "socket.socket", rung: asyncio.Event) -> None:
    waking.silence(heard)
    rung.set()
