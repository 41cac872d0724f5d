"""Accounts are created, changed, closed and opened by administrators within their reach, each with its audit row."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from tidewaiter.node.accounts import services
from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.models import Person
from tidewaiter.node.audit.models import AuditRow


def last_row() -> AuditRow:
    row = AuditRow.objects.select_related("payload").last()
    assert row is not None
    return row


def test_an_account_is_created_without_a_role(world: Any) -> None:
    person, password = services.create_person(
        world["administrator@own"],
        username=" Ｃhan.SM ",
        office=world.below,
        name_latin="Chan Siu Ming",
        name_han="陳小明",
    )
    assert (person.username, person.must_change_password, person.roles) == ("chan.sm", True, frozenset())
    assert person.check_password(password)
    row = last_row()
    assert (row.verb, row.object_label, row.office) == ("accounts.created", "chan.sm", "HK-T1-A")
    assert row.payload.content["after"]["name_han"] == "陳小明"
    assert "陳小明" not in row.object_label + row.reason


@pytest.mark.parametrize("username", ["x", "a b", "drop;table", "officer.own", "OFFICER.own", "a\nb", "y" * 65])
def test_a_bad_username_is_refused_with_words(world: Any, username: str) -> None:
    with pytest.raises(Refused) as refused:
        services.create_person(world["root"], username=username, office=world.own)
    assert refused.value.field == "username"


def test_nobody_creates_beyond_ones_reach(world: Any) -> None:
    for name in ("auditor@own", "officer@own"):
        with pytest.raises(PermissionDenied):
            services.create_person(world[name], username="new.one", office=world.own)
    for office in (world.other, world.top):
        with pytest.raises(PermissionDenied):
            services.create_person(world["administrator@own"], username="new.one", office=office)


def test_editing_keeps_before_and_after(world: Any) -> None:
    subject = world["officer@own"]
    services.edit_person(world["root"], subject, office=world.other, name_latin="Ho Sze", reason="moved")
    row = last_row()
    assert row.payload.content["before"]["office"] == "HK-T1"
    assert row.payload.content["after"] == row.payload.content["before"] | {"office": "HK-T2", "name_latin": "Ho Sze"}
    rows = AuditRow.objects.count()
    services.edit_person(world["root"], subject, office=world.other, name_latin="Ho Sze")
    assert AuditRow.objects.count() == rows, "nothing changed, nothing to say"


def test_who_moves_a_person_administers_both_offices(world: Any) -> None:
    with pytest.raises(PermissionDenied):
        services.edit_person(world["administrator@own"], world["officer@own"], office=world.other)


def test_a_staff_number_belongs_to_one(world: Any) -> None:
    services.edit_person(world["root"], world["officer@own"], office=world.own, staff_number="T-17")
    with pytest.raises(Refused) as refused:
        services.edit_person(world["root"], world["analyst@own"], office=world.own, staff_number="T-17")
    assert refused.value.field == "staff_number"


def test_nobody_closes_oneself(world: Any) -> None:
    with pytest.raises(PermissionDenied):
        services.deactivate(world["root"], world["root"], reason="good night")


@pytest.mark.parametrize("deed", [services.deactivate, services.reset_password])
def test_a_reason_is_needed(world: Any, deed: Any) -> None:
    with pytest.raises(Refused):
        deed(world["root"], world["officer@own"], reason="  ")


def test_closing_twice_is_said(world: Any) -> None:
    services.deactivate(world["root"], world["officer@own"], reason="left")
    with pytest.raises(Refused):
        services.deactivate(world["root"], world["officer@own"], reason="left")


def test_the_form_says_what_is_wrong_and_keeps_what_was_typed(world: Any) -> None:
    client = world.client("administrator@own")
    typed = {"username": "officer.own", "office": "HK-T1", "language": "en", "name_latin": "Kept Name"}
    answer = client.post("/accounts/new/", typed)
    assert answer.status_code == 422
    assert "username" in answer.context["form"].errors
    assert "Kept Name" in answer.content.decode()
    answer = client.post("/accounts/new/", typed | {"username": "new.one", "office": "HK-T2"})
    assert "office" in answer.context["form"].errors
    assert not Person.objects.filter(username="new.one").exists()


def test_the_page_of_a_person_closes_and_opens_the_account(world: Any) -> None:
    client = world.client("administrator@own")
    subject = world["subject@own"]
    assert client.post(f"/accounts/{subject.pk}/close/", {"reason": ""}).status_code == 422
    assert client.post(f"/accounts/{subject.pk}/close/", {"reason": "left"}).status_code == 302
    opened = client.post(f"/accounts/{subject.pk}/open/", {"reason": "came back"})
    assert world["subject@own"].check_password(opened.context["password"])
    assert client.get(f"/accounts/{subject.pk}/").status_code == 200


def test_people_are_found_by_each_word(world: Any) -> None:
    services.edit_person(
        world["root"], world["officer@own"], office=world.own, name_han="陳小明", name_latin="Chan S M"
    )
    client = world.client("administrator@own")
    for words in ("陳", "chan officer", "OFFICER.own"):
        page = client.get("/accounts/", {"q": words}).context["page"]
        assert "officer.own" in {person.username for person in page}, words
    assert client.get("/accounts/", {"q": "zzz"}).context["page"].paginator.count == 0


def test_the_list_asks_the_database_a_fixed_number_of_times(world: Any, django_assert_max_num_queries: Any) -> None:
    client = world.client("administrator@own")
    for number in range(30):
        world.add(f"more.{number}", world.own)
    with django_assert_max_num_queries(12):
        assert client.get("/accounts/").status_code == 200
