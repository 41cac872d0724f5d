"""Roles: granted and revoked with a reason, within reach, never one's own; they begin and end by themselves."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from tidewaiter.node.accounts import services
from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.models import Person, RoleGrant
from tidewaiter.node.accounts.roles import Role
from tidewaiter.node.audit.models import AuditRow


def grant(world: Any, by: str, to: str, role: Role = Role.ANALYST, office: str = "own", **more: Any) -> RoleGrant:
    words = {"role": role, "office": getattr(world, office), "reason": "needed for the shift"} | more
    return services.grant_role(world[by], world[to], **words)


def test_a_role_reaches_its_office_and_all_below(world: Any) -> None:
    analyst = world["analyst@own"]
    assert analyst.reach(Role.ANALYST) == {"HK-T1", "HK-T1-A"}
    assert analyst.reach() == {"HK-T1", "HK-T1-A"}
    assert analyst.reach(Role.OFFICER) == frozenset()
    assert analyst.has_role(Role.ANALYST)
    assert analyst.has_role("analyst", world.below)
    assert not analyst.has_role("analyst", "HK-T2")
    assert not analyst.has_role(Role.AUDITOR)


def test_it_is_granted_and_revoked_with_a_reason(world: Any) -> None:
    given = grant(world, "administrator@own", "nobody@own")
    assert world["nobody@own"].roles == {"analyst"}
    services.revoke_role(world["administrator@own"], given, reason="moved on")
    assert world["nobody@own"].roles == frozenset()
    rows = AuditRow.objects.filter(object_id=str(world["nobody@own"].pk)).order_by("id")
    assert [(row.verb, row.reason) for row in rows] == [
        ("accounts.role_granted", "needed for the shift"),
        ("accounts.role_revoked", "moved on"),
    ]
    assert RoleGrant.objects.get(pk=given.pk).revoke_reason == "moved on"


@pytest.mark.parametrize(
    ("by", "to", "office"),
    [
        ("administrator@own", "administrator@own", "own"),  # one's own
        ("administrator@own", "nobody@own", "top"),  # further than one reaches
        ("administrator@own", "nobody@own", "other"),
        ("administrator@own", "officer@other", "own"),  # a person of another office
        ("administrator@own", "root", "own"),
        ("auditor@own", "nobody@own", "own"),
        ("officer@own", "nobody@own", "own"),
        ("nobody@own", "officer@own", "own"),
    ],
)
def test_nobody_grants_beyond_ones_reach(world: Any, by: str, to: str, office: str) -> None:
    with pytest.raises(PermissionDenied):
        grant(world, by, to, office=office)


def test_nobody_revokes_ones_own(world: Any) -> None:
    own = RoleGrant.objects.get(person=world["administrator@own"])
    with pytest.raises(PermissionDenied):
        services.revoke_role(world["administrator@own"], own, reason="enough")


def test_who_reaches_further_is_managed_from_further_up(world: Any) -> None:
    """Else a new password of such an account would lend its roles to the lesser administrator."""
    mighty = world.add("mighty@own", world.own)
    given = RoleGrant.objects.create(person=mighty, role=Role.AUDITOR, office=world.top, reason="for a test")
    small = world["administrator@own"]
    for deed in (services.reset_password, services.deactivate):
        with pytest.raises(PermissionDenied):
            deed(small, mighty, reason="why not")
    services.deactivate(world["root"], mighty, reason="long leave")
    with pytest.raises(PermissionDenied):
        services.activate(small, mighty, reason="let me in")
    given.valid_from = timezone.now() + timedelta(days=1)
    given.save()
    with pytest.raises(PermissionDenied):
        services.activate(small, mighty, reason="from tomorrow on")
    assert services.activate(world["root"], mighty, reason="back")


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"valid_until": timezone.now() - timedelta(days=1)}, "valid_until"),
        ({"role": Role.OFFICER}, "role"),
    ],
)
def test_what_cannot_be_is_refused_with_words(world: Any, more: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        grant(world, "root", "officer@own", **more)
    assert refused.value.field == field


def test_a_role_begins_and_ends_by_itself(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    start = timezone.now()
    grant(world, "root", "nobody@own", valid_from=start + timedelta(hours=1), valid_until=start + timedelta(hours=2))
    person = world["nobody@own"]
    seen = []
    for hours in (0.5, 1.5, 2.5):
        moment = start + timedelta(hours=hours)
        monkeypatch.setattr("django.utils.timezone.now", lambda moment=moment: moment)
        seen.append(person.reach(Role.ANALYST))
    assert seen == [frozenset(), {"HK-T1", "HK-T1-A"}, frozenset()]


def test_a_closed_account_reaches_nothing(world: Any) -> None:
    services.deactivate(world["root"], world["officer@own"], reason="left")
    closed = world["officer@own"]
    assert closed.reach() == frozenset()
    assert not Person.objects.visible_to(closed).exists()
    assert not AuditRow.objects.visible_to(closed).exists()


def test_reach_is_read_once(world: Any, django_assert_num_queries: Any) -> None:
    person = world["analyst@own"]
    with django_assert_num_queries(2):
        for _time in range(5):
            person.reach(Role.ANALYST)
            person.has_role(Role.OFFICER, "HK-T1")


def test_who_works_where(world: Any) -> None:
    at_below = {person.username for person in Person.objects.working_at(Role.OFFICER, "HK-T1-A")}
    assert at_below == {"officer.own", "subject.own", "officer.below"}
    assert Person.objects.working_at(Role.OFFICER, "NOWHERE") == []


def test_the_form_says_what_is_wrong_and_keeps_what_was_typed(world: Any) -> None:
    client = world.client("administrator@own")
    path = f"/accounts/{world['nobody@own'].pk}/grant/"
    answer = client.post(path, {"role": "chief", "office": "HK-T2", "valid_until": "2001-01-01", "reason": "my reason"})
    assert answer.status_code == 422
    assert {"role", "office"} <= set(answer.context["form"].errors)
    assert "my reason" in answer.content.decode()
    right = {"role": "analyst", "office": "HK-T1-A", "valid_until": "", "reason": "my reason"}
    assert client.post(path, right).status_code == 302
    assert world["nobody@own"].reach("analyst") == {"HK-T1-A"}
