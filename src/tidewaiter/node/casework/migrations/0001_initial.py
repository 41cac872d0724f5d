"""The first tables."""

# ruff: noqa: RUF012 - a migration is written by a program and read once

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """The tables as they began."""

    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CustodyEvent",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("sequence", models.PositiveIntegerField()),
                ("action", models.CharField(max_length=32)),
                ("before", models.CharField(blank=True, max_length=16)),
                ("after", models.CharField(max_length=16)),
                ("at", models.DateTimeField()),
                ("seal_number", models.CharField(blank=True, max_length=40)),
                ("place", models.CharField(max_length=120)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                "ordering": ("sequence",),
            },
        ),
        migrations.CreateModel(
            name="Disposal",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("outcome", models.CharField(max_length=16)),
                ("state", models.CharField(default="proposed", max_length=16)),
                ("note", models.CharField(blank=True, max_length=500)),
                ("proposed_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("carried_out_on", models.DateField(blank=True, null=True)),
                ("witness", models.CharField(blank=True, max_length=120)),
                ("cost", models.DecimalField(blank=True, decimal_places=2, max_digits=18, null=True)),
                ("currency", models.CharField(blank=True, max_length=3)),
            ],
            options={
                "ordering": ("proposed_at",),
            },
        ),
        migrations.CreateModel(
            name="Exhibit",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveSmallIntegerField()),
                ("description", models.CharField(max_length=300)),
                ("state", models.CharField(default="collected", max_length=16)),
                ("seal_number", models.CharField(blank=True, max_length=40)),
                ("place", models.CharField(max_length=120)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                "ordering": ("number",),
            },
        ),
        migrations.CreateModel(
            name="LineValue",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("basis", models.CharField(max_length=16)),
                ("currency", models.CharField(max_length=3)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=18)),
                ("method", models.CharField(max_length=200)),
                ("valued_on", models.DateField()),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("voided_at", models.DateTimeField(blank=True, null=True)),
                ("void_reason", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "ordering": ("basis", "currency", "recorded_at"),
            },
        ),
        migrations.CreateModel(
            name="Photograph",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("client_id", models.UUIDField(unique=True)),
                ("shows", models.CharField(blank=True, max_length=16)),
                ("caption", models.CharField(blank=True, max_length=200)),
                ("sha256", models.CharField(db_index=True, max_length=64)),
                ("size", models.PositiveIntegerField()),
                ("format", models.CharField(max_length=8)),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("sealed", models.CharField(max_length=200)),
                ("copy", models.CharField(max_length=200)),
                ("received_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                "ordering": ("received_at", "id"),
            },
        ),
        migrations.CreateModel(
            name="SeizureLine",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveSmallIntegerField()),
                ("category", models.CharField(max_length=32)),
                ("description", models.CharField(max_length=300)),
                ("brand", models.CharField(blank=True, max_length=120)),
                ("right_type", models.CharField(max_length=8)),
                ("infringement", models.CharField(max_length=32)),
                ("quantity", models.DecimalField(decimal_places=3, max_digits=18)),
                ("unit", models.CharField(max_length=3)),
                ("packages", models.PositiveIntegerField(blank=True, null=True)),
                ("package_type", models.CharField(blank=True, max_length=2)),
                ("stage", models.CharField(default="suspected", max_length=16)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("voided_at", models.DateTimeField(blank=True, null=True)),
                ("void_reason", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "ordering": ("number",),
            },
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("control_client_id", models.UUIDField()),
                ("shows", models.CharField(blank=True, max_length=16)),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveIntegerField()),
                ("received", models.PositiveIntegerField(default=0)),
                ("refused", models.CharField(blank=True, max_length=300)),
                ("begun_at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("year", models.PositiveSmallIntegerField()),
                ("serial", models.PositiveIntegerField()),
                ("number", models.CharField(max_length=90, unique=True)),
                ("state", models.CharField(default="opened", max_length=24)),
                ("status", models.CharField(default="provisional", max_length=16)),
                ("title", models.CharField(max_length=200)),
                ("detected_at", models.DateTimeField()),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("location_type", models.CharField(blank=True, max_length=32)),
                ("regime", models.CharField(blank=True, max_length=32)),
                ("mode", models.CharField(blank=True, max_length=1)),
                ("courier", models.BooleanField(default=False)),
                ("origin", models.CharField(blank=True, max_length=32)),
                ("declared_as", models.CharField(blank=True, max_length=300)),
                ("concealment", models.JSONField(blank=True, default=list)),
                ("route", models.JSONField(blank=True, default=list)),
                ("references", models.JSONField(blank=True, default=list)),
                ("reference_text", models.CharField(blank=True, max_length=600)),
                ("arrests", models.PositiveIntegerField(default=0)),
                ("tlp", models.CharField(default="amber", max_length=16)),
                ("operation_id", models.UUIDField(blank=True, null=True)),
                ("tip_id", models.UUIDField(blank=True, db_index=True, null=True)),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="accounts.office"
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases_opened",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-opened_at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="ArrestedPerson",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120)),
                ("name_han", models.CharField(blank=True, max_length=60)),
                ("document", models.CharField(blank=True, max_length=60)),
                ("born_on", models.DateField(blank=True, null=True)),
                ("arrested_on", models.DateField()),
                ("note", models.CharField(blank=True, max_length=500)),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="arrested", to="casework.case"
                    ),
                ),
            ],
            options={
                "ordering": ("recorded_at",),
            },
        ),
        migrations.CreateModel(
            name="CaseClock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=60)),
                ("start", models.DateField()),
                ("due", models.DateField()),
                ("stopped", models.BooleanField(default=False)),
                ("published", models.BooleanField(default=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="clocks", to="casework.case"
                    ),
                ),
            ],
            options={
                "ordering": ("due", "code"),
            },
        ),
        migrations.CreateModel(
            name="CaseEvent",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=32)),
                ("day", models.DateField()),
                ("proof", models.CharField(blank=True, max_length=200)),
                ("note", models.CharField(blank=True, max_length=500)),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("voided_at", models.DateTimeField(blank=True, null=True)),
                ("void_reason", models.CharField(blank=True, max_length=300)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="events", to="casework.case"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "voided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("day", "recorded_at"),
            },
        ),
        migrations.CreateModel(
            name="CaseNumber",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField(default=0)),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.office"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Control",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("client_id", models.UUIDField(unique=True)),
                ("device_id", models.CharField(blank=True, max_length=64)),
                ("began_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("received_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("subject", models.CharField(max_length=16)),
                ("subject_label", models.CharField(max_length=120)),
                ("references", models.JSONField(blank=True, default=list)),
                ("reference_text", models.CharField(blank=True, max_length=600)),
                ("selection_id", models.UUIDField(blank=True, db_index=True, null=True)),
                ("message_id", models.CharField(blank=True, max_length=300)),
                ("consignment_id", models.CharField(blank=True, max_length=300)),
                ("run_id", models.CharField(blank=True, max_length=120)),
                ("not_free", models.CharField(blank=True, max_length=300)),
                ("kind", models.CharField(max_length=16)),
                ("extent", models.CharField(blank=True, max_length=8)),
                ("finding", models.CharField(max_length=16)),
                ("no_find_as", models.CharField(blank=True, max_length=16)),
                ("category", models.CharField(blank=True, max_length=32)),
                ("mark", models.CharField(blank=True, max_length=120)),
                ("quantity", models.DecimalField(blank=True, decimal_places=3, max_digits=18, null=True)),
                ("unit", models.CharField(blank=True, max_length=3)),
                ("seal_number", models.CharField(blank=True, max_length=40)),
                ("note", models.CharField(blank=True, max_length=1000)),
                ("photographs_expected", models.PositiveSmallIntegerField(default=0)),
                ("operation_id", models.UUIDField(blank=True, null=True)),
                ("tip_id", models.UUIDField(blank=True, db_index=True, null=True)),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="controls", to="accounts.office"
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="controls",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-began_at", "-id"),
            },
        ),
    ]
