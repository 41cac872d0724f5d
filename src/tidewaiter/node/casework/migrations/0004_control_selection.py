"""The queue item of a control becomes a reference that the database keeps whole; one that is not there is let go."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Exists, OuterRef


def let_go(apps: Any, _schema_editor: Any) -> None:
    """Empty what names a queue item that this node does not hold."""
    control = apps.get_model("casework", "Control")
    item = apps.get_model("targeting", "SelectedConsignment")
    held = Exists(item.objects.filter(pk=OuterRef("selection_id")))
    control.objects.filter(selection_id__isnull=False).exclude(held).update(selection_id=None)


class Migration(migrations.Migration):
    """The column keeps its name and its values."""

    dependencies = (("casework", "0003_guards"), ("targeting", "0001_initial"))
    operations = (
        migrations.RunPython(let_go, migrations.RunPython.noop),
        migrations.RenameField("control", "selection_id", "selection"),
        migrations.AlterField(
            "control",
            "selection",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="controls",
                to="targeting.selectedconsignment",
            ),
        ),
    )
