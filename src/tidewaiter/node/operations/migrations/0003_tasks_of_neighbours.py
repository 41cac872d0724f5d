"""Tasks that are proposed to a neighbour's office."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A task may have no office here."""

    dependencies = (("operations", "0002_history"),)
    operations = (
        migrations.AlterField(
            model_name="tasking",
            name="office",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="taskings", to="accounts.office"
            ),
        ),
        migrations.AddField("tasking", "administration", models.CharField(blank=True, default="", max_length=32)),
        migrations.AddField("tasking", "place", models.CharField(blank=True, default="", max_length=64)),
        migrations.AddField("tasking", "digest", models.CharField(blank=True, default="", max_length=64)),
    )
