"""What becomes of messages that share a declaration."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import polars as pl
import pyarrow as pa

from tidewaiter.domain.vocabulary import MessageFunction
from tidewaiter.intake.rejects import Reason, Reject, reject_batch
from tidewaiter.intake.versions.joining import Declaration, join
from tidewaiter.intake.versions.merging import Row, composed
from tidewaiter.intake.versions.naming import Naming, namings
from tidewaiter.intake.versions.ordering import in_order
from tidewaiter.schemas import CONSIGNMENT

__all__ = ["CANCELLED", "DUPLICATE", "LATER", "STATE", "SUPERSEDED", "WAITING", "Resolution", "resolve"]

SUPERSEDED = "superseded"
CANCELLED = "cancelled"
WAITING = "waiting"
DUPLICATE = "duplicate"
LATER = "issued_later"
"""Reason of a message that waits because it was issued after the moment that is asked for."""

STATE = pa.schema(
    [
        pa.field("message_id", pa.string(), nullable=False),
        pa.field("state", pa.string(), nullable=False),
        pa.field("reason", pa.string(), nullable=False),
        pa.field("consignment_id", pa.string()),
    ]
)
"""``state``: superseded | cancelled | waiting | duplicate; ``reason``: why, as a code."""

_AT_ONCE = 2_000
"""Declarations whose content is held as Python values at one time."""
_NOT_CONTENT = ("message_id", "consignment_id", "source_file", "source_position", "source_rows", "flags")


@dataclass(frozen=True)
class Resolution:
    """What becomes of each message.

    A message is in force as it stands if it is in neither ``states`` nor ``composed``. ``composed`` (a table of
    ``schemas.CONSIGNMENT``) holds the versions in force that are made of several messages, or of one whose id had to
    change; their ``message_id`` is that of the last message, ``+``, and the number of messages. All that they are made
    of is superseded. ``states`` (schema `STATE`) is ordered by message id.
    """

    composed: pa.Table
    states: pa.Table
    rejects: pa.RecordBatch
    """Duplicates as rows of ``schemas.REJECT``."""
    duplicate_rows: int
    """Rows of the input that the duplicates were made of."""

    def ids(self, state: str) -> list[str]:
        """Give the ids of the messages in a state, ordered."""
        rows = zip(*(self.states.column(name).to_pylist() for name in ("message_id", "state")), strict=True)
        return [message_id for message_id, found in rows if found == state]


def resolve(messages: pa.Table | pa.RecordBatch, as_of: datetime | None = None) -> Resolution:
    """Work out which declaration each message belongs to, and the version in force at ``as_of``.

    ``messages`` follows ``schemas.CONSIGNMENT``; their order does not matter. With ``as_of`` (aware), messages issued
    later do not count yet; those without a time of issue do. Every message is in force, superseded, cancelled, waiting
    or a duplicate, and only one of these.
    """
    batch = _one_batch(messages)
    outcome = _Outcome(batch)
    counted = outcome.without_later(namings(batch), as_of)
    joined = join(outcome.without_duplicates(counted))
    for message, reason in joined.waiting:
        outcome.set(message, WAITING, reason, message.consignment_id)
    for declaration in joined.declarations:
        outcome.add(declaration)
    return outcome.resolution()


def _one_batch(messages: pa.Table | pa.RecordBatch) -> pa.RecordBatch:
    if isinstance(messages, pa.RecordBatch):
        return messages
    batches = messages.combine_chunks().to_batches()
    return batches[0] if batches else pa.RecordBatch.from_pylist([], schema=messages.schema)


class _Outcome:
    """What is known so far of what becomes of the messages."""

    def __init__(self, batch: pa.RecordBatch) -> None:
        self._batch = batch
        self._states: list[tuple[str, str, str, str]] = []
        self._rejects: list[tuple[Naming, Naming]] = []
        self._to_compose: list[tuple[Declaration, list[Naming]]] = []

    def set(self, message: Naming, state: str, reason: str, consignment_id: str) -> None:
        """Note what becomes of a message."""
        self._states.append((message.message_id, state, reason, consignment_id))

    def without_later(self, messages: list[Naming], as_of: datetime | None) -> list[Naming]:
        """Set aside what was issued after the moment that is asked for."""
        if as_of is None:
            return messages
        limit = pa.scalar(as_of, pa.timestamp("us", tz="UTC")).value
        counted = []
        for message in messages:
            if message.issued is not None and message.issued > limit:
                self.set(message, WAITING, LATER, message.consignment_id)
            else:
                counted.append(message)
        return counted

    def without_duplicates(self, messages: list[Naming]) -> list[Naming]:
        """Set aside messages that repeat another one: the same names, the same function, the same content."""
        namesakes: dict[tuple[object, ...], list[Naming]] = defaultdict(list)
        for message in messages:
            if message.numbers or message.references:
                name = (message.function, message.administration, message.numbers, message.references)
                namesakes[name].append(message)
        suspects = [message for same in namesakes.values() if len(same) > 1 for message in same]
        repeated: set[int] = set()
        for message, kept in _repetitions(self._batch, suspects):
            repeated.add(message.row)
            self.set(message, DUPLICATE, Reason.DUPLICATE_MESSAGE.value, message.consignment_id)
            self._rejects.append((message, kept))
        return [message for message in messages if message.row not in repeated]

    def add(self, declaration: Declaration) -> None:
        """Note what becomes of a declaration's messages."""
        original, name = declaration.original, declaration.consignment_id
        versions = in_order(declaration.versions)
        if any(message.function == MessageFunction.CANCELLATION for message in versions):
            self.set(original, CANCELLED, CANCELLED, name)
            for message in versions:
                self.set(message, SUPERSEDED, CANCELLED, name)
        elif versions or declaration.flags:
            reason = "amended" if versions else min(declaration.flags)
            for message in (original, *versions):
                self.set(message, SUPERSEDED, reason, name)
            self._to_compose.append((declaration, [original, *versions]))

    def resolution(self) -> Resolution:
        """Compose the versions in force, and give the whole."""
        self._to_compose.sort(key=lambda made: made[1][0].message_id)
        parts = [pa.Table.from_batches([], schema=CONSIGNMENT)]
        for start in range(0, len(self._to_compose), _AT_ONCE):
            rows = self._composed(self._to_compose[start : start + _AT_ONCE])
            parts.append(pa.Table.from_pylist(rows, schema=CONSIGNMENT))
        columns = zip(*sorted(self._states), strict=True) if self._states else [()] * len(STATE)
        states = pa.Table.from_arrays([pa.array(list(column), pa.string()) for column in columns], schema=STATE)
        rejects = reject_batch(_reject(*pair) for pair in sorted(self._rejects, key=lambda pair: pair[0].place))
        rows_refused = sum(message.source_rows for message, _ in self._rejects)
        return Resolution(pa.concat_tables(parts), states, rejects, rows_refused)

    def _composed(self, made: list[tuple[Declaration, list[Naming]]]) -> list[Row]:
        wanted = [message.row for _, messages in made for message in messages]
        rows = iter(self._batch.take(pa.array(wanted, pa.int64())).to_pylist())
        return [
            composed([next(rows) for _ in messages], declaration.consignment_id, sorted(declaration.flags))
            for declaration, messages in made
        ]


def _repetitions(batch: pa.RecordBatch, suspects: list[Naming]) -> Iterator[tuple[Naming, Naming]]:
    """Give each message whose content another one had before, with that one. A hash finds them, the content decides."""
    if not suspects:
        return
    rows = pa.array([message.row for message in suspects], pa.int64())
    content = batch.select([name for name in batch.schema.names if name not in _NOT_CONTENT]).take(rows)
    hashes = pl.DataFrame(pl.from_arrow(content)).hash_rows().to_list()
    first: dict[int, tuple[int, Naming]] = {}
    for at, message in sorted(enumerate(suspects), key=lambda found: found[1].place):
        kept_at, kept = first.setdefault(hashes[at], (at, message))
        if kept is not message and content.slice(at, 1).equals(content.slice(kept_at, 1)):
            yield message, kept


def _reject(message: Naming, kept: Naming) -> Reject:
    words = f"the same message was read before, at {kept.source_position} of {kept.source_file}"
    return Reject(Reason.DUPLICATE_MESSAGE, message.source_file, message.source_position, words)
