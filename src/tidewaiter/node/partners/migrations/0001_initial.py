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
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SeenRequest",
            fields=[
                ("replay_key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("until", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="OutboxObject",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("object_id", models.CharField(max_length=120)),
                ("modified", models.DateTimeField()),
                ("kind", models.CharField(max_length=40)),
                ("content", models.TextField()),
                ("digest", models.CharField(max_length=64)),
                ("releasable_to", models.JSONField(default=list)),
                ("purpose", models.CharField(max_length=60)),
                ("nominal", models.BooleanField(default=False)),
                ("recalled_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("object_id", "modified"), name="partners_outbox_version")
                ],
            },
        ),
        migrations.CreateModel(
            name="Peer",
            fields=[
                ("administration", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("names", models.JSONField(blank=True, default=dict)),
                ("root_url", models.URLField(max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[("active", "Active"), ("stopped", "Stopped")], default="active", max_length=8
                    ),
                ),
                ("state_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("stop_reason", models.CharField(blank=True, max_length=500)),
                ("failures", models.PositiveIntegerField(default=0)),
                ("next_at", models.DateTimeField(null=True)),
                ("last_error", models.CharField(blank=True, max_length=40)),
                ("last_error_detail", models.CharField(blank=True, max_length=200)),
                ("last_error_at", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("last_receipt_at", models.DateTimeField(null=True)),
                ("heard_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "stopped_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("administration",),
            },
        ),
        migrations.CreateModel(
            name="InboxBatch",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("received_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("content", models.BinaryField()),
                ("digest", models.CharField(max_length=64)),
                ("request_key_id", models.CharField(max_length=64)),
                ("key_id", models.CharField(blank=True, max_length=64)),
                ("sealed_at", models.DateTimeField(null=True)),
                ("size", models.PositiveIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[("received", "Received"), ("applied", "Applied"), ("refused", "Refused")],
                        default="received",
                        max_length=8,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=40)),
                ("applied_at", models.DateTimeField(null=True)),
                (
                    "peer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="batches", to="partners.peer"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("object_id", models.CharField(max_length=120)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("sent", "Sent"),
                            ("received", "Received"),
                            ("stored", "Stored"),
                            ("rejected", "Refused"),
                            ("set_aside", "Set aside"),
                            ("withdrawn", "Withdrawn before it was sent"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("rung", models.CharField(default="queued", max_length=24)),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("next_at", models.DateTimeField(null=True)),
                ("last_error", models.CharField(blank=True, max_length=40)),
                ("last_error_detail", models.CharField(blank=True, max_length=300)),
                ("queued_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("first_sent_at", models.DateTimeField(null=True)),
                ("settled_at", models.DateTimeField(null=True)),
                ("reached_at", models.DateTimeField(null=True)),
                (
                    "outbox",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="partners.outboxobject",
                    ),
                ),
                (
                    "peer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="deliveries", to="partners.peer"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PeerAgreement",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("legal_basis", models.CharField(max_length=500)),
                ("kinds", models.JSONField(default=list)),
                ("purposes", models.JSONField(default=list)),
                ("nominal", models.BooleanField(default=False)),
                ("onward", models.BooleanField(default=False)),
                ("confirmed", models.BooleanField(default=False)),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(blank=True, null=True)),
                (
                    "peer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="agreements", to="partners.peer"
                    ),
                ),
            ],
            options={
                "ordering": ("peer", "valid_from", "id"),
            },
        ),
        migrations.CreateModel(
            name="PeerKey",
            fields=[
                ("key_id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("jwk", models.JSONField()),
                ("not_before", models.DateTimeField(blank=True, null=True)),
                ("not_after", models.DateTimeField(blank=True, null=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "peer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="keys", to="partners.peer"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RecalledObject",
            fields=[
                ("object_id", models.CharField(max_length=120, primary_key=True, serialize=False)),
                ("recalled_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "peer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="recalled", to="partners.peer"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                ("key", models.BigAutoField(primary_key=True, serialize=False)),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("direction", models.CharField(choices=[("came", "Came"), ("gave", "Given")], max_length=4)),
                ("object_id", models.CharField(max_length=120)),
                ("object_modified", models.DateTimeField(null=True)),
                ("state", models.CharField(max_length=24)),
                ("reached_at", models.DateTimeField()),
                ("reason", models.CharField(blank=True, max_length=40)),
                ("words", models.TextField(blank=True)),
                ("office", models.CharField(blank=True, max_length=64)),
                ("result", models.JSONField(null=True)),
                ("content", models.TextField()),
                ("proof", models.JSONField(null=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "peer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="receipts", to="partners.peer"
                    ),
                ),
            ],
            options={
                "ordering": ("key",),
            },
        ),
        migrations.CreateModel(
            name="InboxObject",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("object_id", models.CharField(max_length=120)),
                ("modified", models.DateTimeField()),
                ("created", models.CharField(max_length=40)),
                ("kind", models.CharField(blank=True, max_length=40)),
                ("content", models.TextField()),
                ("digest", models.CharField(max_length=64)),
                ("key_id", models.CharField(max_length=64)),
                ("proof", models.JSONField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("stored", "Stored"),
                            ("rejected", "Refused"),
                            ("pending", "To be applied"),
                            ("set_aside", "Set aside"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=40)),
                ("words", models.CharField(blank=True, max_length=500)),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("received_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="contents", to="partners.inboxbatch"
                    ),
                ),
                (
                    "peer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="inbox", to="partners.peer"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("state", "pending")), fields=["id"], name="partners_inbox_open")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "rejected"), _negated=True),
                        fields=("object_id", "modified"),
                        name="partners_inbox_version",
                    ),
                    models.UniqueConstraint(
                        fields=("peer", "object_id", "modified", "digest"), name="partners_inbox_content"
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="inboxbatch",
            index=models.Index(
                condition=models.Q(("state", "received")), fields=["received_at"], name="partners_batch_open"
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state__in", ["waiting", "set_aside"])), fields=["peer", "id"], name="partners_lane"
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["object_id", "peer"], name="partners_delivery_object"),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(fields=("outbox", "peer"), name="partners_delivery_once"),
        ),
        migrations.AddIndex(
            model_name="receipt",
            index=models.Index(fields=["object_id", "direction", "state"], name="partners_receipts_of"),
        ),
        migrations.AddIndex(
            model_name="receipt",
            index=models.Index(fields=["peer", "direction", "-key"], name="partners_receipts_last"),
        ),
        migrations.AddConstraint(
            model_name="receipt",
            constraint=models.UniqueConstraint(
                fields=("direction", "peer", "id", "object_id"), name="partners_receipt_once"
            ),
        ),
    ]
