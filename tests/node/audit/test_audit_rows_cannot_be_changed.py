"""The database itself refuses to change or delete what the audit log says."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from tidewaiter.node.audit import guards
from tidewaiter.node.audit.models import AuditPayload, AuditRow, ChainHead
from tidewaiter.node.audit.sequencer import run_once
from tidewaiter.node.audit.services import erase_payload

pytestmark = pytest.mark.django_db(transaction=True)


def refused(statement: str, *values: object) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_all_guards_stand_after_the_migrations() -> None:
    assert guards.missing(connection) == frozenset()


COLUMNS = [field.column for field in AuditRow._meta.get_fields() if getattr(field, "column", None)]
OTHER = {"id": "999", "at": "'2001-01-01 00:00:00+00:00'", "actor_id": "NULL", "seq": "77", "txid": "77"}


@pytest.mark.parametrize("placed", [False, True])
@pytest.mark.parametrize("column", COLUMNS)
def test_no_column_can_be_changed_alone(column: str, placed: bool, deed: Callable[..., AuditRow]) -> None:
    row = deed()
    if placed:
        run_once()
    value = OTHER.get(column, "'changed'")
    refused(f"UPDATE audit_auditrow SET {column} = {value} WHERE id = %s", row.pk)


@pytest.mark.parametrize("column", [column for column in COLUMNS if column not in ("seq", "prev_hash", "hash")])
def test_placing_a_row_changes_nothing_else(column: str, deed: Callable[..., AuditRow]) -> None:
    row = deed()
    value = OTHER.get(column, "'changed'")
    refused(f"UPDATE audit_auditrow SET seq = 1, prev_hash = 'a', hash = 'b', {column} = {value} WHERE id = %s", row.pk)


def test_a_row_is_placed_once(deed: Callable[..., AuditRow]) -> None:
    row = deed()
    assert run_once() == 1
    refused("UPDATE audit_auditrow SET seq = 2, prev_hash = 'a', hash = 'b' WHERE id = %s", row.pk)
    refused("UPDATE audit_auditrow SET seq = NULL, prev_hash = NULL, hash = NULL WHERE id = %s", row.pk)


def test_a_row_is_not_born_in_its_place(deed: Callable[..., AuditRow]) -> None:
    deed()
    columns = ", ".join(column for column in COLUMNS if column not in ("id", "seq", "prev_hash", "hash"))
    refused(
        f"INSERT INTO audit_auditrow ({columns}, seq, prev_hash, hash) "
        f"SELECT {columns}, 5, 'a', 'b' FROM audit_auditrow"
    )


def test_nothing_is_deleted(deed: Callable[..., AuditRow]) -> None:
    deed()
    run_once()
    for table in ("audit_auditpayload", "audit_auditrow", "audit_chainhead"):
        refused(f"DELETE FROM {table}")
        if connection.vendor == "postgresql":
            refused(f"TRUNCATE {table} CASCADE")


def test_the_head_only_moves_forward(deed: Callable[..., AuditRow]) -> None:
    deed()
    run_once()
    for change in ("seq = 0", "seq = 1, hash = 'x'", "administration = 'MO', seq = 9", "id = 2, seq = 9"):
        refused(f"UPDATE audit_chainhead SET {change}")
    refused("INSERT INTO audit_chainhead SELECT 2, administration, 0, hash, at FROM audit_chainhead")
    deed()
    assert run_once() == 1
    assert ChainHead.objects.get().seq == 2


def test_content_is_never_changed_and_goes_only_with_a_row_that_says_so(deed: Callable[..., AuditRow]) -> None:
    row = deed()
    refused("UPDATE audit_auditpayload SET body = '{}' WHERE row_id = %s", row.pk)
    refused("DELETE FROM audit_auditpayload WHERE row_id = %s", row.pk)
    erase_payload(None, row, reason="asked for by the person")
    assert not AuditPayload.objects.filter(row=row).exists()
