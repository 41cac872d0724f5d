"""Somebody who has signed in, to look at the pages of the look; and a real browser to look with."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page

from tidewaiter.node.accounts import services
from tidewaiter.node.accounts.models import Office, Person
from tidewaiter.node.ui import frame

PASSWORD = "heron basket tide seven"


@pytest.fixture(autouse=True)
def _without_other_apps(monkeypatch: pytest.MonkeyPatch) -> None:
    """The look is tested by itself: what other apps add to the frame is theirs to test."""
    monkeypatch.setattr(frame, "_PROVIDERS", {})


def signed_in(username: str, office: str) -> tuple[Person, Client]:
    """An invented person of an office, and a browser in which that person has signed in."""
    services.load_offices()
    person = Person(username=username, office=Office.objects.get(pk=office), must_change_password=False, language="en")
    person.set_password(PASSWORD)
    person.save()
    client = Client()
    answer = client.post("/accounts/sign-in/", {"username": username, "password": PASSWORD})
    assert answer.status_code == 302
    return person, client


@pytest.fixture
def officer(db: None) -> Client:
    """A browser in which an invented officer has signed in."""
    return signed_in("ho.ws", "HK")[1]


class Desk:
    """Opens pages in which somebody has signed in, and closes them."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._contexts: list[BrowserContext] = []

    def open(self, client: Client, address: str, *, width: int = 1440, **how: str) -> Page:
        """A page for addresses under `address`; `how` goes to the browser (forced_colors, reduced_motion)."""
        context = self._browser.new_context(viewport={"width": width, "height": 900}, **how)  # type: ignore[arg-type]
        self._contexts.append(context)
        held = {name: morsel.value for name, morsel in client.cookies.items() if name != settings.CSRF_COOKIE_NAME}
        context.add_cookies([{"name": name, "value": value, "url": address} for name, value in held.items()])
        return context.new_page()

    def close(self) -> None:
        """Close all that was opened."""
        for context in self._contexts:
            context.close()


@pytest.fixture
def desk(browser: Browser) -> Iterator[Desk]:
    """Opens pages for a test."""
    opener = Desk(browser)
    yield opener
    opener.close()
