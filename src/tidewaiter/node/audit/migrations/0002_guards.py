"""The database refuses changes to the audit log from here on."""

from typing import Any

from django.db import migrations

from tidewaiter.node.audit.guards import INSTALL, REMOVE


class RunVendorSQL(migrations.RunSQL):
    """RunSQL on the databases of one vendor only."""

    def __init__(self, vendor: str, sql: Any, reverse_sql: Any) -> None:
        super().__init__(sql, reverse_sql)
        self.vendor = vendor

    def deconstruct(self) -> Any:
        """How it is written down."""
        return self.__class__.__name__, [self.vendor, self.sql, self.reverse_sql], {}

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Run on the vendor's databases."""
        if schema_editor.connection.vendor == self.vendor:
            super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Take away on the vendor's databases."""
        if schema_editor.connection.vendor == self.vendor:
            super().database_backwards(app_label, schema_editor, from_state, to_state)


class Migration(migrations.Migration):
    """Triggers for SQLite and for PostgreSQL."""

    dependencies = (("audit", "0001_initial"),)
    operations = tuple(RunVendorSQL(vendor, INSTALL[vendor], REMOVE[vendor]) for vendor in ("sqlite", "postgresql"))
