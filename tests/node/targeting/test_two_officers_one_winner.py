"""Two officers who take the same line at the same moment: one has it, the other is told who and when."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, connections

from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.models import Person
from tidewaiter.node.accounts.policies import NotAllowed
from tidewaiter.node.accounts.roles import Role
from tidewaiter.node.audit.models import AuditRow
from tidewaiter.node.targeting import services
from tidewaiter.node.targeting.errors import NotFree
from tidewaiter.node.targeting.models import SelectedConsignment

Line = Callable[..., SelectedConsignment]
Staff = Callable[..., Person]


@pytest.mark.django_db(transaction=True)
def test_with_real_threads_one_wins_and_the_other_is_told(staff: Staff, line: Line) -> None:
    people = [staff(f"officer{n}", Role.OFFICER, "HK-HZMB") for n in range(4)]
    item = line()
    start = threading.Barrier(len(people))
    won: list[Person] = []
    told: list[str] = []

    def take(person: Person) -> None:
        try:
            start.wait()
            services.take(person, item)
            won.append(person)
        except NotFree as late:
            told.append(late.message)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=take, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1
    assert len(told) == 3
    item.refresh_from_db()
    assert item.taken_by == won[0]
    assert all(won[0].name in words and item.reference in words for words in told)
    assert AuditRow.objects.filter(verb="targeting.take", object_id=str(item.pk)).count() == 1
    assert connection.vendor in {"sqlite", "postgresql"}


def test_a_row_that_changed_between_look_and_write_is_not_taken(
    staff: Staff, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = staff("first", Role.OFFICER, "HK-HZMB"), staff("second", Role.OFFICER, "HK-HZMB")
    item = line()
    services.take(first, item)
    with pytest.raises(NotFree) as late:
        services.take(second, item)
    assert "FIRST took 粤Z·K417港 at" in late.value.message


def test_release_needs_a_reason_and_the_hand_that_holds_it(staff: Staff, line: Line) -> None:
    holder, other = staff("holder", Role.OFFICER, "HK-HZMB"), staff("other", Role.OFFICER, "HK-HZMB")
    item = services.take(holder, line())
    with pytest.raises(NotAllowed):
        services.release(other, item, reason="none of mine")
    with pytest.raises(Refused) as refused:
        services.release(holder, item, reason="  ")
    assert refused.value.field == "reason"
    released = services.release(holder, item, reason="Papers and seal agree")
    assert (released.state, released.release_reason) == ("released", "Papers and seal agree")
    row = AuditRow.objects.get(verb="targeting.release")
    assert row.reason == "Papers and seal agree"


def test_a_line_goes_to_a_control_and_back(staff: Staff, line: Line) -> None:
    holder = staff("holder", Role.OFFICER, "HK-HZMB")
    item = services.send_for_control(holder, services.take(holder, line()), channel="physical", place="bay 2")
    assert (item.state, item.control_channel, item.control_place) == ("for_control", "physical", "bay 2")
    back = services.give_back(holder, item)
    assert (back.state, back.taken_by, back.control_place) == ("waiting", None, "")


def test_a_line_is_assigned_to_officers_of_its_office_alone(staff: Staff, line: Line, analyst: Person) -> None:
    here, there = staff("here", Role.OFFICER, "HK-HZMB"), staff("there", Role.OFFICER, "HK-KWAI-CHUNG")
    item = line()
    with pytest.raises(Refused):
        services.assign(analyst, item, to=there)
    assert services.assign(analyst, item, to=here).taken_by == here
