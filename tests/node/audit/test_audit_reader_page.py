"""The reader's pages: who sees which rows, filters, pages by key, history of an object, CSV, the check of the chain."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from tests.visiting import sign_in

from tidewaiter.node.accounts import services
from tidewaiter.node.accounts.models import Office, Person, RoleGrant
from tidewaiter.node.accounts.roles import Role
from tidewaiter.node.audit import queries, views
from tidewaiter.node.audit.models import AuditRow
from tidewaiter.node.audit.sequencer import run_until_empty
from tidewaiter.node.audit.services import erase_payload, record

pytestmark = pytest.mark.django_db
Make = Callable[..., Person]


@pytest.fixture
def make() -> Make:
    """Makes a person with a role at an office of Hong Kong."""
    services.load_offices()
    top = Office.objects.get(pk="HK")
    for code in ("HK-T1", "HK-T2"):
        Office.objects.create(
            code=code, parent=top, path=f"HK/{code}/", administration="HK", own_names={"en": f"Office {code}"}
        )

    def made(username: str, role: Role | None = None, office: str = "HK-T1") -> Person:
        person = Person.objects.create(username=username, office_id=office, must_change_password=False)
        if role is not None:
            RoleGrant.objects.create(person=person, role=role, office_id=office, reason="for a test")
        return person

    return made


def seen(client: Client, **query: str) -> list[int]:
    return [told.row.pk for told in client.get("/audit/", query).context["rows"]]


def test_an_auditor_sees_the_own_tree_and_an_administrator_only_accounts(make: Make) -> None:
    officer, office = make("officer"), Office.objects.get(pk="HK-T1")
    account = record(officer, "accounts.edited", officer).pk
    tree = record(officer, "accounts.office_added", office).pk
    export = record(officer, "audit.exported", AuditRow.objects.get(pk=account), office=office).pk
    elsewhere = record(officer, "accounts.edited", officer, office="HK-T2").pk
    whole = record(None, "accounts.offices_loaded", office, office="HK").pk
    assert seen(sign_in(make("auditor", Role.AUDITOR))) == [export, tree, account]
    assert seen(sign_in(make("admin", Role.ADMINISTRATOR))) == [tree, account]
    everything = seen(sign_in(make("chief", Role.AUDITOR, "HK")))
    assert everything[:5] == [whole, elsewhere, export, tree, account]
    for role in set(Role) - {Role.AUDITOR, Role.ADMINISTRATOR}:
        assert sign_in(make(f"some.{role}", role)).get("/audit/").status_code == 403


def test_each_filter_narrows(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    auditor = make("auditor", Role.AUDITOR, "HK")
    first, second = make("first"), make("second", office="HK-T2")
    long_ago = timezone.now() - timedelta(days=9)
    with monkeypatch.context() as patch:
        patch.setattr("django.utils.timezone.now", lambda: long_ago)
        old = record(first, "accounts.edited", second).pk
    new = record(second, "accounts.password_changed", second).pk
    client = sign_in(auditor)
    day = timezone.localtime(long_ago).date().isoformat()
    assert seen(client, person="First") == [old]
    assert seen(client, person="nobody") == []
    assert seen(client, verb="accounts.password_changed") == [new]
    assert seen(client, object="secon") == [new, old]
    assert seen(client, object=str(second.pk)) == [new, old]
    assert seen(client, first=day, last=day) == [old]
    assert seen(client, office="HK-T2") == [new, old]
    assert seen(client, office="HK-T1") == []
    assert {new, old} <= set(seen(client, office="HK")), "an office and all below it"
    assert seen(client, first=day, person="second") == [new]


@pytest.mark.parametrize(
    "query", [{"first": "yesterday"}, {"office": "MO"}, {"verb": "x"}, {"first": "2026-02-02", "last": "2026-02-01"}]
)
def test_a_wrong_filter_is_said(make: Make, query: dict[str, str]) -> None:
    answer = sign_in(make("auditor", Role.AUDITOR)).get("/audit/", query)
    assert answer.status_code == 422
    assert answer.context["form"].errors


def test_pages_go_by_key_and_lose_nothing(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "PAGE", 4)
    officer = make("officer")
    rows = [record(officer, "accounts.edited", officer).pk for _number in range(10)][::-1]
    client = sign_in(make("auditor", Role.AUDITOR))
    page, found = client.get("/audit/?person=officer"), []
    trail = []
    while True:
        found += [told.row.pk for told in page.context["rows"]]
        trail.append([told.row.pk for told in page.context["rows"]])
        if not page.context["older"]:
            break
        record(officer, "accounts.edited", officer)  # newer rows do not push what one reads
        page = client.get(f"/audit/{page.context['older']}")
    assert found == rows
    back = client.get(f"/audit/{page.context['newer']}")
    assert [told.row.pk for told in back.context["rows"]] == trail[-2]
    for wrong in ("x", "-1", "9" * 30, "²"):
        assert client.get("/audit/", {"before": wrong}).status_code == 200


def test_a_row_is_told_in_the_readers_language(make: Make) -> None:
    officer = make("officer")
    row = record(officer, "accounts.created", officer, after={"active": True, "names": {"pt": "Um"}, "other": [1, 2]})
    client = sign_in(make("auditor", Role.AUDITOR))
    told = client.get(f"/audit/{row.pk}/").context["told"]
    assert told.sentence == "officer created the account officer"
    assert [(change.field, change.after) for change in told.changes] == [
        ("Account open", "yes"), ("Names", '{"pt": "Um"}'), ("other", "1, 2"),
    ]  # fmt: skip
    with translation.override("pt"):
        assert row.sentence("officer", "") == "officer criou a conta officer"


def test_braces_and_marks_in_names_mean_nothing(make: Make) -> None:
    strange = make("officer")
    row = record(strange, "accounts.edited", strange, reason="<b>{actor}</b>")
    assert "{0}" in row.sentence("{0} %s", "")
    page = sign_in(make("auditor", Role.AUDITOR)).get(f"/audit/{row.pk}/").content.decode()
    assert "&lt;b&gt;{actor}&lt;/b&gt;" in page


def test_erased_content_is_said(make: Make) -> None:
    officer = make("officer")
    row = record(officer, "accounts.edited", officer, after={"name_han": "陳小明"})
    client = sign_in(make("auditor", Role.AUDITOR))
    assert "陳小明" in client.get(f"/audit/{row.pk}/").content.decode()
    erase_payload(officer, row, reason="asked for")
    page = client.get(f"/audit/{row.pk}/").content.decode()
    assert "陳小明" not in page
    assert "The content is erased." in page


def test_who_may_see_an_object_may_read_its_history(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    officer, reader = make("officer"), make("reader", Role.OFFICER, "HK-T2")
    row = record(officer, "accounts.edited", Office.objects.get(pk="HK-T1"))
    client = sign_in(reader)
    address = "/audit/object/accounts.office/HK-T1/"
    assert client.get(address).status_code == client.get(f"/audit/{row.pk}/").status_code == 404
    allowed = {"HK-T1"}
    monkeypatch.setitem(queries._objects, "accounts.office", lambda person, object_id: object_id in allowed)
    assert [told.row.pk for told in client.get(address).context["rows"]] == [row.pk]
    assert client.get(f"/audit/{row.pk}/").status_code == 200
    assert client.get("/audit/object/accounts.office/HK-T2/").status_code == 404
    assert client.get("/audit/object/accounts.unheard/1/").status_code == 404


def test_the_export_holds_the_filtered_rows_and_is_itself_a_row(make: Make) -> None:
    officer = make("officer")
    record(officer, "accounts.edited", officer, reason="=HYPERLINK(1)")
    record(officer, "accounts.password_changed", officer)
    client = sign_in(make("auditor", Role.AUDITOR))
    without = client.get("/audit/export/")
    assert (without.status_code, without["Allow"]) == (405, "POST")
    assert "Open the audit log, set the filter" in without.content.decode()
    assert 'class="tw-nav"' in without.content.decode()
    answer: Any = client.post("/audit/export/?verb=accounts.edited")
    text = b"".join(answer.streaming_content).decode()
    assert text.startswith("\ufeffseq,id,at,")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [row["verb"] for row in rows] == ["accounts.edited"]
    assert rows[0]["reason"] == "'=HYPERLINK(1)"
    last = AuditRow.objects.last()
    assert last is not None
    assert last.verb == "audit.exported"
    assert last.payload.content["after"] == {"rows": 1, "filter": {"verb": "accounts.edited"}}
    admin = sign_in(make("admin", Role.ADMINISTRATOR))
    assert admin.post("/audit/export/").status_code == 403


def test_a_page_asks_the_database_a_fixed_number_of_times(make: Make) -> None:
    officer = make("officer")
    client = sign_in(make("auditor", Role.AUDITOR))
    asked = []
    for more in (2, 30):
        for number in range(more):
            record(officer, "accounts.edited", officer, after={"number": number})
        client.get("/audit/")
        with CaptureQueriesContext(connection) as asking:
            assert len(client.get("/audit/").context["rows"]) >= more
        asked.append(len(asking))
    assert asked[0] == asked[1]


@pytest.mark.django_db(transaction=True)
def test_the_check_says_whether_the_chain_holds(make: Make, unguarded: Callable[[str], None]) -> None:
    officer = make("officer")
    client = sign_in(make("auditor", Role.AUDITOR))
    assert client.get("/audit/check/").status_code == 200
    for number in range(3):
        erase_payload(officer, AuditRow.objects.all()[0], reason=f"for a test {number}")
    run_until_empty()
    end = AuditRow.objects.count()
    assert client.get("/audit/check/", {"first": "1", "last": str(end)}).context["verdict"].whole
    unguarded("UPDATE audit_auditrow SET reason = 'other' WHERE seq = 2")
    broken = client.get("/audit/check/", {"first": "1", "last": str(end)})
    assert "It first breaks at place 2." in broken.content.decode()
    for wrong in (
        {"first": "0", "last": "1"},
        {"first": "2", "last": "1"},
        {"first": "1", "last": "999"},
        {"first": ""},
    ):
        assert client.get("/audit/check/", wrong).status_code == 422
