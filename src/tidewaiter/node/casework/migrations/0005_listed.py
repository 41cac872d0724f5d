"""Indexes that hold what lists of cases and controls ask: order, who sees a row, its state, goods of lines."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """Indexes alone; no row changes."""

    dependencies = (("casework", "0004_control_selection"),)
    operations = (
        migrations.RemoveIndex("case", "casework_cases_new"),
        migrations.AddIndex(
            "case", models.Index(fields=["-opened_at", "-id", "office", "state"], name="casework_cases_listed")
        ),
        migrations.AddIndex(
            "control", models.Index(fields=["-began_at", "-id", "office", "finding"], name="casework_controls_listed")
        ),
        migrations.AddIndex(
            "seizureline",
            models.Index(
                fields=["category", "case"], condition=Q(voided_at__isnull=True), name="casework_lines_category"
            ),
        ),
    )
