"""Sessions end: by time, by doing nothing, by a changed password, by a closed account."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from tidewaiter.node.accounts import services, sessions
from tidewaiter.node.audit.models import AuditRow

PAGE = "/accounts/settings/"


def wait(monkeypatch: pytest.MonkeyPatch, span: timedelta) -> None:
    moment = timezone.now() + span
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


def test_who_does_nothing_is_signed_out(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    client = world.client("officer@own")
    wait(monkeypatch, sessions.IDLE + timedelta(seconds=1))
    answer = client.get(PAGE)
    assert answer["Location"] == "/accounts/sign-in/?next=%2Faccounts%2Fsettings%2F&ended=idle"
    assert b"nothing was done" in client.get(answer["Location"]).content
    last = AuditRow.objects.last()
    assert (last.verb, last.reason) == ("accounts.signed_out", "idle")


def test_who_does_something_stays(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    client = world.client("officer@own")
    for _time in range(3):
        wait(monkeypatch, sessions.IDLE - timedelta(minutes=1))
        assert client.get(PAGE).status_code == 200


def test_what_a_page_fetches_by_itself_does_not_count(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    client = world.client("officer@own")
    for _time in range(2):
        wait(monkeypatch, sessions.IDLE * 0.6)
        answer = client.get(PAGE, headers={"TW-Live": "1"})
    assert answer.status_code == 302


def test_a_session_has_an_end_whatever_one_does(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    client = world.client("officer@own")
    session = client.session
    session["tw_began"] = timezone.now().timestamp() - settings.SESSION_COOKIE_AGE - 1
    session.save()
    assert client.get(PAGE)["Location"].endswith("ended=lifetime")


def test_a_part_of_a_page_sends_the_whole_page_to_the_door(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    client = world.client("officer@own")
    wait(monkeypatch, sessions.IDLE * 2)
    answer = client.get(PAGE, headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/queue/"})
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer["HX-Redirect"].startswith("/accounts/sign-in/?next=http")


def test_closing_an_account_ends_all_its_sessions_at_once(world: Any) -> None:
    desk, phone = world.client("officer@own"), world.client("officer@own")
    services.deactivate(world["root"], world["officer@own"], reason="left the service")
    assert desk.get(PAGE).status_code == phone.get(PAGE).status_code == 302
    services.activate(world["root"], world["officer@own"], reason="came back")
    assert desk.get(PAGE).status_code == 302


def test_a_changed_password_ends_the_other_sessions(world: Any) -> None:
    desk, phone = world.client("officer@own"), world.client("officer@own")
    new = "lantern quarry mill four"
    answer = desk.post("/accounts/password/", {"old": "heron basket tide seven", "new": new, "again": new}, follow=True)
    assert answer.status_code == 200
    assert desk.get(PAGE).status_code == 200
    assert phone.get(PAGE).status_code == 302


def test_a_one_time_password_ends_all_sessions(world: Any) -> None:
    client = world.client("officer@own")
    services.reset_password(world["root"], world["officer@own"], reason="forgotten")
    assert client.get(PAGE).status_code == 302
