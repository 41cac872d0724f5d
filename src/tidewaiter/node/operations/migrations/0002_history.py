"""The published results of past operations: the first entries of every node's statistics."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def load(_apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Bring them in; what reference data adds later comes with a migration of its own."""
    from tidewaiter.node.operations.services.history import load_history

    load_history()


class Migration(migrations.Migration):
    """Data only."""

    dependencies = (("operations", "0001_initial"),)
    operations = (migrations.RunPython(load, migrations.RunPython.noop),)
