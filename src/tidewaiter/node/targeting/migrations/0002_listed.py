"""Indexes that hold all that counts and orders of a queue ask, so that no line is read for them."""

from django.db import migrations, models

_QUEUED = (
    "state", "office", "superseded_by", "tip", "due_at", "-priority", "mandatory", "rank", "waiting_since", "lane",
    "origin", "taken_by", "id",
)  # fmt: skip
_DONE = ("state", "state_at", "office", "superseded_by", "origin", "id")


class Migration(migrations.Migration):
    """Indexes alone; no row changes."""

    dependencies = (("targeting", "0001_initial"),)
    operations = (
        migrations.RemoveIndex("selectedconsignment", "targeting_queue"),
        migrations.RemoveIndex("selectedconsignment", "targeting_state_at"),
        migrations.AddIndex("selectedconsignment", models.Index(fields=_QUEUED, name="targeting_queued")),
        migrations.AddIndex("selectedconsignment", models.Index(fields=_DONE, name="targeting_done")),
    )
