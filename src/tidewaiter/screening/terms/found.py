"""Hits as they are found, and as the record batch that they become."""

from collections.abc import Iterable
from typing import NamedTuple

import pyarrow as pa

from tidewaiter.domain.vocabulary import HitKind, MatchManner
from tidewaiter.schemas import HIT

STRICTNESS = {manner: rank for rank, manner in enumerate(MatchManner)}
"""Smaller is stricter."""


class Found(NamedTuple):
    """One hit."""

    row: int
    """Position of the message in its batch."""
    element: int
    """Number of the goods item, party or reference, from 1."""
    field: str
    rule: str
    start: int
    end: int
    text: str
    manner: MatchManner
    mandatory: bool
    priority: int
    channel: str | None


def best(found: Iterable[Found]) -> list[Found]:
    """Keep one hit for each field and rule: the strictest, then the longest, then the first.

    In the order of messages, then fields (the second item before the tenth), then rules.
    """
    kept: dict[tuple[int, str, str], Found] = {}
    for hit in found:
        key = (hit.row, hit.field, hit.rule)
        other = kept.get(key)
        if other is None or _rank(hit) < _rank(other):
            kept[key] = hit
    return sorted(kept.values(), key=_order)


def _order(hit: Found) -> tuple[int, str, int, str, str]:
    return hit.row, hit.field.partition("[")[0], hit.element, hit.field, hit.rule


def _rank(hit: Found) -> tuple[int, int, int]:
    return STRICTNESS[hit.manner], hit.start - hit.end, hit.start


def hit_batch(batch: pa.RecordBatch, kind: HitKind, found: list[Found]) -> pa.RecordBatch:
    """Make the record batch (`schemas.HIT`) of hits on a batch of consignments, in the order given."""
    messages = batch.column("message_id").take(pa.array([hit.row for hit in found], pa.int64()))
    columns = {
        "message_id": messages,
        "kind": pa.array([str(kind)] * len(found), pa.string()),
        "manner": pa.array([str(hit.manner) for hit in found], pa.string()),
    }
    for name in HIT.names:
        if name not in columns:
            columns[name] = pa.array([getattr(hit, name) for hit in found], HIT.field(name).type)
    return pa.RecordBatch.from_arrays([columns[name] for name in HIT.names], schema=HIT)
