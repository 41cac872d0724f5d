"""Pages speak the language that the person chose, whatever the browser asks for."""

from urllib.parse import unquote

import pytest
from django.conf import settings
from django.test import Client
from tests.visiting import sign_in

from tidewaiter.node.accounts.models import Office, Person, RoleGrant
from tidewaiter.node.live import tickets

pytestmark = pytest.mark.django_db


def signed_in(client: Client, language: str) -> Person:
    office, _ = Office.objects.get_or_create(code="HK", defaults={"path": "HK/", "administration": "HK"})
    person = Person.objects.create(username="tam", office=office, language=language, must_change_password=False)
    RoleGrant.objects.create(person=person, role="analyst", office=office, reason="for a test")
    sign_in(person, client)
    return person


@pytest.mark.parametrize("language", ["en", "pt", "zh-hans", "zh-hant", "zh-hant-mo"])
def test_a_page_is_in_the_persons_language(client: Client, language: str) -> None:
    signed_in(client, language)
    response = client.get("/live/ticket", headers={"Accept-Language": "fr, en;q=0.5"})
    assert response.status_code == 200
    assert response["Content-Language"] == language


def test_a_page_that_has_been_open_for_long_gets_another_ticket(client: Client) -> None:
    person = signed_in(client, "en")
    response = client.get("/live/ticket")
    start, _, text = response.json()["address"].partition("?ticket=")
    ticket = tickets.unseal(settings.SECRET_KEY, unquote(text))
    assert start == f"{settings.CONFIG.own_live_address}/live/events"
    assert (ticket.person, ticket.grants) == (str(person.pk), (("analyst", "HK"),))
    assert "no-store" in response["Cache-Control"]


def test_who_is_not_signed_in_gets_no_ticket(client: Client) -> None:
    assert client.get("/live/ticket").status_code == 302
