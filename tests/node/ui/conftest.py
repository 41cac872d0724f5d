"""Somebody who has signed in, to look at the pages of the look."""

import pytest
from django.test import Client

from tidewaiter.node.accounts import services
from tidewaiter.node.accounts.models import Office, Person

PASSWORD = "heron basket tide seven"


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
