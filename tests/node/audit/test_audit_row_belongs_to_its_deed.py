"""A row is written with its deed or not at all."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
import structlog
from django.db import transaction

from tidewaiter.node.accounts.models import Person
from tidewaiter.node.audit.models import AuditRow
from tidewaiter.node.audit.services import NoTransaction, record
from tidewaiter.node.audit.verbs import UnknownVerb, verb

pytestmark = pytest.mark.django_db(transaction=True)


def test_outside_a_transaction_it_is_refused(actor: Person) -> None:
    with pytest.raises(NoTransaction):
        record(actor, "accounts.edited", actor)
    assert not AuditRow.objects.exists()


def test_it_goes_back_with_the_deed(actor: Person) -> None:
    def fail() -> None:
        with transaction.atomic():
            record(actor, "accounts.edited", actor)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert not AuditRow.objects.exists()


def test_it_says_who_what_where_and_why(actor: Person) -> None:
    with structlog.contextvars.bound_contextvars(request_id="r-1"), transaction.atomic():
        row = record(
            actor,
            "accounts.edited",
            actor,
            before={"value": Decimal("1.10")},
            after={"value": Decimal("2"), "at": datetime(2026, 11, 22, 8, tzinfo=UTC)},
            reason="new badge\x00",
        )
    row.refresh_from_db()
    assert (row.actor_id, row.actor_name, row.office, row.request_id) == (actor.pk, "lam.w", "HK", "r-1")
    assert (row.object_type, row.object_id, row.object_label) == ("accounts.person", str(actor.pk), "lam.w")
    assert row.reason == "new badge"
    assert row.payload.body == '{"after":{"at":"2026-11-22T08:00:00.000000Z","value":"2"},"before":{"value":"1.10"}}'
    assert row.payload.commitment == row.commitment
    assert (row.seq, row.prev_hash, row.hash) == (None, None, None)


def test_the_node_itself_acts_for_the_whole_administration(actor: Person) -> None:
    with transaction.atomic():
        row = record(None, "accounts.offices_loaded", actor.office)
    assert (row.actor_id, row.actor_name, row.office) == (None, "", "HK")


def test_an_unknown_verb_is_refused(actor: Person) -> None:
    with pytest.raises(UnknownVerb), transaction.atomic():
        record(actor, "accounts.daydreamed", actor)


def test_a_float_is_refused(actor: Person) -> None:
    with pytest.raises(TypeError, match="float"), transaction.atomic():
        record(actor, "accounts.edited", actor, after={"value": 0.1})


def test_a_verb_is_declared_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        verb("accounts.edited", "{actor} did something else")
