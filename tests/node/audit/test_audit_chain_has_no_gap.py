"""Whatever order transactions begin, commit and fail in, there is one chain without gaps that only grows."""

import json

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tidewaiter.node.accounts.models import Person
from tidewaiter.node.audit import chain
from tidewaiter.node.audit.models import AuditRow, ChainHead
from tidewaiter.node.audit.sequencer import run_once, run_until_empty
from tidewaiter.node.audit.services import erase_payload, record

pytestmark = pytest.mark.django_db(transaction=True)

few = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def placed() -> list[tuple[int | None, int]]:
    return list(AuditRow.objects.filter(seq__isnull=False).order_by("seq").values_list("seq", "pk"))


def assert_grew(before: list[tuple[int | None, int]]) -> list[tuple[int | None, int]]:
    now = placed()
    assert now[: len(before)] == before
    assert [seq for seq, _pk in now] == list(range(1, len(now) + 1))
    verdict = chain.verify()
    assert verdict.whole, verdict
    assert verdict.checked == len(now)
    return now


step = st.one_of(
    st.tuples(st.just("commit"), st.integers(1, 4)),
    st.tuples(st.just("fail"), st.integers(1, 3)),
    st.tuples(st.just("sequence"), st.integers(1, 5)),
    st.tuples(st.just("erase"), st.integers(0, 30)),
)


@few
@given(steps=st.lists(step, max_size=12))
def test_one_after_the_other(actor: Person, steps: list[tuple[str, int]]) -> None:
    known = placed()
    for what, number in steps:
        if what == "sequence":
            run_once(limit=number)
        elif what == "erase":
            rows = list(AuditRow.objects.filter(payload__isnull=False))
            if rows:
                erase_payload(actor, rows[number % len(rows)], reason="asked for")
        else:
            with transaction.atomic():
                for count in range(number):
                    record(actor, "accounts.edited", actor, after={"count": count})
                transaction.set_rollback(what == "fail")
        known = assert_grew(known)
    run_until_empty()
    assert len(assert_grew(known)) == AuditRow.objects.count()
    assert run_once() == 0


def test_the_head_says_where_the_chain_ends(actor: Person) -> None:
    with transaction.atomic():
        last = record(actor, "accounts.edited", actor)
    state = chain.state()
    assert (state.seq, state.waiting) == (0, 1)
    run_until_empty()
    last.refresh_from_db()
    state = chain.state()
    assert (state.seq, state.hash, state.waiting) == (1, last.hash, 0)
    assert ChainHead.objects.get().administration == "HK"
    assert json.loads(last.payload.body) == {"before": None, "after": None}
