"""The database refuses changes to custody events from here on."""

from typing import Any

from django.db import migrations

from tidewaiter.node.casework.guards import INSTALL, REMOVE


def install(_apps: Any, schema_editor: Any) -> None:
    """Set the triggers up."""
    for statement in INSTALL[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def remove(_apps: Any, schema_editor: Any) -> None:
    """Take the triggers away."""
    for statement in REMOVE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """Triggers for SQLite and for PostgreSQL."""

    dependencies = (("casework", "0002_initial"),)
    operations = (migrations.RunPython(install, remove),)
