"""Signing in and out: the same answer whatever was wrong, a new session, and back to where one wanted to go."""

from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import hashers
from django.test import Client

from tidewaiter.node.accounts import services
from tidewaiter.node.accounts.models import SignInAttempt
from tidewaiter.node.accounts.services import sign_in
from tidewaiter.node.audit.models import AuditRow

PASSWORD = "heron basket tide seven"
DOOR = "/accounts/sign-in/"


def knock(username: str, password: str = PASSWORD, **more: str) -> Any:
    return Client().post(DOOR, {"username": username, "password": password, **more})


def test_right_words_open_the_door(world: Any) -> None:
    answer = knock(" Officer.OWN ", next="/accounts/settings/")
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/settings/")
    assert AuditRow.objects.last().verb == "accounts.signed_in"
    assert SignInAttempt.objects.get().outcome == "signed_in"


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_it_never_leads_to_another_place(world: Any, target: str) -> None:
    assert knock("officer.own", next=target)["Location"] == "/"


def test_unknown_wrong_closed_and_paused_answer_alike(world: Any) -> None:
    services.deactivate(world["root"], world["nobody@own"], reason="left")
    for _try in range(sign_in.FREE_FAILURES):
        knock("analyst.own", "wrong")
    answers = [
        knock("who.is.this"),
        knock("officer.own", "wrong"),
        knock("nobody.own"),
        knock("analyst.own"),
    ]
    assert [answer.status_code for answer in answers] == [422] * 4
    shown = {tuple(answer.context["form"].non_field_errors()) for answer in answers}
    assert len(shown) == 1


def test_an_unknown_account_costs_one_hash_as_a_known_one_does(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    costs: list[str] = []
    verify = hashers.MD5PasswordHasher.verify

    def counted(self: Any, password: str, encoded: str) -> bool:
        costs.append(encoded.split("$", maxsplit=1)[0])
        return bool(verify(self, password, encoded))

    monkeypatch.setattr(hashers.MD5PasswordHasher, "verify", counted)
    for username in ("who.is.this", "officer.own"):
        costs.clear()
        knock(username, "wrong")
        assert costs == ["md5"], username


def test_what_was_typed_as_username_is_not_kept(world: Any) -> None:
    knock("my secret phrase in the wrong box", "x")
    attempt = SignInAttempt.objects.get()
    assert attempt.person is None
    assert "secret" not in attempt.account
    assert len(attempt.account) == 64


def test_the_session_gets_a_new_key(world: Any) -> None:
    client = Client()
    session = client.session
    session["before"] = 1
    session.save()
    old = session.session_key
    client.post(DOOR, {"username": "officer.own", "password": PASSWORD})
    assert client.session.session_key != old


def test_signing_out_ends_the_session(world: Any) -> None:
    client = world.client("officer@own")
    assert client.get("/accounts/sign-out/").status_code == 405
    assert client.post("/accounts/sign-out/")["Location"] == DOOR
    assert client.get("/accounts/settings/").status_code == 302
    assert AuditRow.objects.last().verb == "accounts.signed_out"


def test_signing_out_has_the_browser_forget_what_it_kept(world: Any) -> None:
    answer = world.client("officer@own").post("/accounts/sign-out/")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert "Clear-Site-Data" not in Client().get(DOOR)


def test_the_door_needs_its_csrf_token(world: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(DOOR, {"username": "officer.own", "password": PASSWORD}).status_code == 403


def test_what_is_missing_is_said_and_the_username_kept(world: Any) -> None:
    answer = knock("officer.own", "")
    assert answer.status_code == 422
    assert "officer.own" in answer.content.decode()
    assert "password" in answer.context["form"].errors


def test_pages_of_people_are_kept_by_no_cache(world: Any) -> None:
    assert "no-store" in world.client("officer@own").get("/accounts/settings/")["Cache-Control"]


def test_the_password_never_comes_back(world: Any) -> None:
    assert "wrong-secret" not in knock("officer.own", "wrong-secret").content.decode()


def test_the_persons_settings_come_with_the_session(world: Any) -> None:
    services.set_preferences(world["officer@own"], language="pt", theme="dark", shortcuts=False)
    cookies = knock("officer.own").cookies
    assert cookies[settings.LANGUAGE_COOKIE_NAME].value == "pt"
    assert (cookies["tw_theme"].value, cookies["tw_keys"].value) == ("dark", "off")
