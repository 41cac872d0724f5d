"""Messages that follow a declaration: amendments, cancellations, reports, copies; some of them have lost theirs.

They are drawn without regard to the truth and stand in the file of the day on which the declaration was lodged, after
the originals; ``issued_at`` says when each came.
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tidewaiter.domain.vocabulary import MessageFunction
from tidewaiter.schemas import CONSIGNMENT, REFERENCE
from tidewaiter.simulation.columns import join, lists, pool, take
from tidewaiter.simulation.seeds import stream

SHARE = 0.035
"""Share of a day's messages that follow others."""
FULL, PARTIAL, CANCELLED, REPORTED, COPIED, ORPHAN_REPORT, ORPHAN_AMENDMENT = range(7)
_MIX = np.array([0.42, 0.2, 0.12, 0.08, 0.08, 0.06, 0.04])
_FUNCTIONS = np.array([1, 1, 2, 3, 0, 3, 1])
_FUNCTION_POOL = pool([str(one) for one in MessageFunction])
_KEPT = ("consignment_id", "administration", "office", "lodged_at", "lodged_offset")
_CHANGING = ("references", "gross_mass_kg", "presented_at", "presented_offset")
_HOUR = 3_600_000_000


def count(messages: int) -> int:
    """Give how many of a day's messages follow others."""
    return round(messages * SHARE)


def follow(originals: pa.RecordBatch, seed: int, day: int, messages: int) -> pa.RecordBatch:
    """Write ``messages`` follow-ups to a day's originals, as a batch of the same schema."""
    rng = stream(seed, day, "follow-ups")
    rows = rng.integers(0, max(originals.num_rows, 1), messages)
    kind = np.sort(rng.choice(len(_MIX), messages, p=_MIX))
    base = originals.take(pa.array(rows))
    wait = (rng.lognormal(1.5, 1.1, messages).clip(0.05, 72) * _HOUR).astype(np.int64)
    copied = kind == COPIED  # the same message once more, nothing changed
    wait[copied] = 0
    bare = pa.array((kind != FULL) & ~copied)
    columns = {name: base.column(name) for name in CONSIGNMENT.names}
    columns["function"] = take(_FUNCTION_POOL, _FUNCTIONS[kind])
    columns["partial"] = bare
    unversioned = (rng.random(messages) < 0.2) & ~copied
    columns["version"] = pa.array(np.where(copied, 1, 2).astype(np.int32), mask=unversioned)
    columns["issued_at"] = _later(columns["issued_at"], wait)
    columns["consignment_id"] = _orphaned(columns["consignment_id"], kind)
    _amend(columns, kind, rng)
    columns["references"] = pc.if_else(bare, _naming(columns["references"], kind), columns["references"])
    for name in CONSIGNMENT.names:
        required = not CONSIGNMENT.field(name).nullable or name in ("function", "partial", "version", "issued_at")
        if not required and name not in (*_KEPT, *_CHANGING):
            columns[name] = pc.if_else(bare, pa.scalar(None, CONSIGNMENT.field(name).type), columns[name])
    return pa.RecordBatch.from_arrays([columns[name] for name in CONSIGNMENT.names], schema=CONSIGNMENT)


def _later(stamps: pa.Array, wait: np.ndarray) -> pa.Array:
    return pc.add(stamps, pa.array(wait, pa.duration("us")))


def _orphaned(names: pa.Array, kind: np.ndarray) -> pa.Array:
    """Let some messages name a declaration that never arrives."""
    lost = join(
        pc.utf8_slice_codeunits(names, 0, 9), pa.repeat(pa.scalar("9"), len(names)), pc.utf8_slice_codeunits(names, 10)
    )
    return pc.if_else(pa.array(kind >= ORPHAN_REPORT), lost, names)


def _naming(references: pa.Array, kind: np.ndarray) -> pa.Array:
    """Give for each message the declaration number alone, by which it names its declaration; a lost one is unknown.

    The declaration number is the first reference of every original.
    """
    elements = references.flatten()
    lengths = pc.list_value_length(references).to_numpy()
    first = elements.take(pa.array(np.cumsum(lengths) - lengths))
    number = first.field("value")
    unknown = pc.utf8_replace_slice(number, 5, 8, "907")
    values = pc.if_else(pa.array(kind >= ORPHAN_REPORT), unknown, number)
    rows = len(references)
    return lists(REFERENCE, [first.field("type"), values], np.arange(rows), rows)


def _amend(columns: dict[str, pa.Array], kind: np.ndarray, rng: np.random.Generator) -> None:
    """Change what amendments change most: mass, time of presentation; full ones the packages and value as well."""
    size = len(kind)
    amended = pa.array((kind == FULL) | (kind == PARTIAL) | (kind == ORPHAN_AMENDMENT))
    mass = pc.round(pc.multiply(columns["gross_mass_kg"], pa.array(rng.uniform(0.8, 1.3, size))), 3)
    columns["gross_mass_kg"] = pc.if_else(amended, mass, columns["gross_mass_kg"])
    changed = pc.if_else(
        pa.array(kind != COPIED),
        _later(columns["presented_at"], (rng.random(size) * 30 * _HOUR).astype(np.int64)),
        columns["presented_at"],
    )
    columns["presented_at"] = changed
    silent = pa.array((kind == CANCELLED) | (kind == REPORTED) | (kind == ORPHAN_REPORT))
    columns["gross_mass_kg"] = pc.if_else(silent, pa.scalar(None, pa.float64()), columns["gross_mass_kg"])
