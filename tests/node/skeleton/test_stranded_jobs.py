"""A job whose worker died is done again; one that kills its workers is given up."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tidewaiter.node.loops import SILENT, forget, take_back_stranded
from tidewaiter.node.models import Heartbeat

pytestmark = pytest.mark.django_db


def running(*workers: str) -> DBTaskResult:
    return DBTaskResult.objects.create(
        status=TaskResultStatus.RUNNING,
        started_at=timezone.now() - 2 * SILENT,
        run_after=timezone.now(),
        args_kwargs={"args": [], "kwargs": {}},
        task_path="tests.nothing",
        worker_ids=list(workers),
        backend_name="default",
    )


def status(result: DBTaskResult) -> str:
    result.refresh_from_db()
    return str(result.status)


def test_the_job_of_a_dead_worker_goes_back_into_the_queue() -> None:
    stranded = running("dead")
    assert take_back_stranded() == 1
    assert status(stranded) == TaskResultStatus.READY


def test_the_job_of_a_living_worker_is_left_alone() -> None:
    Heartbeat.objects.create(worker="alive", at=timezone.now(), started_at=timezone.now())
    long_one = running("dead", "alive")
    assert take_back_stranded() == 0
    assert status(long_one) == TaskResultStatus.RUNNING


def test_a_job_that_stranded_three_times_has_failed() -> None:
    deadly = running("one", "two", "three")
    take_back_stranded()
    assert status(deadly) == TaskResultStatus.FAILED
    assert deadly.finished_at is not None


def test_signs_of_life_of_long_ago_go() -> None:
    now = timezone.now()
    for name, age in (("old", timedelta(days=2)), ("new", timedelta(minutes=1))):
        Heartbeat.objects.create(worker=name, at=now - age, started_at=now - age)
    forget()
    assert [beat.worker for beat in Heartbeat.objects.all()] == ["new"]
