"""The first tables."""

# ruff: noqa: RUF012 - a migration is written by a program and read once

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """The tables as they began."""

    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("casework", "0001_initial"),
        ("rights", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="control",
            name="right",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="controls",
                to="rights.right",
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="control",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="case", to="casework.control"
            ),
        ),
        migrations.AddField(
            model_name="custodyevent",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="disposal",
            name="approved_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="disposal",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="disposals", to="casework.case"
            ),
        ),
        migrations.AddField(
            model_name="disposal",
            name="proposed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="exhibit",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="exhibits", to="casework.case"
            ),
        ),
        migrations.AddField(
            model_name="custodyevent",
            name="exhibit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="custody", to="casework.exhibit"
            ),
        ),
        migrations.AddField(
            model_name="linevalue",
            name="assessed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="photograph",
            name="case",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="photographs",
                to="casework.case",
            ),
        ),
        migrations.AddField(
            model_name="photograph",
            name="control",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="photographs",
                to="casework.control",
            ),
        ),
        migrations.AddField(
            model_name="photograph",
            name="exhibit",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="photographs",
                to="casework.exhibit",
            ),
        ),
        migrations.AddField(
            model_name="photograph",
            name="office",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.office"
            ),
        ),
        migrations.AddField(
            model_name="photograph",
            name="taken_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="seizureline",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="casework.case"
            ),
        ),
        migrations.AddField(
            model_name="seizureline",
            name="right",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lines",
                to="rights.right",
            ),
        ),
        migrations.AddField(
            model_name="linevalue",
            name="line",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="values", to="casework.seizureline"
            ),
        ),
        migrations.AddField(
            model_name="exhibit",
            name="line",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="exhibits",
                to="casework.seizureline",
            ),
        ),
        migrations.AddField(
            model_name="disposal",
            name="line",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="disposals",
                to="casework.seizureline",
            ),
        ),
        migrations.AddField(
            model_name="upload",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="upload",
            name="photograph",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="upload", to="casework.photograph"
            ),
        ),
        migrations.AddIndex(
            model_name="caseclock",
            index=models.Index(condition=models.Q(("stopped", False)), fields=["due"], name="casework_clocks_due"),
        ),
        migrations.AddConstraint(
            model_name="caseclock",
            constraint=models.UniqueConstraint(fields=("case", "code"), name="casework_clock"),
        ),
        migrations.AddConstraint(
            model_name="casenumber",
            constraint=models.UniqueConstraint(fields=("office", "year"), name="casework_number"),
        ),
        migrations.AddIndex(
            model_name="control",
            index=models.Index(fields=["office", "-began_at"], name="casework_controls_office"),
        ),
        migrations.AddIndex(
            model_name="control",
            index=models.Index(fields=["operation_id", "finding"], name="casework_controls_op"),
        ),
        migrations.AddIndex(
            model_name="control",
            index=models.Index(fields=["officer", "-began_at"], name="casework_controls_officer"),
        ),
        migrations.AddConstraint(
            model_name="control",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__isnull", True), ("quantity__gte", 0), _connector="OR"),
                name="casework_control_quantity",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["office", "state", "-opened_at"], name="casework_cases_office"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["operation_id"], name="casework_cases_op"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["-opened_at"], name="casework_cases_new"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["detected_at"], name="casework_cases_day"),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(fields=("office", "year", "serial"), name="casework_case_serial"),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        (
                            "opened",
                            "awaiting_right_holder",
                            "investigation",
                            "awaiting_court",
                            "decided",
                            "goods_released",
                            "closed",
                            "void",
                        ),
                    )
                ),
                name="casework_case_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ("draft", "provisional", "confirmed", "released", "void"))),
                name="casework_case_status",
            ),
        ),
        migrations.AddConstraint(
            model_name="custodyevent",
            constraint=models.UniqueConstraint(fields=("exhibit", "sequence"), name="casework_custody_order"),
        ),
        migrations.AddConstraint(
            model_name="photograph",
            constraint=models.CheckConstraint(
                condition=models.Q(("control__isnull", False), ("case__isnull", False), _connector="OR"),
                name="casework_photograph_of",
            ),
        ),
        migrations.AddConstraint(
            model_name="seizureline",
            constraint=models.UniqueConstraint(fields=("case", "number"), name="casework_line_number"),
        ),
        migrations.AddConstraint(
            model_name="seizureline",
            constraint=models.CheckConstraint(condition=models.Q(("quantity__gte", 0)), name="casework_line_quantity"),
        ),
        migrations.AddConstraint(
            model_name="seizureline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "stage__in",
                        ("suspected", "detained", "rh_confirmed", "seized", "forfeited", "prosecuted", "returned"),
                    )
                ),
                name="casework_line_stage",
            ),
        ),
        migrations.AddConstraint(
            model_name="linevalue",
            constraint=models.UniqueConstraint(
                condition=models.Q(("voided_at__isnull", True)),
                fields=("line", "basis", "currency"),
                name="casework_value",
            ),
        ),
        migrations.AddConstraint(
            model_name="linevalue",
            constraint=models.CheckConstraint(condition=models.Q(("amount__gte", 0)), name="casework_value_amount"),
        ),
        migrations.AddConstraint(
            model_name="exhibit",
            constraint=models.UniqueConstraint(fields=("case", "number"), name="casework_exhibit_number"),
        ),
        migrations.AddConstraint(
            model_name="exhibit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        (
                            "collected",
                            "sealed",
                            "in_store",
                            "in_transit",
                            "at_examination",
                            "in_court",
                            "missing",
                            "disposed",
                            "returned",
                        ),
                    )
                ),
                name="casework_exhibit_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="disposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ("proposed", "approved", "on_hold", "carried_out", "refused", "withdrawn"))
                ),
                name="casework_disposal_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="disposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("cost__isnull", True), ("currency", "")),
                    models.Q(("cost__gte", 0), models.Q(("currency", ""), _negated=True)),
                    _connector="OR",
                ),
                name="casework_disposal_cost",
            ),
        ),
    ]
