"""The index of words, kept by the database itself."""

from typing import Any

from django.db import migrations

from tidewaiter.node.search.word_index import INSTALL, REMOVE


def install(apps: Any, schema_editor: Any) -> None:
    """Set it up in this database's own way."""
    for statement in INSTALL[schema_editor.connection.vendor]:
        schema_editor.execute(statement, None)


def remove(apps: Any, schema_editor: Any) -> None:
    """Take it away."""
    for statement in REMOVE[schema_editor.connection.vendor]:
        schema_editor.execute(statement, None)


class Migration(migrations.Migration):
    """FTS5 for SQLite, a generated tsvector with a GIN index for PostgreSQL."""

    dependencies = (("search", "0001_initial"),)
    operations = (migrations.RunPython(install, remove, elidable=False),)
