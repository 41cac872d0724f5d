"""Accounts: creating, changing, deactivating; and each person's own settings."""

import secrets
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from tidewaiter.node.accounts import passwords, policies, verbs
from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.models import Office, Person, RoleGrant
from tidewaiter.node.accounts.models.people import fold_username
from tidewaiter.node.accounts.roles import Language, Role, Theme
from tidewaiter.node.accounts.services.sign_in import forget_pause
from tidewaiter.node.audit.services import record

_EDITABLE = ("name_latin", "name_han", "staff_number", "office_id", "language")
_CHOICES: Mapping[str, list[Any]] = {
    "language": Language.values,
    "theme": Theme.values,
    "shortcuts": [True, False],
}


@transaction.atomic
def create_first_administrator(username: str) -> str:
    """Create the first person, administrator of the whole administration, and give the one-time password.

    For `tidewaiter node init`. Raises Refused where there are people already or no offices are loaded.
    """
    if Person.objects.exists():
        raise Refused(_("This node has people already. An administrator creates further ones."))
    top = Office.objects.filter(pk=settings.CONFIG.administration).first()
    if top is None:
        raise Refused(_("Load the offices first."))
    person, password = _new(username, top, {"language": settings.CONFIG.language})
    grant = RoleGrant.objects.create(person=person, role=Role.ADMINISTRATOR, office=top, reason="node init")
    record(None, verbs.FIRST_ADMINISTRATOR, person, after={"role": grant.role, "office": top.code})
    return password


@transaction.atomic
def create_person(actor: Person, *, username: str, office: Office, **details: str) -> tuple[Person, str]:
    """Create an account at ``office`` and give it with its one-time password, which is shown once and kept nowhere.

    ``details``: name_latin, name_han, staff_number, language. Raises NotAllowed, and Refused for a username or staff
    number that is taken or malformed.
    """
    policies.people.require(actor, "create", office)
    person, password = _new(username, office, details)
    record(actor, verbs.CREATED, person, after={"username": person.username, **_state(person, _EDITABLE)})
    return person, password


@transaction.atomic
def edit_person(actor: Person, person: Person, *, office: Office, reason: str = "", **details: str) -> Person:
    """Change name, staff number, language or office of ``person``; raises NotAllowed and Refused.

    Who moves a person to another office must administer both.
    """
    person = _locked(person)
    policies.people.require(actor, "edit", person)
    if office.pk != person.office_id:
        policies.people.require(actor, "create", office)
    before = _state(person, _EDITABLE)
    _fill(person, office, details)
    person.save(update_fields=["name_latin", "name_han", "staff_number", "office", "language"])
    after = _state(person, _EDITABLE)
    if after != before:
        record(actor, verbs.EDITED, person, before=before, after=after, reason=reason)
    return person


@transaction.atomic
def reset_password(actor: Person, person: Person, *, reason: str) -> str:
    """Give ``person`` a new one-time password and end all sessions; raises NotAllowed, Refused without a reason."""
    person = _locked(person)
    policies.people.require(actor, "reset_password", person)
    _need(reason)
    password = passwords.one_time()
    person.set_password(password)
    person.must_change_password = True
    _end_sessions(person, "password", "must_change_password")
    forget_pause(person)
    record(actor, verbs.PASSWORD_RESET, person, reason=reason)
    return password


@transaction.atomic
def change_password(person: Person, *, old: str, new: str) -> Person:
    """Change one's own password; other sessions end. Raises Refused where the old one is wrong or the new one weak."""
    person = _locked(person)
    if not person.check_password(old):
        raise Refused(_("This is not your present password."), field="old")
    if old == new:
        raise Refused(_("Choose a password that differs from the present one."), field="new")
    if faults := passwords.faults(new, person):
        raise Refused(" ".join(faults), field="new")
    person.set_password(new)
    person.must_change_password = False
    _end_sessions(person, "password", "must_change_password")
    record(person, verbs.PASSWORD_CHANGED, person)
    return person


@transaction.atomic
def deactivate(actor: Person, person: Person, *, reason: str) -> Person:
    """Close the account: no sign-in, no reach, all sessions end. Raises NotAllowed, and Refused without a reason."""
    person = _locked(person)
    policies.people.require(actor, "deactivate", person)
    _need(reason)
    if not person.is_active:
        raise Refused(_("This account is already closed."))
    person.is_active = False
    _end_sessions(person, "is_active")
    record(actor, verbs.DEACTIVATED, person, before={"active": True}, after={"active": False}, reason=reason)
    return person


@transaction.atomic
def activate(actor: Person, person: Person, *, reason: str) -> str:
    """Open a closed account again, with a one-time password, which is given; raises NotAllowed and Refused."""
    person = _locked(person)
    policies.people.require(actor, "activate", person)
    _need(reason)
    if person.is_active:
        raise Refused(_("This account is open."))
    password = passwords.one_time()
    person.set_password(password)
    person.is_active = person.must_change_password = True
    _end_sessions(person, "is_active", "password", "must_change_password")
    record(actor, verbs.ACTIVATED, person, before={"active": False}, after={"active": True}, reason=reason)
    return password


@transaction.atomic
def set_preferences(person: Person, **wishes: str | bool) -> Person:
    """Change one's own ``language``, ``theme`` or ``shortcuts``; raises Refused for what is not in the list."""
    person = _locked(person)
    before = _state(person, tuple(_CHOICES))
    for name, value in wishes.items():
        if value not in _CHOICES[name]:
            raise Refused(_("This cannot be chosen."), field=name)
        setattr(person, name, value)
    after = _state(person, tuple(_CHOICES))
    if after != before:
        person.save(update_fields=list(wishes))
        record(person, verbs.PREFERENCES_CHANGED, person, before=before, after=after)
    return person


def _new(username: str, office: Office, details: Mapping[str, str]) -> tuple[Person, str]:
    password = passwords.one_time()
    person = Person(username=_username(username), session_epoch=secrets.randbelow(2**16))
    _fill(person, office, details)
    person.set_password(password)
    person.save(force_insert=True)
    return person, password


def _username(typed: str) -> str:
    username = fold_username(typed)
    if not 2 <= len(username) <= 64 or not all(c.isalnum() or c in ".-_@" for c in username):
        raise Refused(_("A username has 2 to 64 letters, digits, dots, hyphens or underscores."), field="username")
    if Person.objects.filter(username=username).exists():
        raise Refused(_("This username is taken."), field="username")
    return username


def _fill(person: Person, office: Office, details: Mapping[str, str]) -> None:
    for name, value in details.items():
        if name not in _EDITABLE or name == "office_id":
            raise TypeError(f"{name} is not a detail of a person")
        setattr(person, name, value.strip())
    person.office = office
    if person.language not in Language.values:
        raise Refused(_("This cannot be chosen."), field="language")
    same_number = Person.objects.filter(staff_number=person.staff_number).exclude(pk=person.pk)
    if person.staff_number and same_number.exists():
        raise Refused(_("Another account has this staff number."), field="staff_number")


def _locked(person: Person) -> Person:
    """Read the person again under a lock, so that what is decided is decided about the present state."""
    found: Person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    return found


def _end_sessions(person: Person, *fields: str) -> None:
    person.session_epoch += 1
    person.save(update_fields=[*fields, "session_epoch"])


def _need(reason: str) -> None:
    if not reason.strip():
        raise Refused(_("Say why."), field="reason")


def _state(person: Person, names: tuple[str, ...]) -> dict[str, object]:
    return {name.removesuffix("_id"): getattr(person, name) for name in names}
