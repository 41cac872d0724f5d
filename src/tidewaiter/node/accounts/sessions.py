"""Beginning and ending sessions, and how long they last."""

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.contrib import auth
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from tidewaiter.node.accounts import verbs
from tidewaiter.node.accounts.models import Person
from tidewaiter.node.audit.services import record

IDLE: Final = timedelta(minutes=60)
"""Who does nothing for so long is signed out. What a page fetches by itself does not count as doing something."""
_NOTED_EVERY: Final = timedelta(minutes=1)
"""How often "seen" is written: not at each request, because that is a write on disk."""
_BEGAN, _SEEN = "tw_began", "tw_seen"
BACKEND: Final = "django.contrib.auth.backends.ModelBackend"


@transaction.atomic
def begin(request: HttpRequest, person: Person) -> None:
    """Open a session for ``person``, who has proved everything that is asked, under a new key."""
    auth.login(request, person, backend=BACKEND)
    now = timezone.now().timestamp()
    request.session[_BEGAN] = request.session[_SEEN] = now
    record(person, verbs.SIGNED_IN, person)


@transaction.atomic
def end(request: HttpRequest, *, reason: str = "") -> None:
    """Close the session of this request; ``reason`` is kept where nobody asked for it."""
    if isinstance(request.user, Person):
        record(request.user, verbs.SIGNED_OUT, request.user, reason=reason)
    auth.logout(request)


def renew(request: HttpRequest, person: Person) -> None:
    """Keep this session alive although all sessions of ``person`` have just ended (a changed password)."""
    auth.update_session_auth_hash(request, person)
    request.user = person


def overdue(request: HttpRequest) -> str:
    """Say why the session must end now: ``idle``, ``lifetime``, or nothing. Notes that the person was seen."""
    now = timezone.now().timestamp()
    began, seen = request.session.get(_BEGAN, 0.0), request.session.get(_SEEN, 0.0)
    if now - began > settings.SESSION_COOKIE_AGE:
        return "lifetime"
    if now - seen > IDLE.total_seconds():
        return "idle"
    if now - seen > _NOTED_EVERY.total_seconds() and not _by_itself(request):
        request.session[_SEEN] = now
    return ""


def _by_itself(request: HttpRequest) -> bool:
    """Whether the page asked, not the person: a live part that fetches itself again says so."""
    return "TW-Live" in request.headers
