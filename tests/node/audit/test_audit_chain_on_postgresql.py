"""On PostgreSQL transactions run beside one another: the chain takes them in an order that nothing later can upset."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest
from django.db import connection, connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tidewaiter.node.accounts.models import Person
from tidewaiter.node.audit import chain, leaf
from tidewaiter.node.audit.models import AuditRow
from tidewaiter.node.audit.sequencer import run_once, run_until_empty
from tidewaiter.node.audit.services import record

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS = 3
few = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def placed() -> list[tuple[int | None, int]]:
    return list(AuditRow.objects.filter(seq__isnull=False).order_by("seq").values_list("seq", "pk"))


def assert_grew(before: list[tuple[int | None, int]]) -> list[tuple[int | None, int]]:
    now = placed()
    assert now[: len(before)] == before
    assert [seq for seq, _pk in now] == list(range(1, len(now) + 1))
    verdict = chain.verify()
    assert verdict.whole, verdict
    assert verdict.checked == len(now)
    return now


@contextmanager
def writers() -> Iterator[list[Any]]:
    """Connections beside that of the test, each with its own transactions."""
    made = [connections["default"].copy() for _number in range(WRITERS)]
    try:
        yield made
    finally:
        for one in made:
            one.close()


def write(one: Any, actor: Person) -> None:
    salt, body = b"s" * 32, leaf.payload(None, {"a": 1})
    columns = "at, actor_id, actor_name, office, verb, object_type, object_id, object_label, reason, request_id"
    with one.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO audit_auditrow ({columns}, commitment) VALUES "
            "(now(), %s, '', 'HK', 'accounts.edited', 'accounts.person', %s, '', '', '', %s) RETURNING id",
            (actor.pk, str(actor.pk), leaf.commitment(salt, body)),
        )
        cursor.execute(
            "INSERT INTO audit_auditpayload (row_id, salt, body) VALUES (%s, %s, %s)",
            (cursor.fetchone()[0], salt, body.decode()),
        )


interleaved = st.lists(
    st.tuples(st.sampled_from(["write", "commit", "rollback", "sequence"]), st.integers(0, WRITERS - 1)), max_size=25
)


@few
@given(steps=interleaved)
def test_beside_one_another(actor: Person, steps: list[tuple[str, int]]) -> None:
    known = placed()
    with writers() as many:
        for one in many:
            one.set_autocommit(False)
        for what, number in [*steps, *(("commit", number) for number in range(WRITERS))]:
            if what == "write":
                write(many[number], actor)
            elif what == "commit":
                many[number].commit()
            elif what == "rollback":
                many[number].rollback()
            else:
                run_once(limit=2)
                known = assert_grew(known)
    run_until_empty()
    assert len(assert_grew(known)) == AuditRow.objects.count()


def test_an_older_open_transaction_is_waited_for(actor: Person) -> None:
    with writers() as many:
        for one in many:
            one.set_autocommit(False)
        write(many[0], actor)
        write(many[1], actor)
        many[1].commit()
        assert run_once() == 0, "the row of the first transaction could still appear before it"
        many[0].commit()
        assert run_until_empty() == 2
        assert [pk for _seq, pk in placed()] == sorted(pk for _seq, pk in placed())


def test_the_transactions_number_cannot_be_forged(actor: Person) -> None:
    with transaction.atomic():
        row = record(actor, "accounts.edited", actor)
        with closing(connection.cursor()) as cursor:
            cursor.execute("SELECT pg_current_xact_id()::text::bigint")
            number = cursor.fetchone()[0]
    row.refresh_from_db()
    assert row.txid == number
