"""The bare address leads to the first page of a person's work, and a stranger to the door."""

import pytest
from django.http import HttpRequest
from django.test import Client
from tests.visiting import sign_in

from tidewaiter.node.accounts.models import Office, Person
from tidewaiter.node.ui import frame

pytestmark = pytest.mark.django_db


def come_in(client: Client) -> None:
    office, _ = Office.objects.get_or_create(code="HK", defaults={"path": "HK/", "administration": "HK"})
    sign_in(Person.objects.create(username="tam", office=office, must_change_password=False), client)


def test_a_stranger_is_led_to_the_door(client: Client) -> None:
    assert client.get("/")["Location"].startswith("/accounts/sign-in/")


def test_who_has_no_role_yet_is_led_to_their_settings(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frame, "_PROVIDERS", {})
    come_in(client)
    assert client.get("/")["Location"] == "/accounts/settings/"


def test_the_first_line_of_the_navigation_is_the_first_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def provide(_: HttpRequest) -> frame.Contribution:
        lines = [
            frame.Entry(label=url, url=url, icon="box", order=order) for url, order in (("/later/", 90), ("/now/", 5))
        ]
        return frame.Contribution(entries=tuple(lines))

    monkeypatch.setattr(frame, "_PROVIDERS", {"invented": provide})
    come_in(client)
    assert client.get("/")["Location"] == "/now/"
