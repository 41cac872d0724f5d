"""The table of everything that can be found."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = (("accounts", "0001_initial"),)

    operations = (
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("object_type", models.CharField(max_length=100)),
                ("object_id", models.CharField(max_length=64)),
                ("title", models.CharField(max_length=300)),
                ("summary", models.CharField(blank=True, max_length=500)),
                ("shadow", models.TextField(blank=True)),
                ("restricted", models.BooleanField(default=False)),
                ("consignment_id", models.CharField(blank=True, max_length=400)),
                ("at", models.DateTimeField()),
                (
                    "office",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.office"
                    ),
                ),
            ],
            options={
                "ordering": ("-at", "-id"),
                "indexes": [
                    models.Index(fields=["-at", "-id"], name="search_latest"),
                    models.Index(fields=["consignment_id"], name="search_consignment"),
                ],
                "constraints": [models.UniqueConstraint(fields=("object_type", "object_id"), name="search_object")],
            },
        ),
    )
