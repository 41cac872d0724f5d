"""Who looks a person up by a number leaves a row in the audit log: what kind of number, never the number."""

import json

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import Client

from tidewaiter.node.accounts import sessions
from tidewaiter.node.audit.models import AuditRow
from tidewaiter.node.search import personal

pytestmark = pytest.mark.django_db
VERB = "search.personal_number_looked_up"
PHONE = "+85291234567"
RESIDENT = "11010519491231002X"


@pytest.fixture
def client(world):
    """The browser of somebody who has signed in."""
    request = HttpRequest()
    request.session = SessionStore()
    sessions.begin(request, world.people["river"])
    request.session.save()
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = request.session.session_key
    return client


def consignment(kind, value):
    party = {"role": "consignee", "name": "Any One", "identifier_type": kind, "identifier": value}
    return {"parties": [party], "office": "HK-RIVER-TRADE"}


def rows():
    return list(AuditRow.objects.filter(verb=VERB).select_related("payload").order_by("pk"))


def test_a_document_of_a_person_is_noted_without_its_number(client, world, make_lake):
    make_lake(consignment("hkid", "A123456(3)"))
    client.get("/search/", {"q": "a123456 (3)", "list": ""})
    [row] = rows()
    assert row.actor_id == world.people["river"].pk
    assert row.payload.content["after"] == {"number_kind": "hkid", "consignments_shown": 1}
    kept = json.dumps([row.object_id, row.object_label, row.reason, row.payload.body])
    assert "123456" not in kept
    assert row.object_id == personal.digest("A1234563")


def test_the_same_number_is_known_again_and_another_is_not(client, make_lake):
    make_lake({"references": [{"type": "house_bill", "value": "TWH-0017"}], "office": "HK-RIVER-TRADE"})
    for typed in (RESIDENT, RESIDENT[:6] + " " + RESIDENT[6:], PHONE):
        client.get("/search/", {"q": typed})
    first, again, other = rows()
    assert first.object_id == again.object_id != other.object_id
    assert [row.payload.content["after"]["number_kind"] for row in (first, other)] == ["prc_resident_id", "phone"]
    assert first.payload.content["after"]["consignments_shown"] == 0


def test_other_references_leave_no_row(client, make_lake):
    make_lake({"references": [{"type": "house_bill", "value": "TWH-0017"}], "office": "HK-RIVER-TRADE"})
    for typed in ("TWH-0017", "handbags", "12345678", "MSCU6639870"):
        client.get("/search/", {"q": typed})
    assert not rows()


def test_persons_are_not_suggested_while_one_types(client, make_lake):
    make_lake(consignment("hkid", "A123456(3)"))
    assert client.get("/search/suggest", {"q": "A123456(3)"}).json() == {"items": []}
    assert not rows()


def test_a_digest_needs_the_key_of_this_node(settings):
    here = personal.digest(PHONE)
    settings.SECRET_KEY = "the secret of another node"
    assert personal.digest(PHONE) != here
