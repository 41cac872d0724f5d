"""Every page says who is on duty, and makes a sound for a new tip where that person is signed in; times of climbing."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tidewaiter.node.accounts.models import Person
from tidewaiter.node.intelligence import escalation
from tidewaiter.node.intelligence.models import DutyShift, Tip

Browser = Callable[[Person], Client]
SOUND = " data-sound-on"


def _on_duty(person: Person, office: str, *, since: int = 1, hours: int = 8) -> DutyShift:
    at = timezone.now() - timedelta(hours=since)
    return DutyShift.objects.create(office_id=office, person=person, starts_at=at, ends_at=at + timedelta(hours=hours))


def _body(page: str) -> str:
    return page[page.index("<body") : page.index(">", page.index("<body"))]


def test_who_is_on_duty_hears_a_tip_on_every_page(make_person: Callable[..., Person], browser: Browser) -> None:
    officer, other = make_person("officer", "HK-HZMB"), make_person("officer", "HK-HZMB", "other")
    shift = _on_duty(officer, "HK-HZMB")
    until = f"{timezone.localtime(shift.ends_at):%H:%M}"
    for page in ("/queue/", reverse("intelligence:roster")):
        mine = browser(officer).get(page).content.decode()
        assert SOUND in _body(mine)
        assert "You are on duty until" in mine
        theirs = browser(other).get(page).content.decode()
        assert SOUND not in _body(theirs)
        assert f"On duty: {officer.name} until" in theirs
        assert until in theirs


def test_the_nearest_desk_above_counts(make_person: Callable[..., Person], browser: Browser) -> None:
    officer, chief = make_person("officer", "HK-HZMB"), make_person("coordinator", "HK")
    page = browser(officer).get("/queue/").content.decode()
    assert "Nobody is on duty now" in page
    _on_duty(chief, "HK")
    assert f"On duty: {chief.name} until" in browser(officer).get("/queue/").content.decode()


@pytest.mark.parametrize("shift", [{"since": 9}, {"since": -1}])
def test_a_shift_that_is_over_or_to_come_does_not_count(
    make_person: Callable[..., Person], browser: Browser, shift: dict[str, int]
) -> None:
    officer = make_person("officer", "HK-HZMB")
    _on_duty(officer, "HK-HZMB", **shift)
    page = browser(officer).get("/queue/").content.decode()
    assert SOUND not in _body(page)
    assert "Nobody is on duty now" in page


def test_a_cancelled_shift_does_not_count(make_person: Callable[..., Person]) -> None:
    officer = make_person("officer", "HK-HZMB")
    shift = _on_duty(officer, "HK-HZMB")
    DutyShift.objects.update(cancelled_at=timezone.now())
    assert DutyShift.objects.beside(officer, shift.starts_at + timedelta(minutes=1)) == (None, None)


def test_the_times_are_set_by_their_page(make_person: Callable[..., Person], browser: Browser) -> None:
    client, page = browser(make_person("coordinator")), reverse("intelligence:times")
    given = {"queue": "0", "duty_officer": "1", "coordinator": "4", "sender": "9"}
    assert client.post(page, given).status_code == 302
    assert escalation.steps() == (("queue", 0), ("duty_officer", 60), ("coordinator", 240), ("sender", 540))
    wrong = client.post(page, {**given, "coordinator": "20"})
    assert wrong.status_code == 422
    assert b'value="20"' in wrong.content
    assert dict(escalation.steps())["coordinator"] == 240
    assert browser(make_person("officer", "HK-HZMB")).get(page).status_code == 403


def test_ten_times_as_many_tips_ask_no_more_queries(
    arrive: Callable[..., Tip], make_person: Callable[..., Person], browser: Browser
) -> None:
    client = browser(make_person("coordinator"))
    tip = arrive(number="GD-HK-0001")
    pages = [reverse("intelligence:tips"), reverse("intelligence:roster"), reverse("partners:lanes")]
    pages.append(tip.get_absolute_url())
    few = [_queries(client, page) for page in pages]
    for number in range(2, 12):
        arrive(number=f"GD-HK-{number:04d}")
        _on_duty(make_person("officer", "HK-HZMB", f"officer-{number}"), "HK-HZMB")
    assert [_queries(client, page) for page in pages] == few


def _queries(client: Client, page: str) -> int:
    client.get(page)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(page).status_code == 200
    return len(asked)
