"""The first tables."""

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
        ("partners", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="EscalationStep",
            fields=[
                (
                    "target",
                    models.CharField(
                        choices=[
                            ("queue", "Everybody at the desk"),
                            ("duty_officer", "Duty officer"),
                            ("coordinator", "Coordinator"),
                            ("sender", "The sender is told"),
                        ],
                        max_length=16,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("after_seconds", models.PositiveIntegerField()),
            ],
            options={
                "ordering": ("after_seconds",),
            },
        ),
        migrations.CreateModel(
            name="TipNumber",
            fields=[
                (
                    "peer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="partners.peer",
                    ),
                ),
                ("last", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Tip",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("direction", models.CharField(choices=[("out", "Sent"), ("in", "Received")], max_length=3)),
                ("number", models.CharField(max_length=40)),
                ("group", models.UUIDField(db_index=True, default=uuid.uuid4)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("drafted", "Draft"),
                            ("sent", "Sent"),
                            ("delivered", "Delivered"),
                            ("acknowledged", "Acknowledged"),
                            ("acted_on", "Acted on"),
                            ("answered", "Answered"),
                            ("expired", "Expired"),
                            ("recalled", "Recalled"),
                            ("refused", "Refused"),
                        ],
                        default="drafted",
                        max_length=12,
                    ),
                ),
                ("state_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("language", models.CharField(default="en", max_length=12)),
                ("title", models.CharField(max_length=200)),
                ("what", models.TextField(blank=True)),
                ("where_office", models.CharField(blank=True, max_length=64)),
                ("where_words", models.CharField(blank=True, max_length=200)),
                ("references", models.JSONField(default=list)),
                ("mode", models.SmallIntegerField(null=True)),
                ("categories", models.JSONField(default=list)),
                ("brands", models.JSONField(default=list)),
                ("expected_from", models.DateTimeField(null=True)),
                ("expected_until", models.DateTimeField(null=True)),
                (
                    "asked",
                    models.CharField(
                        choices=[
                            ("control", "Control it"),
                            ("observe", "Watch it, do not stop it"),
                            ("contact_first", "Contact us before you act"),
                            ("inform", "Nothing: for information"),
                        ],
                        default="control",
                        max_length=16,
                    ),
                ),
                ("answer_by", models.DateTimeField(null=True)),
                (
                    "tlp",
                    models.CharField(
                        choices=[
                            ("red", "TLP:RED"),
                            ("amber+strict", "TLP:AMBER+STRICT"),
                            ("amber", "TLP:AMBER"),
                            ("green", "TLP:GREEN"),
                            ("clear", "TLP:CLEAR"),
                        ],
                        default="amber",
                        max_length=16,
                    ),
                ),
                ("caveats", models.JSONField(default=list)),
                ("expires_at", models.DateTimeField()),
                ("certainty", models.PositiveSmallIntegerField(null=True)),
                ("nominal", models.BooleanField(default=False)),
                ("operation", models.CharField(blank=True, max_length=60)),
                ("queue_item", models.UUIDField(null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("modified", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("arrived_at", models.DateTimeField(null=True)),
                ("delivered_at", models.DateTimeField(null=True)),
                ("acknowledged_at", models.DateTimeField(null=True)),
                ("acted_at", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("result", models.JSONField(null=True)),
                ("result_words", models.CharField(blank=True, max_length=2000)),
                ("level", models.PositiveSmallIntegerField(default=0)),
                ("climbs_at", models.DateTimeField(null=True)),
                ("recall_reason", models.CharField(blank=True, max_length=20)),
                ("synthetic", models.BooleanField(default=False)),
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
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tips_written",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "duty_person",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="tips", to="accounts.office"
                    ),
                ),
                (
                    "peer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tips", to="partners.peer"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.inboxobject",
                    ),
                ),
            ],
            options={
                "ordering": ("-state_at", "id"),
            },
        ),
        migrations.CreateModel(
            name="TipEvent",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("drafted", "Drafted"),
                            ("sent", "Sent"),
                            ("arrived", "Arrived"),
                            ("delivered", "Delivered"),
                            ("refused", "Refused"),
                            ("climbed", "Unacknowledged: it climbed"),
                            ("sender_told", "The sender was told that nobody has acknowledged it"),
                            ("unacknowledged", "The receiver says that nobody has acknowledged it yet"),
                            ("acknowledged", "Acknowledged"),
                            ("passed", "Passed on"),
                            ("acted_on", "Acted on"),
                            ("answered", "Answered"),
                            ("expired", "Expired"),
                            ("recalled", "Recalled"),
                            ("recall_followed", "The receiver has taken it out of use"),
                        ],
                        max_length=16,
                    ),
                ),
                ("office", models.CharField(blank=True, max_length=64)),
                ("words", models.CharField(blank=True, max_length=2000)),
                ("target", models.CharField(blank=True, max_length=16)),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "tip",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="events", to="intelligence.tip"
                    ),
                ),
            ],
            options={
                "ordering": ("-at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="DutyShift",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("entered_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("cancelled_at", models.DateTimeField(null=True)),
                (
                    "entered_by",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="duty_shifts", to="accounts.office"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duty_shifts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("starts_at", "id"),
                "indexes": [models.Index(fields=["office", "starts_at", "ends_at"], name="intelligence_duty")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="intelligence_duty_period"
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="tip",
            index=models.Index(fields=["office", "direction", "state"], name="intelligence_tips"),
        ),
        migrations.AddIndex(
            model_name="tip",
            index=models.Index(
                condition=models.Q(("climbs_at__isnull", False)), fields=["climbs_at"], name="intelligence_climbing"
            ),
        ),
        migrations.AddIndex(
            model_name="tip",
            index=models.Index(fields=["state", "expires_at"], name="intelligence_expiring"),
        ),
        migrations.AddConstraint(
            model_name="tip",
            constraint=models.UniqueConstraint(fields=("direction", "peer", "number"), name="intelligence_number_once"),
        ),
    ]
