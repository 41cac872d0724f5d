"""The kept count of the board."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = (("operations", "0001_initial"),)

    operations = (
        migrations.CreateModel(
            name="KeptTally",
            fields=[
                (
                    "operation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="operations.operation",
                    ),
                ),
                ("event", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("seconds", models.FloatField(default=0)),
                ("content", models.JSONField(default=dict)),
            ],
        ),
    )
