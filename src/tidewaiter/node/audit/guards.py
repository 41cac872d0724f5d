"""What the database itself refuses: triggers on the tables of the audit log, for SQLite and PostgreSQL.

A row cannot be changed or deleted, but for its place in the chain, which is set once. A payload cannot be changed, and
is deleted only after the row that says so. The head moves forward alone.

SQLite rebuilds a table when a migration changes it, and loses its triggers: such a migration ends with ``INSTALL``
again, and ``missing`` tells if it did not.
"""

# ruff: noqa: S608 - every part of these statements is a constant of this file

from typing import Final

from django.db.backends.base.base import BaseDatabaseWrapper

_ROW: Final = "audit_auditrow"
_PAYLOAD: Final = "audit_auditpayload"
_HEAD: Final = "audit_chainhead"
_FIXED: Final = (
    "id", "at", "actor_id", "actor_name", "office", "verb", "object_type", "object_id", "object_label", "reason",
    "request_id", "commitment", "txid",
)  # fmt: skip
_ERASED: Final = (
    f"EXISTS (SELECT 1 FROM {_ROW} WHERE verb = 'audit.payload_erased' AND object_type = 'audit.auditrow' "
    "AND object_id = CAST(OLD.row_id AS TEXT))"
)
_PLACED: Final = "NEW.seq IS NOT NULL OR NEW.prev_hash IS NOT NULL OR NEW.hash IS NOT NULL"
_ONCE: Final = (
    "OLD.seq IS NULL AND OLD.prev_hash IS NULL AND OLD.hash IS NULL "
    "AND NEW.seq IS NOT NULL AND NEW.prev_hash IS NOT NULL AND NEW.hash IS NOT NULL"
)
_BACKWARDS: Final = "NEW.id <> OLD.id OR NEW.administration <> OLD.administration OR NEW.seq <= OLD.seq"

_RULES: Final = (
    ("audit_row_update", "UPDATE", _ROW, "an audit row cannot be changed"),
    ("audit_row_delete", "DELETE", _ROW, "an audit row cannot be deleted"),
    ("audit_row_insert", "INSERT", _ROW, "an audit row is written once, and placed by the sequencer"),
    ("audit_payload_update", "UPDATE", _PAYLOAD, "the content of an audit row cannot be changed"),
    ("audit_payload_delete", "DELETE", _PAYLOAD, "the content of an audit row is erased with a row that says so"),
    ("audit_payload_insert", "INSERT", _PAYLOAD, "an audit row has one content"),
    ("audit_head_update", "UPDATE", _HEAD, "the end of the audit chain only moves forward"),
    ("audit_head_delete", "DELETE", _HEAD, "the end of the audit chain cannot be deleted"),
    ("audit_head_insert", "INSERT", _HEAD, "there is one audit chain"),
)


def _same(equal: str) -> str:
    return " AND ".join(f"NEW.{column} {equal} OLD.{column}" for column in _FIXED)


def _refusals(vendor: str) -> dict[str, str]:
    """When each rule refuses. SQLite's REPLACE deletes without asking a DELETE trigger, so INSERT looks for that."""
    once = f"{_ONCE} AND {_same('IS' if vendor == 'sqlite' else 'IS NOT DISTINCT FROM')}"
    sqlite = vendor == "sqlite"
    return {
        "audit_row_update": f"NOT ({once}"
        + (f" AND NOT EXISTS (SELECT 1 FROM {_ROW} WHERE seq = NEW.seq))" if sqlite else ")"),
        "audit_row_delete": "TRUE",
        "audit_row_insert": _PLACED + (f" OR EXISTS (SELECT 1 FROM {_ROW} WHERE id = NEW.id)" if sqlite else ""),
        "audit_payload_update": "TRUE",
        "audit_payload_delete": f"NOT {_ERASED}",
        "audit_payload_insert": f"EXISTS (SELECT 1 FROM {_PAYLOAD} WHERE row_id = NEW.row_id)",
        "audit_head_update": _BACKWARDS,
        "audit_head_delete": "TRUE",
        "audit_head_insert": f"EXISTS (SELECT 1 FROM {_HEAD})",
    }


def _sqlite() -> list[str]:
    refusals = _refusals("sqlite")
    return [
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {refusals[name]} "
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        for name, event, table, message in _RULES
    ]


def _postgresql() -> list[str]:
    """One function a rule; TRUNCATE is refused too; a new row takes its transaction's number."""
    refusals = _refusals("postgresql")
    found = []
    for name, event, table, message in _RULES:
        result = "OLD" if event == "DELETE" else "NEW"
        number = "NEW.txid := pg_current_xact_id()::text::bigint; " if name == "audit_row_insert" else ""
        found += [
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {refusals[name]} THEN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; "
            f"END IF; {number}RETURN {result}; END $$",
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
        ]
    found.append(
        "CREATE FUNCTION audit_truncate() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION 'the audit log cannot be emptied' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    found += [
        f"CREATE TRIGGER {table}_truncate BEFORE TRUNCATE ON {table} EXECUTE FUNCTION audit_truncate()"
        for table in (_ROW, _PAYLOAD, _HEAD)
    ]
    return found


def _drop(vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {name}" for name, *_rest in _RULES]
    functions = [f"DROP FUNCTION IF EXISTS {name}() CASCADE" for name, *_rest in _RULES]
    return [*functions, "DROP FUNCTION IF EXISTS audit_truncate() CASCADE"]


INSTALL: Final = {"sqlite": _sqlite(), "postgresql": _postgresql()}
"""The statements that set the guards up, by database vendor."""

REMOVE: Final = {"sqlite": _drop("sqlite"), "postgresql": _drop("postgresql")}
"""The statements that take them away: for migrations, and for tests that empty the tables."""


def missing(connection: BaseDatabaseWrapper) -> frozenset[str]:
    """Give the names of the guards that this database lacks; empty is right."""
    wanted = {name for name, *_rest in _RULES}
    listing = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
    }[connection.vendor]
    if connection.vendor == "postgresql":
        wanted |= {f"{table}_truncate" for table in (_ROW, _PAYLOAD, _HEAD)}
    with connection.cursor() as cursor:
        cursor.execute(listing)
        return frozenset(wanted - {str(row[0]) for row in cursor.fetchall()})
