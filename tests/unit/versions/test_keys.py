"""The keys by which messages find each other."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from tidewaiter.intake.identity import message_id
from tidewaiter.intake.versions import components, keys
from tidewaiter.intake.versions.keys import AS_ID, AS_NUMBER, AS_REFERENCE, WAYS, names_of

Make = Callable[..., dict[str, Any]]
Rows = Callable[..., pa.Table]


def batch_of(messages: pa.Table) -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist(messages.to_pylist(), schema=messages.schema)


def names(messages: pa.Table) -> dict[str, set[int]]:
    found = keys(batch_of(messages))
    of_message: dict[str, set[int]] = {}
    for name, key in zip(found["message_id"].to_pylist(), names_of(found["key"].to_numpy()).tolist(), strict=True):
        of_message.setdefault(name, set()).add(key)
    return of_message


def test_a_name_meets_its_like_however_it_is_borne(make: Make, rows: Rows) -> None:
    of = names(
        rows(
            make("a", number="N1", reference="L1"),
            make("b", number="N1", consignment_id="own"),
            make("c", consignment_id="HK:N1"),
            make("d", reference="L1", declarant="D1"),
            make("e", number="N1", administration="MO"),
            make("f", reference="N1"),
        )
    )
    assert all(of[one] & of[other] for one, other in ("ab", "ac", "bc", "ad"))
    assert not any(of[one] & of[other] for one, other in ("bd", "ae", "af", "de"))


def test_a_message_without_any_reference_has_the_key_of_its_id(make: Make, rows: Rows) -> None:
    of = names(rows(make("a", bill="B1"), make("b", bill="B1"), make("c")))
    assert of["a"] & of["b"]
    assert of["c"]
    assert not of["a"] & of["c"]


def test_an_id_with_a_count_meets_the_id_without(make: Make, rows: Rows) -> None:
    of = names(rows(*(make(name, consignment_id=name) for name in ("X", "X~2", "X~2~3", "X~", "Y~2"))))
    assert of["X"] & of["X~2"] & of["X~2~3"]
    assert not of["X"] & (of["X~"] | of["Y~2"])


def test_message_ids_that_the_input_gave_meet(make: Make, rows: Rows) -> None:
    of = keys(batch_of(rows(make("7", number="N1"), make("7", number="N2"))))
    assert Counter(Counter(names_of(of["key"].to_numpy()).tolist()).values()) == {2: 1, 1: 2}
    ours = make(message_id("made.csv", 7), number="N1")
    assert keys(batch_of(rows(ours))).num_rows == 1


def test_a_key_says_how_the_name_is_borne(make: Make, rows: Rows) -> None:
    made = rows(
        make(message_id("made.csv", 1), number="N1", reference="L1"),
        make(message_id("made.csv", 2), number="N1", consignment_id="own"),
    )
    ways = keys(batch_of(made))["key"].to_numpy() & WAYS
    assert ways.tolist() == [AS_ID | AS_NUMBER, AS_ID, AS_NUMBER, AS_REFERENCE]


def test_a_reference_that_is_repeated_has_one_key(make: Make, rows: Rows) -> None:
    twice = make(message_id("made.csv", 1), number="N1", consignment_id="own")
    twice["references"] *= 2
    assert keys(batch_of(rows(twice))).num_rows == 2


def test_parts_of_a_batch_have_the_same_keys(make: Make, rows: Rows) -> None:
    batch = batch_of(rows(make("a", number="N1"), make("b", number="N2"), make("c")))
    whole = keys(batch).to_pylist()
    parts = [row for start in range(3) for row in keys(batch.slice(start, 1)).to_pylist()]
    assert sorted(whole, key=str) == sorted(parts, key=str)
    assert keys(batch.slice(3)).num_rows == 0


LINKS = st.lists(st.tuples(st.integers(0, 14), st.integers(0, 9)), max_size=30)


@settings(max_examples=150, deadline=None)
@given(links=LINKS)
def test_components_are_closed_and_no_larger_than_they_must_be(links: list[tuple[int, int]]) -> None:
    found = components(
        np.array([message for message, _ in links], dtype=np.int64),
        np.array([name for _, name in links], dtype=np.uint64),
        15,
    )
    together = {message: {message} for message in range(15)}
    for one, name in links:
        for other, same in links:
            if name == same and together[one] is not together[other]:
                together[one] |= together[other]
                for message in together[one]:
                    together[message] = together[one]
    assert found.tolist() == [min(together[message]) for message in range(15)]


def test_a_long_chain_of_messages_is_one_component() -> None:
    length = 20_000
    message = np.repeat(np.arange(length), 2)
    name = np.roll(np.repeat(np.arange(length), 2), 1).astype(np.uint64)
    order = np.random.default_rng(1).permutation(length)
    assert not components(order[message], name, length).any()
