"""Hits as they are found, column by column, and the record batch that they become."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from tidewaiter.domain.vocabulary import HitKind, MatchManner
from tidewaiter.schemas import HIT

MANNERS = tuple(MatchManner)
"""From strict to loose: a manner's place says how strict it is."""

_Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Finds:
    """What was found in one field of the elements of a list column, such as ``goods[].brand``: arrays of one length."""

    column: str
    field: str
    row: _Numbers
    """Position of the message in its batch."""
    element: _Numbers
    """Number of the goods item, party or reference, from 1."""
    rule: pa.Array
    """What was met: an entry or term."""
    start: _Numbers
    end: _Numbers
    text: pa.Array
    manner: _Numbers
    """Places in `MANNERS`."""
    mandatory: pa.Array
    priority: pa.Array
    channel: pa.Array


def hit_batch(batch: pa.RecordBatch, kind: HitKind, finds: Sequence[Finds]) -> pa.RecordBatch:
    """Make the record batch (`schemas.HIT`) of finds on a batch of consignments.

    One hit for each field and rule: the strictest find, then the longest, then the first. In the order of messages,
    then columns, elements (the second before the tenth), fields and rules.
    """
    finds = sorted((one for one in finds if one.row.size), key=lambda one: (one.column, one.field))
    if not finds:
        return pa.RecordBatch.from_pylist([], schema=HIT)
    sizes = [one.row.size for one in finds]
    place = np.repeat(np.arange(len(finds)), sizes)
    row, element, start, end, manner = (
        np.concatenate([getattr(one, name) for one in finds]) for name in ("row", "element", "start", "end", "manner")
    )
    rules = pa.concat_arrays([one.rule for one in finds])
    rule = _ranks(rules)
    columns = sorted({one.column for one in finds})
    column = np.repeat([columns.index(one.column) for one in finds], sizes)
    order = np.lexsort((start, start - end, manner, rule, place, element, column, row))
    new = np.zeros(order.size, bool)
    new[0] = True
    for key in (row, place, element, rule):
        new[1:] |= np.diff(key[order]) != 0
    best = order[new]
    taken = pa.array(best)

    def joined(name: str) -> pa.Array:
        return pa.concat_arrays([getattr(one, name) for one in finds]).take(taken)

    values = {
        "message_id": batch.column("message_id").take(pa.array(row[best])),
        "kind": pa.repeat(str(kind), best.size),
        "rule": rules.take(taken),
        "mandatory": joined("mandatory"),
        "priority": joined("priority"),
        "channel": joined("channel"),
        "manner": pa.array(list(map(str, MANNERS))).take(pa.array(manner[best])),
        "field": _fields(finds, place[best], element[best]),
        "text": joined("text"),
        "start": pa.array(start[best]),
        "end": pa.array(end[best]),
    }
    return pa.RecordBatch.from_arrays([values[field.name].cast(field.type) for field in HIT], schema=HIT)


def _ranks(values: pa.Array) -> _Numbers:
    """Give for each string its place among the different ones, in order of their code points."""
    encoded = values.dictionary_encode()
    order = pc.sort_indices(encoded.dictionary).to_numpy()
    ranks = np.empty(order.size, np.int64)
    ranks[order] = np.arange(order.size)
    found: _Numbers = ranks[encoded.indices.to_numpy()]
    return found


def _fields(finds: Sequence[Finds], place: _Numbers, element: _Numbers) -> pa.Array:
    """Name the fields, such as ``goods[2].brand``."""
    different, which = np.unique(element * len(finds) + place, return_inverse=True)
    pairs = (divmod(one, len(finds)) for one in different.tolist())
    names = [f"{finds[at].column}[{number}].{finds[at].field}" for number, at in pairs]
    return pa.array(names, pa.string()).take(pa.array(which))
