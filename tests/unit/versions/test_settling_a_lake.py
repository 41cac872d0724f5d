"""What is in force in a whole lake: for any messages, in whatever files they came."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tidewaiter.intake.versions import resolve
from tidewaiter.lake.queries import connection
from tidewaiter.lake.run_record import Counts
from tidewaiter.runs.criteria import Criteria, CriteriaFiles
from tidewaiter.runs.in_force import InForce, settle
from tidewaiter.runs.work import Keeper
from tidewaiter.schemas import CONSIGNMENT

Make = Callable[..., dict[str, Any]]
Rows = Callable[..., pa.Table]
Row = dict[str, Any]

MESSAGES = st.lists(
    st.fixed_dictionaries(
        {
            "function": st.sampled_from(["original", "original", "original", "amendment", "cancellation", "report"]),
            "number": st.sampled_from([None, None, "N1", "N2", "N2~2"]),
            "reference": st.sampled_from([None, None, "L1", "L2"]),
            "declarant": st.sampled_from([None, "D1"]),
            "bill": st.sampled_from([None, "B1"]),
            "hour": st.sampled_from([None, 1, 2, 3]),
            "version": st.sampled_from([None, 1, 2]),
            "office": st.sampled_from([None, "X"]),
            "administration": st.sampled_from(["HK", "HK", "HK", "MO"]),
            "partial": st.booleans(),
            "goods": st.sampled_from([0, 1]),
            "lodged": st.booleans(),
            "synthetic": st.booleans(),
            "given_id": st.sampled_from([None, None, None, "own", "own~2", "HK:N1"]),
            "given_name": st.sampled_from([None, None, None, "m0"]),
        }
    ),
    max_size=9,
)
SETTINGS = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def criteria() -> Criteria:
    return CriteriaFiles().load()[0]


@pytest.fixture
def written(make: Make, parts: Any) -> Callable[[list[Row]], list[Row]]:
    """Rows of the schema from what hypothesis made up."""

    def write(given_messages: list[Row]) -> list[Row]:
        rows = []
        for number, message in enumerate(given_messages):
            values = dict(message)
            chosen = values.pop("given_id"), values.pop("given_name")
            goods, lodged = values.pop("goods"), values.pop("lodged")
            values["goods"] = [parts["item"](1, hs="640399", value=5.0)] * goods
            if lodged:
                values |= {"lodged_at": parts["at"](number), "lodged_offset": 480}
            row = make(f"m{number}", **values)
            row["consignment_id"] = chosen[0] or row["consignment_id"]
            row["message_id"] = chosen[1] or row["message_id"]
            rows.append(row)
        return rows

    return write


class Lake:
    """A lake of given batches, settled."""

    def __init__(self, root: Path, criteria: Criteria, batches: list[list[Row]], as_of: datetime | None) -> None:
        self.root = root
        keeper = Keeper(root, criteria, 1)
        for number, rows in enumerate(batches):
            if rows:
                batch = pa.RecordBatch.from_pylist(rows, schema=CONSIGNMENT)
                keeper.keep(batch, f"{number:06d}-0000")
                keeper.keep_keys(batch, f"{number:06d}-0000")
        with connection(root) as link:
            self.outcome: InForce = settle(link, root, keeper, as_of)

    def states(self) -> Counter[tuple[str, ...]]:
        return Counter(tuple(row.values()) for row in self._table("message_state").to_dicts())

    def in_force(self) -> list[Row]:
        gone = {state[0] for state in self.states()}
        rows = self._table("consignment").drop("day", "draw", "flags", strict=False).to_dicts()
        return sorted((row for row in rows if row["message_id"] not in gone), key=lambda row: row["message_id"])

    def _table(self, name: str) -> pl.DataFrame:
        files = sorted((self.root / name).rglob("*.parquet"))
        return pl.read_parquet(files, hive_partitioning=False) if files else pl.DataFrame()


@pytest.fixture
def lake(tmp_path_factory: pytest.TempPathFactory, criteria: Criteria) -> Callable[..., Lake]:
    def make_lake(*batches: list[Row], as_of: datetime | None = None) -> Lake:
        return Lake(tmp_path_factory.mktemp("lake"), criteria, list(batches), as_of)

    return make_lake


def in_force_at_once(table: pa.Table, as_of: datetime | None) -> tuple[Counter[tuple[str, ...]], list[Row]]:
    """What `resolve` says of all messages together."""
    resolution = resolve(table, as_of)
    gone = set(resolution.states.column("message_id").to_pylist())
    rows = [row for row in table.to_pylist() if row["message_id"] not in gone] + resolution.composed.to_pylist()
    for row in rows:
        del row["flags"]
    states = Counter(tuple(row.values()) for row in resolution.states.to_pylist())
    return states, sorted(rows, key=lambda row: row["message_id"])


@SETTINGS
@given(given_messages=MESSAGES, cut=st.integers(0, 9), hour=st.sampled_from([None, None, 1, 2]))
def test_files_make_no_difference_and_everything_adds_up(
    written: Any, rows: Rows, lake: Any, parts: Any, given_messages: list[Row], cut: int, hour: int | None
) -> None:
    messages = written(given_messages)
    as_of = None if hour is None else parts["at"](hour)
    settled = lake(messages[:cut], messages[cut:][::-1], as_of=as_of)
    states, in_force = in_force_at_once(rows(*messages), as_of)
    assert settled.states() == states
    assert settled.in_force() == in_force
    ids = [row["consignment_id"] for row in in_force]
    assert len(set(ids)) == len(ids), "two consignments in force have one id"
    found = settled.outcome
    Counts(
        messages=len(messages) - found.duplicates,
        consignments=len(in_force),
        superseded=found.superseded,
        cancelled=found.cancelled,
        waiting=found.waiting + found.later,
    ).check()
    assert found.reasons == Counter(reason for _, state, reason, _ in states.elements() if state == "waiting")
    assert not list(settled.root.glob(".aside-*")), "what was put aside is removed"


@SETTINGS
@given(given_messages=MESSAGES, hour=st.sampled_from([1, 2]))
def test_what_is_issued_later_might_as_well_not_exist(
    written: Any, lake: Any, parts: Any, given_messages: list[Row], hour: int
) -> None:
    for message in given_messages:
        message["given_name"] = None
    messages = written(given_messages)
    by_then = [row for row in messages if row["issued_at"] is None or row["issued_at"] <= parts["at"](hour)]
    assert lake(messages, as_of=parts["at"](hour)).in_force() == lake(by_then).in_force()
