"""Passwords: a one-time one is changed first, a weak one is refused with words."""

from typing import Any

import pytest
from django.test import Client

from tidewaiter.node.accounts import passwords
from tidewaiter.node.accounts.models import Person
from tidewaiter.node.audit.models import AuditPayload, AuditRow

OLD = "heron basket tide seven"


@pytest.fixture
def newcomer(world: Any) -> tuple[Client, str]:
    made = world.client("root").post(
        "/accounts/new/", {"username": "ho.s", "office": "HK-T1", "language": "en", "name_han": "何四"}
    )
    password = made.context["password"]
    client = Client()
    client.post("/accounts/sign-in/", {"username": "ho.s", "password": password})
    return client, password


def test_a_one_time_password_opens_nothing_but_its_change(newcomer: tuple[Client, str]) -> None:
    client, password = newcomer
    for path in ("/accounts/settings/", "/accounts/offices/", "/audit/"):
        assert client.get(path)["Location"] == "/accounts/password/"
    assert client.get("/accounts/password/").status_code == 200
    new = "lantern quarry mill four"
    assert client.post("/accounts/password/", {"old": password, "new": new, "again": new}).status_code == 302
    assert client.get("/accounts/settings/").status_code == 200


def test_one_can_sign_out_before_changing_it(newcomer: tuple[Client, str]) -> None:
    assert newcomer[0].post("/accounts/sign-out/")["Location"] == "/accounts/sign-in/"


def test_it_is_shown_once_and_kept_nowhere(newcomer: tuple[Client, str]) -> None:
    password = newcomer[1]
    assert Person.objects.get(username="ho.s").check_password(password)
    assert not AuditPayload.objects.filter(body__contains=password).exists()
    assert not AuditRow.objects.filter(reason__contains=password).exists()


def test_one_time_passwords_differ() -> None:
    many = {passwords.one_time() for _number in range(200)}
    assert len(many) == 200
    assert all(len(one) == 19 for one in many)


@pytest.mark.parametrize(
    ("old", "new", "again", "field"),
    [
        ("wrong", "lantern quarry mill four", "lantern quarry mill four", "old"),
        (OLD, "short", "short", "new"),
        (OLD, OLD, OLD, "new"),
        (OLD, "aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaa", "new"),
        (OLD, "my name is officer.own!", "my name is officer.own!", "new"),
        (OLD, "lantern quarry mill four", "lantern quarry mill five", "again"),
        (OLD, "", "", "new"),
    ],
)
def test_bad_input_is_said_at_its_field_and_changes_nothing(
    world: Any, old: str, new: str, again: str, field: str
) -> None:
    answer = world.client("officer@own").post("/accounts/password/", {"old": old, "new": new, "again": again})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert world["officer@own"].check_password(OLD)
