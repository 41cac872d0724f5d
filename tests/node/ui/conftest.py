"""Somebody who has signed in, to look at the pages of the look."""

import pytest
from django.test import Client

from tidewaiter.node.accounts import services
from tidewaiter.node.accounts.models import Office, Person
from tidewaiter.node.ui import frame

PASSWORD = "heron basket tide seven"


@pytest.fixture(autouse=True)
def _without_other_apps(monkeypatch: pytest.MonkeyPatch) -> None:
    """The look is tested by itself: what other apps add to the frame is theirs to test."""
    monkeypatch.setattr(frame, "_PROVIDERS", {})


@pytest.fixture
def officer(db: None) -> Client:
    """A browser in which an invented officer has signed in."""
    services.load_offices()
    person = Person(username="ho.ws", office=Office.objects.get(pk="HK"), must_change_password=False)
    person.set_password(PASSWORD)
    person.save()
    client = Client()
    answer = client.post("/accounts/sign-in/", {"username": "ho.ws", "password": PASSWORD})
    assert answer.status_code == 302
    return client
