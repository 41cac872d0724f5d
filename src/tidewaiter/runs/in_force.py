"""Join the versions of declarations, and say which messages are in force."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from tidewaiter.intake.versions import Resolution, resolve
from tidewaiter.lake.layout import MESSAGE_STATE, has_files, pattern
from tidewaiter.lake.parts import write_part
from tidewaiter.lake.queries import messages, related_messages
from tidewaiter.runs.work import Keeper
from tidewaiter.schemas import CONSIGNMENT

COMPOSED = "composed"


@dataclass
class InForce:
    """What joining the versions found, in messages."""

    superseded: int = 0
    cancelled: int = 0
    waiting: int = 0
    duplicates: int = 0
    duplicate_rows: int = 0
    """Rows of the input that the duplicates were made of."""
    later: int = 0
    flags: Counter[str] = field(default_factory=Counter)


def settle(link: duckdb.DuckDBPyConnection, root: Path, keeper: Keeper, as_of: datetime | None) -> InForce:
    """Work out the version in force of every declaration at ``as_of`` (None: with all that was read).

    Writes the table ``message_state`` (messages that are not in force), adds composed versions to ``consignment`` and
    ``hit``, and duplicates to ``reject``.
    """
    outcome = InForce()
    ids = related_messages(link, root)
    if len(ids):
        whole = messages(link, root, ids).select(CONSIGNMENT.names).cast(CONSIGNMENT)
        _keep(root, keeper, resolve(whole, as_of), outcome)
    if as_of is not None:
        _set_aside_later(link, root, as_of, outcome)
    return outcome


def _keep(root: Path, keeper: Keeper, resolution: Resolution, outcome: InForce) -> None:
    write_part(root, "message_state", COMPOSED, resolution.states)
    for row in pc.value_counts(resolution.states.column("state")).to_pylist():
        match row["values"]:
            case "superseded":
                # A composed version stands for one of the messages that it is made of.
                outcome.superseded = row["counts"] - resolution.composed.num_rows
            case "cancelled":
                outcome.cancelled = row["counts"]
            case "waiting":
                outcome.waiting = row["counts"]
            case "duplicate":
                outcome.duplicates = row["counts"]
    outcome.duplicate_rows = resolution.duplicate_rows
    write_part(root, "reject", COMPOSED, resolution.rejects)
    for number, batch in enumerate(resolution.composed.to_batches(max_chunksize=65_536)):
        outcome.flags.update(keeper.keep(batch, f"{COMPOSED}-{number:04d}"))


def _set_aside_later(link: duckdb.DuckDBPyConnection, root: Path, as_of: datetime, outcome: InForce) -> None:
    """Set aside what was issued after the moment that is asked for: it does not count yet."""
    if not has_files(root, "consignment"):
        return
    settled = pa.table({"message_id": pa.array([], pa.string())})
    if has_files(root, "message_state"):
        settled = link.sql(
            "select message_id from read_parquet(?)", params=[pattern(root, "message_state")]
        ).to_arrow_table()
    link.register("settled", settled)
    later = link.sql(
        """
        select message_id, 'waiting' as state, 'issued_later' as reason, consignment_id
        from read_parquet($files, hive_partitioning = false) anti join settled using (message_id)
        where epoch_us(issued_at) > $as_of order by message_id
        """,
        params={"files": pattern(root, "consignment"), "as_of": int(as_of.timestamp() * 1_000_000)},
    ).to_arrow_table()
    outcome.later = later.num_rows
    write_part(root, "message_state", "later", later.cast(MESSAGE_STATE))
