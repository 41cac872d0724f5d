"""Checking who signs in: rate limits, a growing pause after failures, and the same answer whatever was wrong.

An unknown account, a wrong password, a closed account and a paused one get the same words after the same work, so that
nobody learns which usernames exist. The password is checked outside the transaction: it takes a while on purpose, and
nobody else shall wait for it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from functools import cache
from typing import Final

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string, salted_hmac

from tidewaiter.node.accounts import verbs
from tidewaiter.node.accounts.models import Person, SignInAttempt, SignInLock
from tidewaiter.node.accounts.models.people import fold_username
from tidewaiter.node.accounts.services import limits
from tidewaiter.node.audit.services import record

FREE_FAILURES: Final = 5
FIRST_PAUSE: Final = timedelta(seconds=30)
LONGEST_PAUSE: Final = timedelta(minutes=15)
"""Long enough against guessing, short enough that nobody can keep an officer out for a shift with one try an hour."""
FORGOTTEN_AFTER: Final = timedelta(hours=24)
KEPT: Final = timedelta(days=180)
"""How long attempts are kept."""

_LONGEST_TYPED = 200
Outcome = SignInAttempt.Outcome


class Answer(Enum):
    """What the person at the door is told."""

    RIGHT = "right"
    NOT_RIGHT = "not_right"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class Checked:
    """The answer, and the person where the password was right. A session is opened by ``sessions.begin`` alone."""

    answer: Answer
    person: Person | None = None


def check(username: str, password: str, address: str | None) -> Checked:
    """Check a username and password from ``address`` and keep the attempt. Opens no session.

    A second factor would stand between this and ``sessions.begin``.
    """
    now = timezone.now()
    if not limits.take(limits.SIGN_IN_BY_ADDRESS, _digest("address", address or "unknown"), now):
        return Checked(Answer.TOO_MANY)
    typed = fold_username(username[:_LONGEST_TYPED])
    account = _digest("account", typed)
    paused = not limits.take(limits.SIGN_IN_BY_ACCOUNT, account, now) or _paused(account, now)
    person = Person.objects.filter(username=typed).first()
    encoded = person.password if person is not None and person.has_usable_password() else _nobodys_password()
    right = check_password(password[:_LONGEST_TYPED], encoded)
    if right and not paused and person is not None and person.is_active:
        _succeeded(account, person, address, now)
        return Checked(Answer.RIGHT, person)
    _failed(account, person, address, now, paused=paused)
    return Checked(Answer.NOT_RIGHT)


@transaction.atomic
def forget_pause(person: Person) -> None:
    """Let the account of ``person`` try again at once; for who gives it a new password."""
    SignInLock.objects.filter(account=_digest("account", person.username)).delete()


def forget_old() -> None:
    """Delete attempts, pauses and buckets that say nothing any longer."""
    now = timezone.now()
    SignInAttempt.objects.filter(at__lt=now - KEPT).delete()
    SignInLock.objects.filter(failed_at__lt=now - FORGOTTEN_AFTER).delete()
    limits.forget_full(now)


def pause_after(failures: int) -> timedelta | None:
    """How long an account waits after so many failures in a row; None where it need not."""
    if failures < FREE_FAILURES:
        return None
    doublings = min(failures - FREE_FAILURES, 16)
    return min(FIRST_PAUSE * (1 << doublings), LONGEST_PAUSE)


def _paused(account: str, now: datetime) -> bool:
    return SignInLock.objects.filter(account=account, until__gt=now).exists()


@transaction.atomic
def _succeeded(account: str, person: Person, address: str | None, now: datetime) -> None:
    SignInLock.objects.filter(account=account).delete()
    SignInAttempt.objects.create(at=now, account=account, person=person, address=address, outcome=Outcome.SIGNED_IN)


@transaction.atomic
def _failed(account: str, person: Person | None, address: str | None, now: datetime, *, paused: bool) -> None:
    outcome = Outcome.PAUSED if paused else Outcome.REFUSED
    SignInAttempt.objects.create(at=now, account=account, person=person, address=address, outcome=outcome)
    if paused:
        return
    SignInLock.objects.get_or_create(account=account, defaults={"failed_at": now})
    lock = SignInLock.objects.select_for_update(no_key=True).get(account=account)
    fresh = now - lock.failed_at > FORGOTTEN_AFTER
    lock.failures = 1 if fresh else lock.failures + 1
    lock.failed_at = now
    pause = pause_after(lock.failures)
    lock.until = None if pause is None else now + pause
    lock.save()
    if pause is not None:
        tried = {"username": person.username if person else None, "failures": lock.failures, "until": lock.until}
        record(None, verbs.SIGN_IN_PAUSED, lock, after=tried, office=person.office_id if person else None)


def _digest(what: str, typed: str) -> str:
    return salted_hmac(f"tidewaiter.node.accounts.{what}", typed, algorithm="sha256").hexdigest()


@cache
def _nobodys_password() -> str:
    """A hash that no password has, made as all others are, so that checking it takes as long."""
    return make_password(get_random_string(40))
