"""Join the versions of declarations, and say which messages are in force."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import duckdb
import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from tidewaiter.intake.versions import Chain, composed, resolve
from tidewaiter.intake.versions.plain import settle_alone, settle_plain
from tidewaiter.intake.versions.resolution import LATER, STATE, WAITING, microseconds
from tidewaiter.lake.layout import has_files, pattern
from tidewaiter.lake.parts import write_part
from tidewaiter.lake.put_aside import put_aside
from tidewaiter.lake.related import ALONE, Related, consignment_files, few_columns, find_related, slices, whole_rows
from tidewaiter.runs.work import Doubts, Keeper
from tidewaiter.schemas import CONSIGNMENT

COMPOSED = "composed"
# Messages that are settled at one time: by a few columns of each, and by whole rows.
_FEW_AT_ONCE = 100_000
_WHOLE_AT_ONCE = 20_000


@dataclass
class InForce:
    """What joining the versions found, in messages."""

    superseded: int = 0
    """Messages that gave way to others: those with this state, less the composed versions that stand for them."""
    cancelled: int = 0
    waiting: int = 0
    duplicates: int = 0
    duplicate_rows: int = 0
    """Rows of the input that the duplicates were made of."""
    later: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    """Why messages wait."""
    doubts: Doubts = field(default_factory=Doubts)


def settle(link: duckdb.DuckDBPyConnection, root: Path, keeper: Keeper, as_of: datetime | None) -> InForce:
    """Work out the version in force of every declaration at ``as_of`` (None: with all that was read).

    Writes the table ``message_state`` (messages that are not in force), adds composed versions to ``consignment`` and
    ``hit``, and duplicates to ``reject``. Every two consignments in force have different ids.
    """
    settling = _Settling(root, keeper, as_of)
    settling.by_whole_rows(settling.by_few_columns(find_related(root)))
    settling.write_states()
    if as_of is not None:
        _set_aside_later(link, root, as_of, settling.outcome)
    return settling.outcome


class _Settling:
    """One settling of a lake, slice after slice."""

    def __init__(self, root: Path, keeper: Keeper, as_of: datetime | None) -> None:
        self.outcome = InForce()
        self._root = root
        self._keeper = keeper
        self._as_of = as_of
        self._files = consignment_files(root)
        self._states: list[pl.DataFrame] = []
        self._held = 0
        self._parts = 0

    def by_few_columns(self, related: Related) -> pl.DataFrame:
        """Settle what a few columns tell, and give the messages that must be read whole."""
        as_of = microseconds(self._as_of)
        part = slices(related.component, _FEW_AT_ONCE)
        part_of_key = part[related.message]
        seen_alone = 0
        unsettled = []
        with put_aside(self._root) as aside:
            for rows in few_columns(self._root, self._files, related):
                place = rows.column("message").to_numpy()
                alone = place == ALONE
                # What is alone needs no company: slices of it are full one after another, and have numbers below 0.
                number = np.full(place.size, -1 - seen_alone // _FEW_AT_ONCE)
                number[~alone] = part[place[~alone]]
                seen_alone += int(alone.sum())
                aside.add(rows, number)
            for number_of_slice, rows in aside.take_up():
                messages = pl.DataFrame(pl.from_arrow(rows))
                if number_of_slice < 0:
                    self._keep_states(settle_alone(messages, as_of))
                    continue
                component = related.component[messages["message"].to_numpy()]
                chosen = part_of_key == number_of_slice
                keys = pl.DataFrame({"message": related.message[chosen], "key": related.key[chosen]})
                plain = settle_plain(messages.with_columns(component=pl.Series(component)), keys, as_of)
                self._keep_states(plain.states)
                unsettled.append(plain.unsettled)
        return pl.concat(unsettled) if unsettled else pl.DataFrame()

    def by_whole_rows(self, unsettled: pl.DataFrame) -> None:
        """Compose versions in force, and settle what needs the whole content."""
        if unsettled.is_empty():
            return
        part = slices(unsettled["component"].to_numpy(), _WHOLE_AT_ONCE)
        with put_aside(self._root) as aside:
            for rows in whole_rows(self._root, self._files, unsettled.with_columns(part=pl.Series(part))):
                aside.add(rows, rows.column("part").to_numpy())
            for number, rows in aside.take_up():
                doubtful = pc.less(rows.column("place"), 0)
                plain = rows.filter(pc.invert(doubtful))
                resolution = resolve(rows.filter(doubtful).select(CONSIGNMENT.names).cast(CONSIGNMENT), self._as_of)
                self._keep_states(pl.DataFrame(pl.from_arrow(resolution.states)))
                write_part(self._root, "reject", f"{COMPOSED}-{number:04d}", resolution.rejects)
                self.outcome.duplicate_rows += resolution.duplicate_rows
                made = [composed(plain, _chains(plain)), resolution.composed]
                self._keep_composed(pa.concat_tables(made), f"{COMPOSED}-{number:04d}")

    def _keep_states(self, states: pl.DataFrame) -> None:
        outcome = self.outcome
        for state, reason, count in states.group_by("state", "reason").len().iter_rows():
            match state:
                case "superseded":
                    outcome.superseded += count
                case "cancelled":
                    outcome.cancelled += count
                case "waiting":
                    outcome.waiting += count
                    outcome.reasons[reason] += count
                case "duplicate":
                    outcome.duplicates += count
        self._states.append(states)
        self._held += states.height
        if self._held >= _FEW_AT_ONCE:
            self.write_states()

    def write_states(self) -> None:
        """Write the states that are held."""
        if self._held:
            states = pl.concat(self._states).sort("message_id", "state", "reason")
            write_part(self._root, "message_state", f"settled-{self._parts:04d}", states.to_arrow().cast(STATE))
            self._states, self._held, self._parts = [], 0, self._parts + 1

    def _keep_composed(self, rows: pa.Table, name: str) -> None:
        self.outcome.superseded -= rows.num_rows
        for batch in rows.combine_chunks().to_batches():
            self.outcome.doubts.add(self._keeper.keep(batch, name))


def _chains(rows: pa.Table) -> list[Chain]:
    """Give the chains that rows with ``component`` and ``place`` make, ordered by the id of the last message."""
    columns = ("component", "place", "message_id", "consignment_id")
    held = pl.DataFrame(pl.from_arrow(rows.select(columns))).with_row_index("row").sort("component", "place")
    chains = held.group_by("component", maintain_order=True).agg(
        "row", pl.col("message_id").last(), pl.col("consignment_id").first()
    )
    return sorted(
        (
            Chain(tuple(row), f"{message_id}+{len(row)}", consignment_id)
            for _, row, message_id, consignment_id in chains.iter_rows()
        ),
        key=lambda chain: chain.message_id,
    )


def _set_aside_later(link: duckdb.DuckDBPyConnection, root: Path, as_of: datetime, outcome: InForce) -> None:
    """Set aside what is related to nothing and was issued after the moment that is asked for: it does not count yet."""
    if not has_files(root, "consignment"):
        return
    if has_files(root, "message_state"):
        settled = link.read_parquet(pattern(root, "message_state"))
    else:
        settled = link.from_arrow(STATE.empty_table())
    settled.create_view("settled")
    question = """
        select message_id, $state as state, $reason as reason, consignment_id
        from read_parquet($files, hive_partitioning = false) anti join settled using (message_id)
        where epoch_us(issued_at) > $as_of order by message_id
    """
    values = {
        "files": pattern(root, "consignment"), "as_of": microseconds(as_of), "state": WAITING, "reason": LATER
    }  # fmt: skip
    later = link.sql(question, params=values).to_arrow_reader(_FEW_AT_ONCE)
    for number, batch in enumerate(later):
        outcome.later += batch.num_rows
        outcome.reasons[LATER] += batch.num_rows
        write_part(root, "message_state", f"later-{number:04d}", batch)
