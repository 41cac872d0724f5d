"""A lane to one peer: what goes next, what an answer means, when to try again, which rung a receipt reaches. No clock,
no network, no database: the caller brings facts and carries out what is decided.
"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum

from tidewaiter.exchange.objects.limits import BATCH_OBJECTS, ENVELOPE_BYTES
from tidewaiter.exchange.objects.receipt import ReceiptState

FIRST_PAUSE = timedelta(seconds=1)
LONGEST_PAUSE = timedelta(minutes=5)
LONGEST_ASKED = timedelta(hours=1)
"""The longest Retry-After that is honoured; a peer must not be able to silence a lane for good."""
_RETRY = frozenset({408, 425, 429})
_SPLIT = frozenset({400, 409, 422})


class Answer(StrEnum):
    """What the answer to a delivery asks of the lane."""

    ACCEPTED = "accepted"
    """Read the status resource: it names each object."""
    RETRY = "retry"
    HALVE = "halve"
    """Send fewer at once; one object alone that is too large is poison."""
    SPLIT = "split"
    """Something in the batch is not taken: halve until the one is found, then set it aside as poison."""
    POISON = "poison"
    """This object is set aside with an alarm, and the lane goes on."""
    STOP = "stop"
    """The lane stops with an alarm: trying again would change nothing until a person has looked."""


def meaning(status: int | None, objects: int) -> Answer:
    """What an HTTP status (None: no answer at all) means for a delivery of so many objects."""
    if status is None or status >= 500 or status in _RETRY:
        return Answer.RETRY
    if 200 <= status < 300:
        return Answer.ACCEPTED
    if status == 413:
        return Answer.HALVE if objects > 1 else Answer.POISON
    if status in _SPLIT:
        return Answer.SPLIT if objects > 1 else Answer.POISON
    return Answer.STOP


def pause(attempt: int, lane: str, seed: int = 0, asked: timedelta | None = None) -> timedelta:
    """How long to wait before the next attempt, after ``attempt`` (1, 2, …) failures in a row.

    Doubles up to five minutes; between half and the whole of that is drawn by lane, attempt and ``seed``, so that peers
    that failed together do not come back together. What the peer ``asked`` for is waited at the least, up to an hour.
    """
    doubled: int = 2 ** min(max(attempt, 1) - 1, 20)
    most = min(LONGEST_PAUSE, FIRST_PAUSE * doubled)
    share: float = random.Random(f"{lane}:{attempt}:{seed}").uniform(0.5, 1.0)  # noqa: S311
    return max(most * share, min(asked or timedelta(), LONGEST_ASKED))


def retry_after(header: str | None, now: datetime) -> timedelta | None:
    """The pause that a Retry-After header asks for (seconds or a date); None without one that can be read."""
    text = (header or "").strip()
    if text.isascii() and text.isdigit():
        return timedelta(seconds=min(int(text[:9]), int(LONGEST_ASKED.total_seconds())))
    try:
        return max(parsedate_to_datetime(text) - now, timedelta())
    except (ValueError, TypeError):
        return None


@dataclass(frozen=True)
class Waiting:
    """One delivery that waits in a lane, by its place in the outbox. ``size`` is in bytes."""

    sequence: int
    object_id: str
    size: int
    set_aside: bool = False
    """Poison: it stays visible, and later versions of the same object wait behind it."""
    not_before: datetime | None = None


def next_batch(
    lane: Iterable[Waiting], now: datetime, most: int = BATCH_OBJECTS, largest: int = ENVELOPE_BYTES
) -> list[Waiting]:
    """What goes next, in the order of the outbox: at most so many objects and bytes; never a version before an earlier
    one of the same object. An object that waits or is set aside holds up its own later versions and nothing else.

    One object that alone is past ``largest`` is given alone, so that the peer's refusal settles it.
    """
    held: set[str] = set()
    batch: list[Waiting] = []
    total = 0
    for one in sorted(lane, key=lambda waiting: waiting.sequence):
        if one.object_id in held:
            continue
        if one.set_aside or (one.not_before is not None and one.not_before > now):
            held.add(one.object_id)
            continue
        if batch and (len(batch) >= most or total + one.size > largest):
            break
        batch.append(one)
        total += one.size
    return batch


def halves(batch: Sequence[Waiting]) -> tuple[list[Waiting], list[Waiting]]:
    """The batch in two, in its order."""
    middle = (len(batch) + 1) // 2
    return list(batch[:middle]), list(batch[middle:])


class Rung(StrEnum):
    """How far an object has come at one peer, as its sender sees it."""

    QUEUED = "queued"
    SENT = "sent"
    RECEIVED = "received"
    STORED = "stored"
    RELEASED = "released"
    ACKNOWLEDGED = "acknowledged"
    ACTED_ON = "acted_on"
    REJECTED = "rejected"
    RECALL_ACKNOWLEDGED = "recall_acknowledged"


_LADDER = (
    Rung.QUEUED,
    Rung.SENT,
    Rung.RECEIVED,
    Rung.STORED,
    Rung.RELEASED,
    Rung.ACKNOWLEDGED,
    Rung.ACTED_ON,
)
_ENDS = frozenset({Rung.REJECTED, Rung.RECALL_ACKNOWLEDGED})


_TOLD = {ReceiptState.UNACKNOWLEDGED: Rung.RELEASED}
"""What is said beside the ladder, and the rung that it implies."""


class ImpossibleReceipt(ValueError):
    """A receipt that contradicts an earlier one. The rung stays; the contradiction is to be alarmed."""


def climb(rung: Rung, receipt: ReceiptState) -> Rung:
    """The rung after a receipt. Receipts may come late, twice or in another order: nothing goes down.

    A rejection is possible until the peer has said that it is stored; a recall is acknowledged from anywhere, and ends
    the ladder. Raises ImpossibleReceipt for a rejection of what was stored, and for progress of what was rejected.
    """
    reached = _TOLD.get(receipt) or Rung(receipt.value)
    if rung is reached or rung is Rung.RECALL_ACKNOWLEDGED:
        return rung
    if reached is Rung.RECALL_ACKNOWLEDGED:
        return reached
    if rung is Rung.REJECTED:
        if reached is Rung.RECEIVED:
            return rung
        raise ImpossibleReceipt(f"The object was rejected and is now said to be {reached}.")
    if reached is Rung.REJECTED:
        if _LADDER.index(rung) >= _LADDER.index(Rung.STORED):
            raise ImpossibleReceipt(f"The object is {rung} and is now said to be rejected.")
        return reached
    return max(rung, reached, key=_LADDER.index)


def sent(rung: Rung) -> Rung:
    """The rung after a delivery that the peer accepted."""
    return Rung.SENT if rung is Rung.QUEUED else rung


def is_settled(rung: Rung) -> bool:
    """Whether nothing more needs delivering: the peer has it, or has refused it."""
    return rung in _ENDS or _LADDER.index(rung) >= _LADDER.index(Rung.STORED)
