"""The first tables."""

# ruff: noqa: RUF012 - a migration is written by a program and read once

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditRow",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("actor_name", models.CharField(max_length=200)),
                ("office", models.CharField(max_length=64)),
                ("verb", models.CharField(max_length=80)),
                ("object_type", models.CharField(max_length=80)),
                ("object_id", models.CharField(max_length=80)),
                ("object_label", models.CharField(max_length=200)),
                ("reason", models.TextField()),
                ("request_id", models.CharField(max_length=80)),
                ("commitment", models.CharField(max_length=64)),
                ("seq", models.BigIntegerField(null=True, unique=True)),
                ("prev_hash", models.CharField(max_length=64, null=True)),
                ("hash", models.CharField(max_length=64, null=True)),
                ("txid", models.BigIntegerField(editable=False, null=True)),
                (
                    "actor",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AuditPayload",
            fields=[
                (
                    "row",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="payload",
                        serialize=False,
                        to="audit.auditrow",
                    ),
                ),
                ("salt", models.BinaryField(max_length=32)),
                ("body", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="ChainHead",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("administration", models.CharField(max_length=32)),
                ("seq", models.BigIntegerField()),
                ("hash", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="audit_one_chain")],
            },
        ),
        migrations.AddIndex(
            model_name="auditrow",
            index=models.Index(fields=["actor", "-id"], name="audit_by_actor"),
        ),
        migrations.AddIndex(
            model_name="auditrow",
            index=models.Index(fields=["office", "-id"], name="audit_by_office"),
        ),
        migrations.AddIndex(
            model_name="auditrow",
            index=models.Index(fields=["object_type", "object_id", "-id"], name="audit_by_object"),
        ),
        migrations.AddIndex(
            model_name="auditrow",
            index=models.Index(fields=["verb", "-id"], name="audit_by_verb"),
        ),
        migrations.AddIndex(
            model_name="auditrow",
            index=models.Index(fields=["at"], name="audit_by_time"),
        ),
        migrations.AddIndex(
            model_name="auditrow",
            index=models.Index(condition=models.Q(("seq__isnull", True)), fields=["txid", "id"], name="audit_waiting"),
        ),
    ]
