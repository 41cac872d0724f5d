"""A lane to a peer: what goes next, what an answer means, how long to wait, how far an object has come."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.exchange.delivery import (
    FIRST_PAUSE,
    LONGEST_ASKED,
    LONGEST_PAUSE,
    Answer,
    ImpossibleReceipt,
    Rung,
    Waiting,
    climb,
    halves,
    is_settled,
    meaning,
    next_batch,
    pause,
    retry_after,
    sent,
)
from tidewaiter.exchange.objects import ReceiptState

NOW = datetime(2026, 5, 4, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "many", "alone"),
    [
        (None, Answer.RETRY, Answer.RETRY),
        (200, Answer.ACCEPTED, Answer.ACCEPTED),
        (202, Answer.ACCEPTED, Answer.ACCEPTED),
        (301, Answer.STOP, Answer.STOP),
        (400, Answer.SPLIT, Answer.POISON),
        (401, Answer.STOP, Answer.STOP),
        (403, Answer.STOP, Answer.STOP),
        (404, Answer.STOP, Answer.STOP),
        (406, Answer.STOP, Answer.STOP),
        (408, Answer.RETRY, Answer.RETRY),
        (413, Answer.HALVE, Answer.POISON),
        (415, Answer.STOP, Answer.STOP),
        (422, Answer.SPLIT, Answer.POISON),
        (429, Answer.RETRY, Answer.RETRY),
        (500, Answer.RETRY, Answer.RETRY),
        (503, Answer.RETRY, Answer.RETRY),
    ],
)
def test_what_a_status_means(status: int | None, many: Answer, alone: Answer) -> None:
    assert (meaning(status, 7), meaning(status, 1)) == (many, alone)


@given(st.integers(1, 10_000), st.text(max_size=10), st.integers())
def test_pauses_grow_are_bounded_and_repeat_with_the_seed(attempt: int, lane: str, seed: int) -> None:
    found = pause(attempt, lane, seed)
    most = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(attempt - 1, 20))
    assert most / 2 <= found <= most
    assert found == pause(attempt, lane, seed)


def test_peers_do_not_come_back_together() -> None:
    assert len({pause(9, f"peer {number}") for number in range(50)}) == 50


def test_what_a_peer_asks_for_is_waited_but_not_for_ever() -> None:
    assert pause(1, "HK", asked=timedelta(minutes=10)) == timedelta(minutes=10)
    assert pause(1, "HK", asked=timedelta(days=10)) == LONGEST_ASKED
    assert retry_after("120", NOW) == timedelta(minutes=2)
    assert retry_after("Mon, 04 May 2026 02:03:00 GMT", NOW) == timedelta(minutes=3)
    assert retry_after("Mon, 04 May 2020 02:03:00 GMT", NOW) == timedelta()
    for senseless in (None, "", "soon", "-5", "١٢", "9" * 5000):
        found = retry_after(senseless, NOW)
        assert found is None or found == LONGEST_ASKED


def lane(*objects: str, **special: Waiting) -> list[Waiting]:
    return [special.get(name) or Waiting(place, name[0], 10) for place, name in enumerate(objects)]


def ids(batch: list[Waiting]) -> list[int]:
    return [one.sequence for one in batch]


def test_poison_holds_up_its_own_later_versions_and_nothing_else() -> None:
    waiting = [*lane("a", "b", "a2", "c", b=Waiting(1, "b", 10, set_aside=True)), Waiting(9, "b", 10)]
    assert ids(next_batch(waiting, NOW)) == [0, 2, 3]


def test_an_object_that_waits_keeps_its_order() -> None:
    later = Waiting(0, "a", 10, not_before=NOW + timedelta(seconds=5))
    waiting = [Waiting(2, "a", 10), Waiting(1, "b", 10), later]
    assert ids(next_batch(waiting, NOW)) == [1]
    assert ids(next_batch(waiting, NOW + timedelta(seconds=5))) == [0, 1, 2]


def test_a_batch_keeps_within_objects_and_bytes() -> None:
    waiting = [Waiting(place, str(place), 10) for place in range(10)]
    assert ids(next_batch(waiting, NOW, most=3)) == [0, 1, 2]
    assert ids(next_batch(waiting, NOW, largest=45)) == [0, 1, 2, 3]
    assert ids(next_batch([Waiting(0, "huge", 100), *waiting[1:]], NOW, largest=45)) == [0]
    assert next_batch([], NOW) == []


@given(
    st.lists(st.builds(Waiting, st.integers(0, 99), st.sampled_from("abc"), st.integers(1, 50), st.booleans())),
    st.integers(1, 5),
)
def test_no_version_overtakes_an_earlier_one(waiting: list[Waiting], most: int) -> None:
    batch = next_batch(waiting, NOW, most=most, largest=100)
    for one in batch:
        earlier = [other for other in waiting if other.object_id == one.object_id and other.sequence < one.sequence]
        assert all(other in batch and not other.set_aside for other in earlier)
    assert batch or all(one.set_aside or any(o.set_aside for o in waiting) for one in waiting)


def test_halving_ends_at_the_one_object() -> None:
    batch = [Waiting(place, str(place), 10) for place in range(5)]
    first, second = halves(batch)
    assert [*first, *second] == batch
    assert len(first) == 3
    assert halves(batch[:1]) == (batch[:1], [])


GOOD = [
    ReceiptState.RECEIVED,
    ReceiptState.STORED,
    ReceiptState.RELEASED,
    ReceiptState.ACKNOWLEDGED,
    ReceiptState.ACTED_ON,
]


@pytest.mark.parametrize("order", list(permutations(GOOD, 3)))
def test_receipts_in_any_order_lead_to_the_highest_rung(order: tuple[ReceiptState, ...]) -> None:
    rung = sent(Rung.QUEUED)
    for receipt in (*order, order[0]):
        rung = climb(rung, receipt)
    assert rung == Rung(max(order, key=GOOD.index).value)


def test_that_nobody_acknowledged_it_is_said_beside_the_ladder() -> None:
    assert climb(Rung.STORED, ReceiptState.UNACKNOWLEDGED) is Rung.RELEASED
    assert climb(Rung.ACKNOWLEDGED, ReceiptState.UNACKNOWLEDGED) is Rung.ACKNOWLEDGED


def test_a_rejection_settles_and_cannot_be_taken_back() -> None:
    rejected = climb(climb(Rung.SENT, ReceiptState.RECEIVED), ReceiptState.REJECTED)
    assert rejected is Rung.REJECTED
    assert climb(rejected, ReceiptState.RECEIVED) is Rung.REJECTED
    assert climb(rejected, ReceiptState.REJECTED) is Rung.REJECTED
    with pytest.raises(ImpossibleReceipt, match="rejected and is now said to be stored"):
        climb(rejected, ReceiptState.STORED)
    with pytest.raises(ImpossibleReceipt, match="acknowledged and is now said to be rejected"):
        climb(Rung.ACKNOWLEDGED, ReceiptState.REJECTED)


def test_a_recall_ends_the_ladder_from_anywhere() -> None:
    for rung in Rung:
        ended = climb(rung, ReceiptState.RECALL_ACKNOWLEDGED)
        assert ended is Rung.RECALL_ACKNOWLEDGED
        assert climb(ended, ReceiptState.ACTED_ON) is ended


def test_when_nothing_more_needs_delivering() -> None:
    assert {rung for rung in Rung if not is_settled(rung)} == {Rung.QUEUED, Rung.SENT, Rung.RECEIVED}
    assert sent(Rung.STORED) is Rung.STORED
