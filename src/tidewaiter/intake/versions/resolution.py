"""What becomes of messages that share a declaration."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime

import polars as pl
import pyarrow as pa

from tidewaiter.domain.vocabulary import MessageFunction
from tidewaiter.intake.rejects import Reason, Reject, reject_batch
from tidewaiter.intake.versions.declarations import Declaration, declarations
from tidewaiter.intake.versions.joining import join
from tidewaiter.intake.versions.merging import Chain, composed
from tidewaiter.intake.versions.naming import Naming, namings
from tidewaiter.intake.versions.ordering import in_order

__all__ = [
    "AMENDED", "CANCELLED", "DUPLICATE", "LATER", "STATE", "SUPERSEDED", "WAITING", "Resolution", "microseconds",
    "resolve",
]  # fmt: skip

SUPERSEDED = "superseded"
CANCELLED = "cancelled"
WAITING = "waiting"
DUPLICATE = "duplicate"
AMENDED = "amended"
"""Reason of a message that is superseded by what amends it."""
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

_NOT_CONTENT = ("message_id", "consignment_id", "source_file", "source_position", "source_rows", "flags")


@dataclass(frozen=True)
class Resolution:
    """What becomes of each message.

    A message is in force as it stands if it is not in ``states``. ``composed`` (a table of ``schemas.CONSIGNMENT``)
    holds the versions in force that are made of several messages, or of one whose id had to change; their
    ``message_id`` is that of the last message, ``+``, and the number of messages. All that they are made of is
    superseded. ``states`` (schema `STATE`) is ordered by message id. Every two consignments in force have different
    ids.
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


def microseconds(as_of: datetime | None) -> int | None:
    """Give an aware moment as ``issued_at`` counts it."""
    return None if as_of is None else pa.scalar(as_of, pa.timestamp("us", tz="UTC")).value


def resolve(messages: pa.Table | pa.RecordBatch, as_of: datetime | None = None) -> Resolution:
    """Work out which declaration each message belongs to, and the version in force at ``as_of``.

    ``messages`` follows ``schemas.CONSIGNMENT``; their order does not matter. With ``as_of`` (aware), messages issued
    later do not count yet; those without a time of issue do. Every message is in force, superseded, cancelled, waiting
    or a duplicate, and only one of these.
    """
    batch = _one_batch(messages)
    outcome = _Outcome(batch)
    counted = outcome.without_later(namings(batch), microseconds(as_of))
    single = outcome.without_duplicates(counted)
    originals = [message for message in single if message.is_original]
    joined = join(declarations(originals), [message for message in single if not message.is_original])
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
        self._ids = Counter(batch.column("message_id").to_pylist())
        self._states: list[tuple[str, str, str, str]] = []
        self._rejects: list[tuple[Naming, Naming]] = []
        self._chains: list[Chain] = []

    def set(self, message: Naming, state: str, reason: str, consignment_id: str) -> None:
        """Note what becomes of a message."""
        self._states.append((message.message_id, state, reason, consignment_id))

    def without_later(self, messages: list[Naming], limit: int | None) -> list[Naming]:
        """Set aside what was issued after the moment that is asked for."""
        if limit is None:
            return messages
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
            names = (message.numbers, message.references, _unnamed(message))
            namesakes[message.function, message.administration, names].append(message)
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
            return
        messages = [original, *versions]
        in_force = messages[-1]
        stands = self._stands(declaration, messages)
        reason = min(declaration.flags, default=DUPLICATE) if not versions else AMENDED
        for message in messages:
            if not (stands and message is in_force):
                self.set(message, SUPERSEDED, reason, name)
        if not stands:
            message_id = self._new_id(f"{in_force.message_id}+{len(messages)}")
            rows = tuple(message.row for message in messages)
            self._chains.append(Chain(rows, message_id, name, tuple(sorted(declaration.flags))))

    def _stands(self, declaration: Declaration, messages: list[Naming]) -> bool:
        """Say whether the last message is in force as it stands, because composing would change nothing in it."""
        last, before = messages[-1], messages[:-1]
        if declaration.flags or last.consignment_id != declaration.consignment_id or self._ids[last.message_id] > 1:
            return False
        return not before or (
            last.whole
            and all(set(message.numbers) <= set(last.numbers) for message in before)
            and all(set(message.references) <= set(last.references) for message in before)
            and all(had <= has for message in before for had, has in zip(message.times, last.times, strict=True))
            and all(message.synthetic <= last.synthetic for message in before)
        )

    def _new_id(self, wanted: str) -> str:
        """Give a message id that no message has."""
        message_id, count = wanted, 1
        while message_id in self._ids:
            count += 1
            message_id = f"{wanted}~{count}"
        self._ids[message_id] += 1
        return message_id

    def resolution(self) -> Resolution:
        """Compose the versions in force, and give the whole."""
        self._chains.sort(key=lambda chain: chain.message_id)
        columns = zip(*sorted(self._states), strict=True) if self._states else [()] * len(STATE)
        states = pa.Table.from_arrays([pa.array(list(column), pa.string()) for column in columns], schema=STATE)
        rejects = reject_batch(_reject(*pair) for pair in sorted(self._rejects, key=lambda pair: pair[0].place))
        rows_refused = sum(message.source_rows for message, _ in self._rejects)
        return Resolution(composed(pa.table(self._batch), self._chains), states, rejects, rows_refused)


def _unnamed(message: Naming) -> str | None:
    """Give the consignment id where the message has no better name."""
    return None if message.numbers or message.references else message.consignment_id


def _repetitions(batch: pa.RecordBatch, suspects: list[Naming]) -> list[tuple[Naming, Naming]]:
    """Give each message whose content another one had before, with that one. A hash finds them, the content decides."""
    if not suspects:
        return []
    suspects = sorted(suspects, key=lambda message: message.arrival)
    rows = pa.array([message.row for message in suspects], pa.int64())
    content = batch.select([name for name in batch.schema.names if name not in _NOT_CONTENT]).take(rows)
    hashes = pl.DataFrame(pl.from_arrow(content)).hash_rows().to_list()
    first: dict[tuple[str | None, int], int] = {}
    pairs = [(at, first.setdefault((_unnamed(suspects[at]), found), at)) for at, found in enumerate(hashes)]
    pairs = [(at, kept) for at, kept in pairs if at != kept]
    return [(suspects[at], suspects[kept]) for at, kept in _equal(content, pairs)]


def _equal(content: pa.RecordBatch, pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Give the pairs of rows that are equal: nearly always all of them, so that halves are asked first."""
    one, other = (content.take(pa.array([pair[side] for pair in pairs], pa.int64())) for side in (0, 1))
    if one.equals(other):
        return pairs
    if len(pairs) == 1:
        return []
    half = len(pairs) // 2
    return _equal(content, pairs[:half]) + _equal(content, pairs[half:])


def _reject(message: Naming, kept: Naming) -> Reject:
    words = f"the same message was read before, at {kept.source_position} of {kept.source_file}"
    return Reject(Reason.DUPLICATE_MESSAGE, message.source_file, message.source_position, words)
