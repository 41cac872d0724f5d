"""Two who open cases at the same moment get two numbers, one after the other, on either database."""

import threading

import pytest
from django.db import connection
from django.utils import timezone

from tidewaiter.node.casework import services
from tidewaiter.node.casework.models import Case

from .conftest import make_world


@pytest.mark.django_db(transaction=True)
def test_a_race_gives_no_gap_and_no_double() -> None:
    world = make_world()
    start, failed = threading.Barrier(4), list[BaseException]()

    def work() -> None:
        try:
            start.wait()
            for _ in range(5):
                services.open_case(world.case_officer, office=world.office, title="x", detected_at=timezone.now())
        except BaseException as wrong:  # noqa: BLE001 - told by the test
            failed.append(wrong)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert not failed
    assert sorted(Case.objects.values_list("serial", flat=True)) == list(range(1, 21))
