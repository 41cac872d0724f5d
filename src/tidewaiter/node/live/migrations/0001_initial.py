"""The first tables."""

# ruff: noqa: RUF012 - a migration is written by a program and read once

from django.db import migrations, models


class Migration(migrations.Migration):
    """The tables as the node began with them."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField(auto_now_add=True, db_index=True)),
                ("topic", models.CharField(max_length=60)),
                ("audience", models.JSONField(default=dict)),
                ("object_type", models.CharField(max_length=100)),
                ("object_id", models.CharField(max_length=64)),
            ],
        ),
    ]
