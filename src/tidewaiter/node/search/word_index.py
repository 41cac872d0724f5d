"""The index of words, in each database's own way: FTS5 on SQLite, a GIN index over tokens on PostgreSQL.

Both take the tokens of the shadow text as they are, and the database keeps them in step with the table by itself.
SQLite rebuilds a table when a migration changes it, and loses its triggers: such a migration of ``SearchEntry`` ends
with ``INSTALL`` again; ``missing`` tells if it did not.
"""

from collections.abc import Iterable
from typing import Final

from django.db.backends.base.base import BaseDatabaseWrapper

from tidewaiter.names.shadow_text import Term

_TABLE: Final = "search_searchentry"
_INDEX: Final = "search_words"
_OLD: Final = f"INSERT INTO {_INDEX}({_INDEX}, rowid, shadow) VALUES ('delete', OLD.id, OLD.shadow);"  # noqa: S608
_NEW: Final = f"INSERT INTO {_INDEX}(rowid, shadow) VALUES (NEW.id, NEW.shadow);"  # noqa: S608

INSTALL: Final = {
    "sqlite": [
        f"CREATE VIRTUAL TABLE {_INDEX} USING fts5(shadow, content='{_TABLE}', content_rowid='id', detail=none, "
        "tokenize='unicode61 remove_diacritics 0')",
        f"CREATE TRIGGER {_INDEX}_insert AFTER INSERT ON {_TABLE} BEGIN {_NEW} END",
        f"CREATE TRIGGER {_INDEX}_delete AFTER DELETE ON {_TABLE} BEGIN {_OLD} END",
        f"CREATE TRIGGER {_INDEX}_update AFTER UPDATE OF id, shadow ON {_TABLE} BEGIN {_OLD} {_NEW} END",
        f"INSERT INTO {_INDEX}({_INDEX}) VALUES ('rebuild')",  # noqa: S608 - constants
    ],
    "postgresql": [
        f"ALTER TABLE {_TABLE} ADD COLUMN words tsvector "
        "GENERATED ALWAYS AS (array_to_tsvector(string_to_array(shadow, ' '))) STORED",
        f"CREATE INDEX {_INDEX} ON {_TABLE} USING gin (words)",
    ],
}
"""The statements that set the index up, by database vendor."""

REMOVE: Final = {
    "sqlite": [*(f"DROP TRIGGER {_INDEX}_{event}" for event in ("insert", "delete", "update")), f"DROP TABLE {_INDEX}"],
    "postgresql": [f"ALTER TABLE {_TABLE} DROP COLUMN words"],
}
"""The statements that take it away."""

MATCHING: Final = {
    "sqlite": f"SELECT rowid FROM {_INDEX} WHERE {_INDEX} MATCH %s",  # noqa: S608 - constants
    "postgresql": f"SELECT id FROM {_TABLE} WHERE words @@ %s::tsquery",  # noqa: S608 - constants
}
"""The ids of the entries that have the words of an expression, by database vendor."""


_HOLDS: Final = f"instr(' ' || {_TABLE}.shadow || ' ', %s) > 0"


def expression(vendor: str, asked: Iterable[Term], *, beginnings: bool) -> str:
    """Write terms in the database's own query language: entries that have each of them.

    ``beginnings``: the last word may be the beginning of a longer one. Tokens are letters and digits alone, so that
    nothing in them has a meaning of its own there.
    """
    terms = list(asked)
    conjunction = " AND " if vendor == "sqlite" else " & "
    return conjunction.join(
        _term(vendor, term, beginning=beginnings and term is terms[-1] and term.starts_word) for term in terms
    )


def _term(vendor: str, term: Term, *, beginning: bool) -> str:
    quote, both, either, begins = ('"', " AND ", " OR ", " *") if vendor == "sqlite" else ("'", " & ", " | ", ":*")
    end = begins if beginning else ""
    quoted = [f"{quote}{word}{quote}" for word in term.words]
    quoted[-1] += end
    alternatives = [f"({both.join(quoted)})"]
    if term.whole is not None:
        alternatives.append(f"{quote}{term.whole}{quote}{end}")
    return f"({either.join(alternatives)})"


def condition(vendor: str, asked: Iterable[Term], *, beginnings: bool) -> tuple[str, list[str]]:
    """Write terms as a condition on one row of the table, with its parameters: what `expression` asks of the index.

    For words that many entries have: the latest of them are found by reading the latest entries, not the whole index.
    """
    terms = list(asked)
    if vendor != "sqlite":
        # Of beginnings PostgreSQL knows no numbers and would read all that match; IS TRUE keeps it from the index.
        holds = f"({_TABLE}.words @@ %s::tsquery) IS TRUE" if beginnings else f"{_TABLE}.words @@ %s::tsquery"
        return holds, [expression(vendor, terms, beginnings=beginnings)]
    parts, given = [], []
    for term in terms:
        end = "" if beginnings and term is terms[-1] and term.starts_word else " "
        words = [f" {word} " for word in term.words[:-1]] + [f" {term.words[-1]}{end}"]
        either = " AND ".join([_HOLDS] * len(words))
        given += words
        if term.whole is not None:
            either = f"({either}) OR {_HOLDS}"
            given.append(f" {term.whole}{end}")
        parts.append(f"({either})")
    return " AND ".join(parts), given


def missing(connection: BaseDatabaseWrapper) -> frozenset[str]:
    """Give the names of the parts of the index that this database lacks; empty is right."""
    wanted = {_INDEX}
    listing = f"SELECT indexname FROM pg_indexes WHERE tablename = '{_TABLE}'"  # noqa: S608 - constants
    if connection.vendor == "sqlite":
        wanted |= {f"{_INDEX}_{event}" for event in ("insert", "delete", "update")}
        listing = "SELECT name FROM sqlite_master"
    with connection.cursor() as cursor:
        cursor.execute(listing)
        return frozenset(wanted - {str(row[0]) for row in cursor.fetchall()})
