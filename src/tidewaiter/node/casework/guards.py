"""What the database itself refuses: a custody event is never changed, deleted or emptied away, on both databases."""

from typing import Final

_TABLE: Final = "casework_custodyevent"
_MESSAGE: Final = "a custody event is never changed or deleted"
_RULES: Final = (("casework_custody_update", "UPDATE"), ("casework_custody_delete", "DELETE"))


def _sqlite() -> list[str]:
    # SQLite's REPLACE deletes without asking a DELETE trigger, so INSERT looks for that.
    seen = (
        "SELECT 1 FROM casework_custodyevent WHERE id = NEW.id "
        "OR (exhibit_id = NEW.exhibit_id AND sequence = NEW.sequence)"
    )
    once = (
        f"CREATE TRIGGER casework_custody_insert BEFORE INSERT ON {_TABLE} WHEN EXISTS ({seen}) "
        f"BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END"
    )
    return [
        f"CREATE TRIGGER {name} BEFORE {event} ON {_TABLE} BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END"
        for name, event in _RULES
    ] + [once]


def _postgresql() -> list[str]:
    return [
        "CREATE FUNCTION casework_custody_fixed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION '{_MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        *(
            f"CREATE TRIGGER {name} BEFORE {event} ON {_TABLE} FOR EACH ROW EXECUTE FUNCTION casework_custody_fixed()"
            for name, event in _RULES
        ),
        f"CREATE TRIGGER casework_custody_truncate BEFORE TRUNCATE ON {_TABLE} "
        "EXECUTE FUNCTION casework_custody_fixed()",
    ]


INSTALL: Final = {"sqlite": _sqlite(), "postgresql": _postgresql()}
"""The statements that set the guards up, by database vendor."""

REMOVE: Final = {
    "sqlite": [
        *(f"DROP TRIGGER IF EXISTS {name}" for name, _event in _RULES),
        "DROP TRIGGER IF EXISTS casework_custody_insert",
    ],
    "postgresql": ["DROP FUNCTION IF EXISTS casework_custody_fixed() CASCADE"],
}
"""The statements that take them away: for migrations, and for tests that empty the tables."""
