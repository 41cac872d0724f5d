"""Runs, criteria, the queue and saved views."""

# ruff: noqa: RUF012 - a migration is written by a program and read once

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ScreeningRun",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.CharField(max_length=40, unique=True)),
                (
                    "origin",
                    models.CharField(
                        choices=[("upload", "Uploaded"), ("folder", "Watched folder"), ("mended", "Mended rejects")],
                        default="upload",
                        max_length=8,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Waiting for a worker"),
                            ("running", "Running"),
                            ("done", "Finished"),
                            ("failed", "Failed"),
                        ],
                        default="queued",
                        max_length=8,
                    ),
                ),
                ("stage", models.CharField(blank=True, max_length=20)),
                ("done", models.BigIntegerField(default=0)),
                ("total", models.BigIntegerField(default=0)),
                ("attempt", models.PositiveIntegerField(default=0)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("began_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                ("mapping", models.CharField(blank=True, max_length=100)),
                ("capacity", models.PositiveIntegerField(default=20)),
                ("share", models.DecimalField(decimal_places=4, default="0.1", max_digits=5)),
                ("seed", models.BigIntegerField(default=1)),
                ("criteria", models.JSONField(default=dict)),
                ("counts", models.JSONField(default=dict)),
                ("rejected_by_reason", models.JSONField(default=dict)),
                ("warnings", models.JSONField(default=list)),
                ("alarms", models.JSONField(default=list)),
                ("in_queue", models.PositiveIntegerField(default=0)),
                ("elsewhere", models.PositiveIntegerField(default=0)),
                ("synthetic", models.BooleanField(default=False)),
                ("selection_digest", models.CharField(blank=True, max_length=64)),
                ("failure", models.TextField(blank=True)),
                (
                    "mends",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mended_by",
                        to="targeting.screeningrun",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.office"
                    ),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-created_at",),
            },
        ),
        migrations.CreateModel(
            name="RunFile",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=200)),
                ("stored", models.CharField(max_length=220)),
                ("size", models.PositiveBigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="files", to="targeting.screeningrun"
                    ),
                ),
            ],
            options={
                "ordering": ("stored",),
            },
        ),
        migrations.CreateModel(
            name="SelectedConsignment",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("message_id", models.CharField(blank=True, max_length=300)),
                ("consignment_id", models.CharField(blank=True, max_length=300)),
                ("administration", models.CharField(max_length=32)),
                ("office_declared", models.CharField(blank=True, max_length=64)),
                ("day", models.DateField(null=True)),
                ("due_at", models.DateTimeField(null=True)),
                ("waiting_since", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("selected", "Selected"),
                            ("overflow", "Beyond the capacity"),
                            ("expected", "Announced by a tip"),
                        ],
                        default="selected",
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("taken", "Taken"),
                            ("for_control", "For control"),
                            ("controlled", "Controlled"),
                            ("released", "Released"),
                        ],
                        default="waiting",
                        max_length=12,
                    ),
                ),
                ("state_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("taken_at", models.DateTimeField(null=True)),
                ("control_channel", models.CharField(blank=True, max_length=20)),
                ("control_place", models.CharField(blank=True, max_length=100)),
                ("release_reason", models.CharField(blank=True, max_length=500)),
                ("origin", models.CharField(max_length=20)),
                ("rule", models.CharField(blank=True, max_length=200)),
                ("tip", models.CharField(blank=True, max_length=100)),
                ("lane", models.CharField(blank=True, max_length=100)),
                ("mandatory", models.BooleanField(default=False)),
                ("priority", models.SmallIntegerField(default=0)),
                ("rank", models.PositiveIntegerField(null=True)),
                ("probability", models.FloatField(null=True)),
                ("channel", models.CharField(blank=True, max_length=20)),
                ("mode", models.SmallIntegerField(null=True)),
                ("courier", models.BooleanField(default=False)),
                ("destination", models.CharField(blank=True, max_length=2)),
                ("destination_place", models.CharField(blank=True, max_length=5)),
                ("category", models.CharField(blank=True, max_length=40)),
                ("reference", models.CharField(max_length=200)),
                ("reference_type", models.CharField(blank=True, max_length=40)),
                ("references", models.JSONField(default=list)),
                ("goods", models.CharField(blank=True, max_length=200)),
                ("value", models.DecimalField(decimal_places=2, max_digits=18, null=True)),
                ("currency", models.CharField(blank=True, max_length=3)),
                ("kinds", models.CharField(blank=True, max_length=100)),
                ("reasons", models.JSONField(default=list)),
                ("summary", models.JSONField(default=dict)),
                ("synthetic", models.BooleanField(default=False)),
                (
                    "last_actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="queue", to="accounts.office"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="selected",
                        to="targeting.screeningrun",
                    ),
                ),
                (
                    "superseded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supersedes",
                        to="targeting.selectedconsignment",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="taken",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-priority", "due_at", "id"),
            },
        ),
        migrations.CreateModel(
            name="QueueReference",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=200)),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="keys",
                        to="targeting.selectedconsignment",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CriteriaFile",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("watchlist", "Watchlist"),
                            ("terms", "Terms"),
                            ("profiles", "Profiles"),
                            ("rates", "Exchange rates"),
                            ("capacity", "Capacity of offices"),
                        ],
                        max_length=12,
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=200)),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveBigIntegerField()),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("remark", models.CharField(blank=True, max_length=300)),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.office"
                    ),
                ),
            ],
            options={
                "ordering": ("kind", "-version"),
                "constraints": [models.UniqueConstraint(fields=("kind", "version"), name="targeting_criteria_version")],
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=60)),
                ("query", models.CharField(max_length=500)),
                ("shared", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.office"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="saved_views",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("name",),
                "constraints": [models.UniqueConstraint(fields=("person", "name"), name="targeting_view_name")],
            },
        ),
        migrations.AddIndex(
            model_name="screeningrun",
            index=models.Index(fields=["office", "-created_at"], name="targeting_runs"),
        ),
        migrations.AddConstraint(
            model_name="runfile",
            constraint=models.UniqueConstraint(fields=("run", "stored"), name="targeting_run_file"),
        ),
        migrations.AddIndex(
            model_name="selectedconsignment",
            index=models.Index(fields=["office", "state", "-priority"], name="targeting_queue"),
        ),
        migrations.AddIndex(
            model_name="selectedconsignment",
            index=models.Index(fields=["administration", "consignment_id"], name="targeting_consignment"),
        ),
        migrations.AddIndex(
            model_name="selectedconsignment",
            index=models.Index(fields=["taken_by", "state"], name="targeting_mine"),
        ),
        migrations.AddIndex(
            model_name="selectedconsignment",
            index=models.Index(fields=["state", "state_at"], name="targeting_state_at"),
        ),
        migrations.AddConstraint(
            model_name="selectedconsignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("run__isnull", False)), fields=("run", "message_id"), name="targeting_once_a_run"
            ),
        ),
        migrations.AddConstraint(
            model_name="selectedconsignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("superseded_by__isnull", True),
                    models.Q(("superseded_by", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="targeting_not_itself",
            ),
        ),
        migrations.AddIndex(
            model_name="queuereference",
            index=models.Index(fields=["key", "kind"], name="targeting_reference_key"),
        ),
        migrations.AddConstraint(
            model_name="queuereference",
            constraint=models.UniqueConstraint(fields=("item", "kind", "key"), name="targeting_reference_once"),
        ),
    ]
