"""Guessing is slow: buckets by account and by address, and a pause that grows with failures."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.node.accounts import services
from tidewaiter.node.accounts.models import SignInAttempt, SignInLock, TokenBucket
from tidewaiter.node.accounts.services import limits, sign_in
from tidewaiter.node.accounts.services.sign_in import Answer, check
from tidewaiter.node.audit.models import AuditRow

PASSWORD = "heron basket tide seven"
START = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=1)


class Watch:
    """A time that a test moves on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = START
        monkeypatch.setattr("django.utils.timezone.now", lambda: self.now)

    def later(self, **span: float) -> None:
        self.now += timedelta(**span)


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    return Watch(monkeypatch)


def fail(times: int, username: str = "officer.own") -> None:
    for number in range(times):
        assert check(username, "wrong", f"10.0.0.{number}").answer is Answer.NOT_RIGHT


@pytest.mark.parametrize("username", ["officer.own", "who.is.this"])
def test_after_some_failures_the_account_pauses(world: Any, watch: Watch, username: str) -> None:
    fail(sign_in.FREE_FAILURES, username)
    lock = SignInLock.objects.get()
    assert lock.until == START + sign_in.FIRST_PAUSE
    assert AuditRow.objects.last().verb == "accounts.sign_in_paused"
    assert check(username, PASSWORD, "10.0.0.9").person is None
    assert SignInAttempt.objects.order_by("id").last().outcome == "paused"


def test_after_the_pause_the_right_password_works_and_all_is_forgotten(world: Any, watch: Watch) -> None:
    fail(sign_in.FREE_FAILURES)
    watch.later(seconds=31)
    assert check("officer.own", PASSWORD, "10.0.0.9").person == world["officer@own"]
    assert not SignInLock.objects.exists()


def test_tries_during_the_pause_do_not_lengthen_it(world: Any, watch: Watch) -> None:
    fail(sign_in.FREE_FAILURES)
    until = SignInLock.objects.get().until
    fail(3)
    assert SignInLock.objects.get().until == until


def test_the_pause_doubles_up_to_its_longest() -> None:
    pauses = [sign_in.pause_after(number) for number in range(12)]
    assert pauses[: sign_in.FREE_FAILURES] == [None] * sign_in.FREE_FAILURES
    assert [pause.total_seconds() for pause in pauses if pause] == [30, 60, 120, 240, 480, 900, 900]
    assert sign_in.pause_after(10**6) == sign_in.LONGEST_PAUSE


def test_failures_are_forgotten_after_a_day(world: Any, watch: Watch) -> None:
    fail(sign_in.FREE_FAILURES - 1)
    watch.later(hours=25)
    fail(1)
    assert SignInLock.objects.get().failures == 1


def test_another_account_is_not_touched(world: Any, watch: Watch) -> None:
    fail(sign_in.FREE_FAILURES)
    assert check("analyst.own", PASSWORD, "10.0.0.9").answer is Answer.RIGHT


def test_a_new_password_ends_the_pause(world: Any, watch: Watch) -> None:
    fail(sign_in.FREE_FAILURES)
    password = services.reset_password(world["root"], world["officer@own"], reason="locked out")
    assert check("officer.own", password, "10.0.0.9").answer is Answer.RIGHT


def test_an_address_has_its_own_limit(world: Any, watch: Watch) -> None:
    for number in range(limits.SIGN_IN_BY_ADDRESS.capacity):
        check(f"guess.{number}", "wrong", "10.0.0.1")
    assert check("officer.own", PASSWORD, "10.0.0.1").answer is Answer.TOO_MANY
    assert check("officer.own", PASSWORD, "10.0.0.2").answer is Answer.RIGHT
    watch.later(seconds=limits.SIGN_IN_BY_ADDRESS.seconds)
    assert check("officer.own", PASSWORD, "10.0.0.1").answer is Answer.RIGHT


def test_the_page_says_so(world: Any, watch: Watch) -> None:
    for number in range(limits.SIGN_IN_BY_ADDRESS.capacity):
        check(f"guess.{number}", "wrong", "127.0.0.1")
    answer = Client().post("/accounts/sign-in/", {"username": "officer.own", "password": PASSWORD})
    assert answer.status_code == 429
    assert answer.context["form"].non_field_errors()


def test_what_is_over_is_forgotten(world: Any, watch: Watch) -> None:
    fail(3)
    watch.later(days=200)
    sign_in.forget_old()
    assert not SignInAttempt.objects.exists()
    assert not SignInLock.objects.exists()
    assert not TokenBucket.objects.exists()


@pytest.mark.django_db
@given(gaps=st.lists(st.floats(0, 30), max_size=60))
def test_a_bucket_never_gives_more_than_it_may(gaps: list[float]) -> None:
    limit = limits.Limit("test", capacity=3, seconds=10)
    TokenBucket.objects.all().delete()
    now, taken = START, 0
    for gap in gaps:
        now += timedelta(seconds=gap)
        taken += limits.take(limit, "x", now)
    assert taken <= 3 + (now - START).total_seconds() / 10
