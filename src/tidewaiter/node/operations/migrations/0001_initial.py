"""Joint operations: plans, lanes, tasks, reports, figures, snapshots, statements."""

import datetime
import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = (
        ("accounts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    )

    operations = (
        migrations.CreateModel(
            name="PublishedResult",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("row", models.PositiveIntegerField(unique=True)),
                ("operation", models.CharField(max_length=64)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                ("date_note", models.CharField(blank=True, max_length=200)),
                ("administration", models.CharField(max_length=32)),
                ("scope", models.CharField(max_length=64)),
                ("destinations", models.JSONField(default=list)),
                ("cases", models.PositiveBigIntegerField(null=True)),
                ("batches", models.PositiveBigIntegerField(null=True)),
                ("items", models.PositiveBigIntegerField(null=True)),
                ("qualifier", models.CharField(max_length=10)),
                ("value", models.DecimalField(decimal_places=2, max_digits=18, null=True)),
                ("currency", models.CharField(blank=True, max_length=3)),
                ("basis", models.CharField(blank=True, max_length=16)),
                ("arrests", models.PositiveBigIntegerField(null=True)),
                ("detail", models.CharField(blank=True, max_length=500)),
                ("source", models.CharField(max_length=300)),
            ],
            options={
                "ordering": ("-starts_on", "administration", "row"),
            },
        ),
        migrations.CreateModel(
            name="Operation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=64, unique=True)),
                ("lead", models.CharField(max_length=32)),
                ("names", models.JSONField(default=dict)),
                ("objective", models.JSONField(default=dict)),
                ("state", models.CharField(default="planned", max_length=12)),
                ("state_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("state_reason", models.CharField(blank=True, max_length=500)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("cut_off", models.TimeField(default=datetime.time(18, 0))),
                ("utc_offset", models.CharField(default="+08:00", max_length=6)),
                ("capacity_percent", models.PositiveSmallIntegerField(default=0)),
                ("tlp", models.CharField(default="amber", max_length=16)),
                ("created", models.DateTimeField()),
                ("modified", models.DateTimeField()),
                ("plan_digest", models.CharField(max_length=64)),
                ("started_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "planned_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-starts_on", "-created"),
            },
        ),
        migrations.CreateModel(
            name="FocusLane",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.PositiveSmallIntegerField()),
                ("code", models.CharField(max_length=32)),
                ("names", models.JSONField(default=dict)),
                ("regions", models.JSONField(default=list)),
                ("modes", models.JSONField(default=list)),
                ("courier", models.BooleanField(null=True)),
                ("categories", models.JSONField(default=list)),
                ("control_points", models.JSONField(default=list)),
                ("profile", models.TextField()),
                (
                    "operation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lanes", to="operations.operation"
                    ),
                ),
            ],
            options={
                "ordering": ("number",),
            },
        ),
        migrations.CreateModel(
            name="OperationParty",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("administration", models.CharField(max_length=32)),
                (
                    "role",
                    models.CharField(
                        choices=[("lead", "Lead"), ("party", "Takes part"), ("observer", "Observes")],
                        default="party",
                        max_length=10,
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=8)),
                ("agreed_plan", models.CharField(blank=True, max_length=64)),
                ("answered_at", models.DateTimeField(null=True)),
                ("words", models.CharField(blank=True, max_length=4000)),
                ("agreement", models.CharField(blank=True, max_length=120)),
                (
                    "operation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parties", to="operations.operation"
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="ReleasedFigures",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("administration", models.CharField(max_length=32)),
                ("object_id", models.CharField(max_length=120)),
                ("modified", models.DateTimeField()),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("status", models.CharField(max_length=12)),
                ("at", models.DateTimeField()),
                ("words", models.CharField(blank=True, max_length=4000)),
                ("figures", models.JSONField(default=list)),
                ("controls", models.JSONField(default=list)),
                ("content", models.TextField()),
                ("digest", models.CharField(max_length=64)),
                ("received_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "operation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="released", to="operations.operation"
                    ),
                ),
            ],
            options={
                "ordering": ("administration", "-modified"),
            },
        ),
        migrations.CreateModel(
            name="SituationReport",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("administration", models.CharField(max_length=32)),
                ("day", models.DateField()),
                ("cut_off", models.DateTimeField()),
                ("words", models.CharField(blank=True, max_length=4000)),
                ("status", models.CharField(default="provisional", max_length=12)),
                ("figures", models.JSONField(default=list)),
                ("controls", models.JSONField(default=list)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("object_id", models.CharField(blank=True, max_length=120)),
                ("modified", models.DateTimeField(null=True)),
                (
                    "by",
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="situation_reports",
                        to="accounts.office",
                    ),
                ),
                (
                    "operation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reports", to="operations.operation"
                    ),
                ),
            ],
            options={
                "ordering": ("-day", "administration", "office"),
            },
        ),
        migrations.CreateModel(
            name="Snapshot",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.CharField(max_length=80)),
                ("author", models.CharField(max_length=32)),
                ("frozen_at", models.DateTimeField()),
                ("digest", models.CharField(max_length=64)),
                ("content", models.BinaryField(null=True)),
                ("released", models.JSONField(default=dict)),
                ("records", models.JSONField(default=list)),
                ("object_digest", models.CharField(max_length=64)),
                ("modified", models.DateTimeField()),
                (
                    "frozen_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "operation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="snapshots", to="operations.operation"
                    ),
                ),
            ],
            options={
                "ordering": ("-frozen_at",),
            },
        ),
        migrations.CreateModel(
            name="SnapshotAgreement",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("snapshot_object", models.CharField(max_length=120)),
                ("snapshot_modified", models.DateTimeField()),
                ("snapshot_digest", models.CharField(max_length=64)),
                ("administration", models.CharField(max_length=32)),
                ("agreed", models.BooleanField()),
                ("words", models.CharField(blank=True, max_length=4000)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("object_id", models.CharField(max_length=120)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.CharField(max_length=200)),
                ("author", models.CharField(max_length=32)),
                ("texts", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
                ("modified", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "operation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="statements",
                        to="operations.operation",
                    ),
                ),
                (
                    "snapshot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="statements", to="operations.snapshot"
                    ),
                ),
            ],
            options={
                "ordering": ("-at",),
            },
        ),
        migrations.CreateModel(
            name="Tasking",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("author", models.CharField(max_length=32)),
                ("title", models.CharField(max_length=200)),
                ("instructions", models.CharField(max_length=4000)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("lanes", models.JSONField(default=list)),
                ("controls_a_day", models.PositiveIntegerField(null=True)),
                ("report_by", models.TimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("new", "Not acknowledged yet"), ("acknowledged", "Acknowledged")],
                        default="new",
                        max_length=12,
                    ),
                ),
                ("issued_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("acknowledged_at", models.DateTimeField(null=True)),
                ("modified", models.DateTimeField(null=True)),
                (
                    "acknowledged_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "issued_by",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="taskings", to="accounts.office"
                    ),
                ),
                (
                    "operation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="taskings", to="operations.operation"
                    ),
                ),
            ],
            options={
                "ordering": ("office", "issued_at"),
            },
        ),
        migrations.AddIndex(
            model_name="operation",
            index=models.Index(fields=["state"], name="operations_state"),
        ),
        migrations.AddConstraint(
            model_name="operation",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="operations_period"
            ),
        ),
        migrations.AddConstraint(
            model_name="operation",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("planned", "agreed", "running", "closing", "closed", "cancelled"))),
                name="operations_known_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="focuslane",
            constraint=models.UniqueConstraint(fields=("operation", "code"), name="operations_lane_once"),
        ),
        migrations.AddConstraint(
            model_name="operationparty",
            constraint=models.UniqueConstraint(fields=("operation", "administration"), name="operations_party_once"),
        ),
        migrations.AddConstraint(
            model_name="releasedfigures",
            constraint=models.UniqueConstraint(fields=("object_id", "modified"), name="operations_figures_version"),
        ),
        migrations.AddConstraint(
            model_name="situationreport",
            constraint=models.UniqueConstraint(
                condition=models.Q(("office__isnull", True)),
                fields=("operation", "administration", "day"),
                name="operations_report_party",
            ),
        ),
        migrations.AddConstraint(
            model_name="situationreport",
            constraint=models.UniqueConstraint(
                condition=models.Q(("office__isnull", False)),
                fields=("operation", "office", "day"),
                name="operations_report_office",
            ),
        ),
        migrations.AddConstraint(
            model_name="snapshot",
            constraint=models.UniqueConstraint(fields=("operation", "number"), name="operations_snapshot_number"),
        ),
        migrations.AddConstraint(
            model_name="snapshotagreement",
            constraint=models.UniqueConstraint(
                fields=("snapshot_object", "administration"), name="operations_agreement_once"
            ),
        ),
        migrations.AddIndex(
            model_name="tasking",
            index=models.Index(fields=["office", "state"], name="operations_tasks_office"),
        ),
    )
