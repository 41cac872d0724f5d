"""What holds for any set of messages."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from tidewaiter.intake.versions import resolve

Make = Callable[..., dict[str, Any]]
Rows = Callable[..., pa.Table]

MESSAGES = st.lists(
    st.fixed_dictionaries(
        {
            "function": st.sampled_from(["original", "original", "amendment", "cancellation", "report"]),
            "number": st.sampled_from([None, None, "N1", "N2"]),
            "reference": st.sampled_from([None, "L1", "L2"]),
            "declarant": st.sampled_from([None, "D1", "D2"]),
            "hour": st.sampled_from([None, 1, 2, 3]),
            "version": st.sampled_from([None, None, 1, 2, 3]),
            "office": st.sampled_from([None, "X", "Y"]),
            "administration": st.sampled_from(["HK", "HK", "HK", "MO"]),
        }
    ),
    max_size=12,
)


def _table(make: Make, rows: Rows, given_messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [make(f"m{number}", **message) for number, message in enumerate(given_messages)]


@settings(max_examples=80, deadline=None)
@given(given_messages=MESSAGES, order=st.randoms(use_true_random=False), hour=st.sampled_from([None, 1, 2, 3]))
def test_the_order_of_the_input_does_not_matter(
    make: Make, rows: Rows, parts: Any, given_messages: list[dict[str, Any]], order: Any, hour: int | None
) -> None:
    messages = _table(make, rows, given_messages)
    as_of: datetime | None = None if hour is None else parts["at"](hour)
    one = resolve(rows(*messages), as_of)
    order.shuffle(messages)
    other = resolve(rows(*messages), as_of)
    assert one.states.equals(other.states)
    assert one.rejects.equals(other.rejects)
    assert one.composed.equals(other.composed)


@settings(max_examples=80, deadline=None)
@given(given_messages=MESSAGES, hour=st.sampled_from([None, 1, 2, 3]))
def test_every_message_has_one_fate(
    make: Make, rows: Rows, parts: Any, given_messages: list[dict[str, Any]], hour: int | None
) -> None:
    messages = _table(make, rows, given_messages)
    resolution = resolve(rows(*messages), None if hour is None else parts["at"](hour))
    told = Counter(resolution.states.column("message_id").to_pylist())
    assert not told or max(told.values()) == 1
    names = {message["message_id"] for message in messages}
    assert set(told) <= names
    in_force = [message for message in messages if message["message_id"] not in told]
    assert {message["function"] for message in in_force} <= {"original"}
    composed = resolution.composed.column("message_id").to_pylist()
    assert len(set(composed)) == len(composed)
    assert not set(composed) & names
    # Consignments in force: those of the originals that are neither cancelled, nor repeated, nor yet to come.
    gone = {name for name in told if name in resolution.ids("cancelled") + resolution.ids("duplicate")}
    waiting = set(resolution.ids("waiting"))
    originals = {message["message_id"] for message in messages if message["function"] == "original"}
    assert len(in_force) + len(composed) == len(originals - gone - waiting)
    assert len(resolution.rejects) == len(resolution.ids("duplicate"))
