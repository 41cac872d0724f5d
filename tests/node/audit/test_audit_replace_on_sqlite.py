"""SQLite's REPLACE deletes rows without asking the guards against deletion; it is refused before that."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from tidewaiter.node.audit.models import AuditRow
from tidewaiter.node.audit.sequencer import run_once

pytestmark = pytest.mark.django_db(transaction=True)

COLUMNS = [field.column for field in AuditRow._meta.get_fields() if getattr(field, "column", None)]


def refused(statement: str, *values: object) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_replacing_is_no_way_round(deed: Callable[..., AuditRow]) -> None:
    row = deed()
    run_once()
    columns = ", ".join(COLUMNS)
    refused(f"REPLACE INTO audit_auditrow ({columns}) SELECT {columns} FROM audit_auditrow WHERE id = %s", row.pk)
    free = ", ".join(column if column not in ("seq", "prev_hash", "hash") else "NULL" for column in COLUMNS)
    refused(f"REPLACE INTO audit_auditrow ({columns}) SELECT {free} FROM audit_auditrow WHERE id = %s", row.pk)
    waiting = deed()
    refused("UPDATE OR REPLACE audit_auditrow SET seq = 1, prev_hash = 'a', hash = 'b' WHERE id = %s", waiting.pk)
    refused("REPLACE INTO audit_auditpayload (row_id, salt, body) VALUES (%s, %s, %s)", row.pk, b"0" * 32, "{}")
    refused("REPLACE INTO audit_chainhead SELECT id, administration, 0, hash, at FROM audit_chainhead")
    assert AuditRow.objects.count() == 2
