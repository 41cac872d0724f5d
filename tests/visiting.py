"""Visits to the node in this process: who comes, what they ask for, and nothing that stays."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.test import Client
from django.utils import timezone

from tidewaiter.node.accounts.models import Person
from tidewaiter.node.accounts.sessions import BACKEND

_BROWSER = Client(raise_request_exception=False)
"""One for all visits: a new one would look through all static files first."""


@contextmanager
def emptied(blocker: Any) -> Iterator[None]:
    """What the block writes into the database and the folders goes away with it."""
    with blocker.unblock(), transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)
            empty_folders()


def empty_folders() -> None:
    """Empty the folders of the tests' node, which stay."""
    for folder in (settings.CONFIG.files, settings.CONFIG.lake, settings.CONFIG.folder / "incoming"):
        shutil.rmtree(folder, ignore_errors=True)
    settings.CONFIG.files.mkdir(exist_ok=True)
    settings.CONFIG.lake.mkdir(exist_ok=True)


def pass_of(person: Person) -> str:
    """A session of the person: the value of its cookie."""
    session = SessionStore()
    now = timezone.now().timestamp()
    session.update(
        {
            SESSION_KEY: str(person.pk),
            BACKEND_SESSION_KEY: BACKEND,
            HASH_SESSION_KEY: person.get_session_auth_hash(),
            "tw_began": now,
            # Seen later than now, so that no visit is the one of a minute that writes down that the person was seen.
            "tw_seen": now + 1800,
        }
    )
    session.create()
    return str(session.session_key)


def sign_in(person: Person, browser: Client | None = None) -> Client:
    """A browser in which the person has signed in: the one given, or one of their own."""
    browser = browser or Client()
    browser.cookies[settings.SESSION_COOKIE_NAME] = pass_of(person)
    return browser


def ask(method: str, address: str, key: str | None, given: dict[str, Any] | None = None, **headers: str) -> Any:
    """Ask once, with the session ``key`` or as nobody, in a browser of its own; what it writes is undone."""
    _BROWSER.cookies.clear()
    if key is not None:
        _BROWSER.cookies[settings.SESSION_COOKIE_NAME] = key
    with transaction.atomic():
        answer = getattr(_BROWSER, method)(address, given or {}, headers=headers or None)
        if answer.streaming:
            answer.seen = b"".join(answer.streaming_content)
        else:
            answer.seen = answer.content
        transaction.set_rollback(True)
    return answer


_CHANGING = (
    re.compile(rb'name="client_id" value="[^"]+"'),
    re.compile(rb'"token": "[^"]+"'),
    re.compile(rb'value="\d{4}-\d\d-\d\dT\d\d:\d\d"'),
    re.compile(rb"data-saved[^>]*>\s*(\d\d:\d\d)?"),
    re.compile(rb"\b[0-9a-f]{32}\b"),
    re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"'),
    re.compile(rb"ticket=[^\"&]+"),
    re.compile(rb"csrf[^=]{0,20}=\"[A-Za-z0-9]{64}\""),
)


def steady(content: bytes, *also: str) -> bytes:
    """The bytes of a page without what changes each time (tokens, ids, the hour) and without the words of ``also``."""
    for pattern in _CHANGING:
        content = pattern.sub(b"", content)
    for word in also:
        content = content.replace(word.encode(), b"")
    return content
