"""The clock: work is done when due, by one worker, and again when a worker dies in it."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from tidewaiter.node import clock
from tidewaiter.node.models import Heartbeat, Loop

START = datetime(2031, 3, 3, 3, 0, tzinfo=UTC)


@pytest.fixture
def every(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Registers jobs that only this test knows."""
    monkeypatch.setattr(clock, "_jobs", {})
    yield clock.every


@pytest.mark.django_db
def test_work_is_done_when_it_is_due(every: Callable[..., None]) -> None:
    done: list[str] = []
    every(60, "test.minute", lambda: done.append("minute"))
    every(3600, "test.hour", lambda: done.append("hour"))
    assert clock.run_due("a", START) == ["test.minute", "test.hour"]
    assert clock.run_due("b", START + timedelta(seconds=59)) == []
    assert clock.run_due("b", START + timedelta(seconds=60)) == ["test.minute"]
    assert done == ["minute", "hour", "minute"]


@pytest.mark.django_db
def test_what_fails_is_noted_and_tried_again_and_the_rest_is_done(every: Callable[..., None]) -> None:
    def fail() -> None:
        raise ValueError("Chan Tai Man")

    done: list[int] = []
    every(60, "test.fails", fail)
    every(60, "test.works", lambda: done.append(1))
    clock.run_due("a", START)
    clock.run_due("a", START + timedelta(seconds=60))
    loop = Loop.objects.get(name="test.fails")
    assert (loop.failures, loop.last_error, loop.held_by) == (2, "builtins.ValueError", "")
    assert done == [1, 1]


@pytest.mark.django_db
def test_what_another_holds_is_left_until_it_is_silent(every: Callable[..., None]) -> None:
    every(10, "test.long", lambda: None)
    [job] = clock.jobs()
    assert clock.claim(job, "a", START)
    assert not clock.claim(job, "b", START + timedelta(seconds=59))
    assert clock.claim(job, "b", START + clock.HOLD + timedelta(seconds=1))


@pytest.mark.django_db
def test_a_sign_of_life_renews_what_is_held(every: Callable[..., None]) -> None:
    every(10, "test.long", lambda: None)
    [job] = clock.jobs()
    began = timezone.now() - clock.HOLD
    assert clock.claim(job, "a", began)
    clock.beat("a", began)
    assert not clock.claim(job, "b", timezone.now() + timedelta(seconds=1))
    assert Heartbeat.objects.get(worker="a").started_at == began


def test_a_name_belongs_to_one_job(every: Callable[..., None]) -> None:
    every(10, "test.one", print)
    every(20, "test.one", print)
    with pytest.raises(ValueError, match=r"two periodic jobs are called test\.one"):
        every(10, "test.one", repr)


@pytest.mark.django_db(transaction=True)
def test_many_workers_at_once_do_it_once_each_time(every: Callable[..., None]) -> None:
    done: Counter[int] = Counter()
    running: list[int] = []
    together: list[int] = []
    turn = 0

    def work() -> None:
        running.append(1)
        together.append(len(running))
        done[turn] += 1
        running.pop()

    every(60, "test.once", work)
    for turn in range(15):
        barrier = threading.Barrier(4)
        moment = START + timedelta(seconds=60 * turn)

        def worker(name: str, barrier: threading.Barrier = barrier, moment: datetime = moment) -> None:
            try:
                barrier.wait()
                clock.run_due(name, moment)
            finally:
                connection.close()

        threads = [threading.Thread(target=worker, args=(f"worker{number}",)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert done == dict.fromkeys(range(15), 1)
    assert set(together) == {1}
