"""The tree of offices: from reference data, with own offices below."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.translation import override

from tidewaiter.node.accounts import services
from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.models import Office, Person
from tidewaiter.node.audit.models import AuditRow
from tidewaiter.refdata import offices as refdata


@pytest.mark.django_db
def test_a_node_has_the_offices_of_its_administration() -> None:
    wanted = {office.code for office in refdata.offices() if office.administration == "HK"}
    assert services.load_offices() == len(wanted)
    assert set(Office.objects.values_list("code", flat=True)) == wanted
    assert services.load_offices() == 0
    assert AuditRow.objects.filter(verb="accounts.offices_loaded").count() == 1
    for office in Office.objects.select_related("parent"):
        assert office.path == f"{office.parent.path if office.parent else ''}{office.code}/"


@pytest.mark.django_db
def test_the_first_administrator_is_made_once() -> None:
    with pytest.raises(Refused):
        services.create_first_administrator("root")
    services.load_offices()
    password = services.create_first_administrator("root")
    person = Person.objects.get()
    assert person.check_password(password)
    assert person.must_change_password
    assert person.reach("administrator") == set(Office.objects.values_list("pk", flat=True))
    with pytest.raises(Refused):
        services.create_first_administrator("another")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "name"),
    [("en", "Hong Kong Customs"), ("zh-hant", "香港海關"), ("zh-hans", "香港海关"), ("pt", "Alfândega de Hong Kong")],
)
def test_an_office_is_named_in_the_language_of_the_page(language: str, name: str) -> None:
    services.load_offices()
    with override(language):
        assert Office.objects.get(pk="HK").name == name


def test_an_own_office_falls_back(world: Any) -> None:
    office = Office(code="HK-X", own_names={"en": "Pier", "zh-Hant": "碼頭"})
    assert [office.named(one) for one in ("en", "zh-hant", "zh-hant-mo", "zh-hans", "pt")] == [
        "Pier", "碼頭", "碼頭", "Pier", "Pier",
    ]  # fmt: skip


def test_an_own_office_is_added_where_one_administers(world: Any) -> None:
    small = world["administrator@own"]
    made = services.add_office(small, parent=world.own, code="HK-T1-B", names={"en": "One B", "pt": "Um B"})
    assert made.path == "HK/HK-T1/HK-T1-B/"
    assert "HK-T1-B" in world["officer@own"].reach("officer")
    with pytest.raises(PermissionDenied):
        services.add_office(small, parent=world.other, code="HK-T2-B", names={"en": "Two B"})
    services.rename_office(small, made, names={"en": "One C"}, reason="moved to pier C")
    assert AuditRow.objects.last().payload.content["before"]["names"]["en"] == "One B"


@pytest.mark.parametrize("code", ["hk-t9", "HK T9", "-HK", "HK--T9", "", "HK-T1", "MO", "H" * 65])
def test_a_bad_code_is_refused(world: Any, code: str) -> None:
    with pytest.raises(Refused) as refused:
        services.add_office(world["root"], parent=world.own, code=code, names={"en": "Nine"})
    assert refused.value.field == "code"


def test_names_of_reference_data_stay(world: Any) -> None:
    with pytest.raises(Refused):
        services.rename_office(world["root"], world.top, names={"en": "Other"}, reason="I like it")


def test_the_pages_add_and_rename(world: Any) -> None:
    client = world.client("root")
    wrong = client.post("/accounts/offices/new/", {"parent": "HK-T1", "code": "x", "name_en": "Kept"})
    assert wrong.status_code == 422
    assert "Kept" in wrong.content.decode()
    right = {"parent": "HK-T1", "code": "HK-T1-P", "name_en": "Pier", "name_zh_hant": "碼頭"}
    assert client.post("/accounts/offices/new/", right).status_code == 302
    renamed = client.post("/accounts/offices/HK-T1-P/", {"name_en": "Pier 2", "reason": "new number"})
    assert renamed.status_code == 302
    assert "Pier 2" in client.get("/accounts/offices/").content.decode()
