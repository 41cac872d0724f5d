"""The live process: ``/live/events?ticket=…`` as server-sent events. Plain ASGI without Django's request cycle."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs

from tidewaiter.node.config import Config
from tidewaiter.node.live import tickets
from tidewaiter.node.live.hub import Hub, Listener, TooMany
from tidewaiter.node.live.tail import Seen, Tail, source

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

STILL_HERE_SECONDS = 15.0
_RETRY = b"retry: 3000\n\n"


class Live:
    """The ASGI application. Its hub is made with the first request, in the loop that serves it."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._hub: Hub | None = None

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
        origin = headers.get(b"origin", "")
        if scope["path"] == "/health/live":
            await _answer(send, 200, {"status": "live", "node": self._config.administration})
        elif scope["path"] != "/live/events" or scope["method"] != "GET":
            await _answer(send, 404, {"error": "nothing is here"})
        elif origin and origin != self._config.own_address:
            await _answer(send, 403, {"error": "another site may not listen"})
        else:
            await self._serve(scope, headers, receive, send, self._allow(origin))

    def _allow(self, origin: str) -> list[tuple[bytes, bytes]]:
        return [(b"access-control-allow-origin", origin.encode()), (b"vary", b"origin")] if origin else []

    async def _serve(
        self,
        scope: Message,
        headers: dict[bytes, str],
        receive: Receive,
        send: Send,
        allow: list[tuple[bytes, bytes]],
    ) -> None:
        query = parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=5)
        try:
            ticket = tickets.unseal(self._config.secret_key, query.get("ticket", [""])[0])
        except tickets.BadTicket:
            await _answer(send, 401, {"error": "the ticket is not valid, or no longer: load the page again"}, allow)
            return
        given = headers.get(b"last-event-id", "")
        last = int(given) if given.isascii() and given.isdigit() and len(given) < 19 else None
        self._hub = self._hub or Hub(Tail(source(self._config)), self._config.folder)
        try:
            with self._hub.listening(ticket) as listener:
                await _stream(self._hub, listener, last, receive, send, allow)
        except TooMany:
            await _answer(send, 503, {"error": "too many pages listen; this one looks again by itself"}, allow)


async def _stream(
    hub: Hub, listener: Listener, last: int | None, receive: Receive, send: Send, allow: list[tuple[bytes, bytes]]
) -> None:
    headers = [
        (b"content-type", b"text/event-stream; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),
        (b"x-content-type-options", b"nosniff"),
        *allow,
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await _write(send, _RETRY)
    gone = asyncio.ensure_future(_gone(receive))
    try:
        told = await hub.missed(listener.ticket, last)
        for seen in told:
            await _write(send, _event(seen))
        await _go_on(listener, {seen.id for seen in told}, gone, send)
    finally:
        gone.cancel()
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _go_on(listener: Listener, told: set[int], gone: "asyncio.Future[None]", send: Send) -> None:
    """Write events as they come, until the page goes, is too slow, or its ticket ends."""
    ends = time.time() + tickets.SECONDS if not listener.ticket.made_at else listener.ticket.made_at + tickets.SECONDS
    while not gone.done() and not listener.lost and time.time() < ends:
        coming: asyncio.Future[Seen] = asyncio.ensure_future(listener.queue.get())
        either: set[asyncio.Future[Any]] = {coming, gone}
        await asyncio.wait(either, timeout=STILL_HERE_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        if not coming.done():
            coming.cancel()
            if not gone.done():
                await _write(send, b": still here\n\n")
            continue
        seen = coming.result()
        if seen.id in told:
            told.discard(seen.id)
            continue
        await _write(send, _event(seen))


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        continue


def _event(seen: Seen) -> bytes:
    data = json.dumps({"id": seen.id, "topic": seen.topic}, separators=(",", ":"))
    return f"id: {seen.id}\ndata: {data}\n\n".encode()


async def _write(send: Send, body: bytes) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": True})


async def _answer(send: Send, status: int, words: object, more: list[tuple[bytes, bytes]] | None = None) -> None:
    headers = [(b"content-type", b"application/json"), (b"cache-control", b"no-store"), *(more or [])]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(words).encode()})


def application() -> Live:
    """Make the application; granian calls this (``--factory``)."""
    return Live(Config.load())
