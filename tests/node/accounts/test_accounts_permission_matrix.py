"""Every address of accounts and audit, for every role, for one's own office, the one below and another."""

from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from tidewaiter.node.accounts.models import Person, RoleGrant
from tidewaiter.node.accounts.roles import Role
from tidewaiter.node.accounts.urls import urlpatterns as accounts_urls
from tidewaiter.node.audit.models import AuditRow
from tidewaiter.node.audit.services import record
from tidewaiter.node.audit.urls import urlpatterns as audit_urls

ADMIN, AUDITOR = Role.ADMINISTRATOR, Role.AUDITOR
EVERYBODY = frozenset([*Role.values, "nobody"])
WHERE = ("own", "below", "other")
SUBJECTS = {"own": "subject@own", "below": "officer@below", "other": "officer@other"}

OPEN = {"accounts:sign_in"}
OF_ONESELF = {"accounts:password", "accounts:preferences", "accounts:offices"}
OF_ROLES = {
    "accounts:people": {ADMIN, AUDITOR},
    "accounts:create": {ADMIN},
    "accounts:add_office": {ADMIN},
    "audit:rows": {ADMIN, AUDITOR},
    "audit:check": {ADMIN, AUDITOR},
}
OF_SUBJECTS = {
    "accounts:person": {ADMIN, AUDITOR},
    "accounts:edit": {ADMIN},
    "accounts:grant": {ADMIN},
    "accounts:reset_password": {ADMIN},
    "accounts:deactivate": {ADMIN},
    "accounts:activate": {ADMIN},
    "accounts:revoke": {ADMIN},
    "accounts:rename_office": {ADMIN},
    "audit:object": {ADMIN, AUDITOR},
    "audit:row": {ADMIN, AUDITOR},
}
POSTED = {"accounts:sign_out": EVERYBODY, "audit:export": {AUDITOR}}


def patterns() -> set[str]:
    both = (("accounts", accounts_urls), ("audit", audit_urls))
    return {f"{app}:{one.name}" for app, urls in both for one in urls if isinstance(one, URLPattern)}


def test_every_address_is_in_the_matrix() -> None:
    assert patterns() == OPEN | OF_ONESELF | set(OF_ROLES) | set(OF_SUBJECTS) | set(POSTED)


def address(name: str, subject: Person, row: AuditRow) -> str:
    values: dict[str, list[Any]] = {
        "accounts:revoke": [RoleGrant.objects.get(person=subject).pk],
        "accounts:rename_office": [subject.office_id],
        "audit:object": ["accounts.person", str(subject.pk)],
        "audit:row": [row.pk],
    }
    return reverse(name, args=values.get(name, [subject.pk]))


@pytest.mark.parametrize("role", sorted(EVERYBODY))
def test_a_role_opens_what_is_its_own_and_no_more(world: Any, role: str) -> None:
    client = world.client(f"{role}@own")
    for name in OF_ONESELF:
        assert client.get(reverse(name)).status_code == 200, name
    for name, roles in OF_ROLES.items():
        assert client.get(reverse(name)).status_code == (200 if role in roles else 403), name
    for where in WHERE:
        subject = world[SUBJECTS[where]]
        row = record(None, "accounts.edited", subject)
        for name, roles in OF_SUBJECTS.items():
            status = client.get(address(name, subject, row)).status_code
            reached = role in roles and where != "other"
            assert status == 200 if reached else status in (403, 404), (name, where, status)
    for name, roles in POSTED.items():
        expected = {200, 302} if role in roles else {403}
        assert world.client(f"{role}@own").post(reverse(name)).status_code in expected, name


def test_nobody_signed_in_sees_only_the_door(world: Any) -> None:
    client = Client()
    subject = world["officer@own"]
    row = record(None, "accounts.edited", subject)
    assert client.get(reverse("accounts:sign_in")).status_code == 200
    plain = [reverse(name) for name in [*OF_ONESELF, *OF_ROLES]]
    for target in [*plain, *(address(name, subject, row) for name in OF_SUBJECTS)]:
        answer = client.get(target)
        assert answer.status_code == 302, target
        assert answer["Location"].startswith("/accounts/sign-in/?next="), target
    for name in POSTED:
        assert client.post(reverse(name))["Location"] == "/accounts/sign-in/"


def test_unseen_and_unknown_answer_alike(world: Any) -> None:
    client = world.client("administrator@own")
    hidden = client.get(reverse("accounts:person", args=[world["officer@other"].pk]))
    unknown = client.get(reverse("accounts:person", args=["00000000-0000-4000-8000-000000000000"]))
    assert hidden.status_code == unknown.status_code == 404
    first = client.get(reverse("audit:object", args=["accounts.person", str(world["officer@other"].pk)]))
    second = client.get(reverse("audit:object", args=["accounts.person", "00000000-0000-4000-8000-000000000000"]))
    assert first.status_code == second.status_code == 404


def test_lists_count_only_what_is_seen(world: Any) -> None:
    people = world.client("administrator@own").get(reverse("accounts:people"))
    seen = {person.username for person in people.context["page"]}
    assert "officer.below" in seen
    assert not {"officer.other", "root"} & seen
    assert people.context["page"].paginator.count == len(seen)
    assert b"officer.other" not in people.content


def test_one_sees_the_history_of_ones_own_account(world: Any) -> None:
    client = world.client("officer@own")
    own = client.get(reverse("audit:object", args=["accounts.person", str(world["officer@own"].pk)]))
    assert own.status_code == 200
    assert [told.row.verb for told in own.context["rows"]] == ["accounts.signed_in"]
    assert client.get(reverse("audit:row", args=[own.context["rows"][0].row.pk])).status_code == 200
