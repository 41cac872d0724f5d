"""Fixtures of the audit log's tests."""

from collections.abc import Callable

import pytest
from django.db import connection, transaction

from tidewaiter.node.accounts.models import Office, Person
from tidewaiter.node.audit import guards
from tidewaiter.node.audit.models import AuditRow
from tidewaiter.node.audit.services import record

_OF_ONE_DATABASE = {"postgresql": "test_audit_chain_on_postgresql.py", "sqlite": "test_audit_replace_on_sqlite.py"}
collect_ignore = [name for vendor, name in _OF_ONE_DATABASE.items() if vendor != connection.vendor]


def run(statements: list[str]) -> None:
    """Execute statements without parameters."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.fixture
def unguarded() -> Callable[[str], None]:
    """Executes a statement with the guards taken away, as somebody with the database in hand could."""

    def execute(statement: str) -> None:
        with transaction.atomic():
            run([*guards.REMOVE[connection.vendor], statement, *guards.INSTALL[connection.vendor]])

    return execute


@pytest.fixture
def actor() -> Person:
    """An invented person at an invented office; ask for ``db`` or ``transactional_db`` too."""
    office = Office.objects.create(code="HK", path="HK/", administration="HK")
    return Person.objects.create(username="lam.w", office=office)


@pytest.fixture
def deed(actor: Person) -> Callable[..., AuditRow]:
    """Records a deed and gives its row."""

    def do(**values: object) -> AuditRow:
        with transaction.atomic():
            return record(actor, "accounts.edited", actor, before={"theme": "light"}, after=values or {"theme": "dark"})

    return do
