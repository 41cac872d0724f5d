"""Seizure lines and their values."""

import uuid
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from tidewaiter.domain.machines import SEIZURE_STAGE
from tidewaiter.domain.money import Value, ValueBasis
from tidewaiter.domain.quantity import Quantity
from tidewaiter.node.casework.models.cases import Case
from tidewaiter.node.rights.models import Right


class SeizureLine(models.Model):
    """Goods of one kind, under one right, in one unit, at one stage.

    ``category`` is a product category, ``right_type`` and ``infringement`` codes of those closed lists, ``unit`` of
    UN/ECE Recommendation 20, ``package_type`` of Recommendation 21, ``stage`` of the machine ``seizure_stage``. A line
    entered by mistake is voided with a reason and keeps its number.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="lines")
    number = models.PositiveSmallIntegerField()
    category = models.CharField(max_length=32)
    description = models.CharField(max_length=300)
    brand = models.CharField(max_length=120, blank=True)
    right = models.ForeignKey(Right, null=True, blank=True, on_delete=models.PROTECT, related_name="lines")
    right_type = models.CharField(max_length=8)
    infringement = models.CharField(max_length=32)
    quantity = models.DecimalField(max_digits=18, decimal_places=3)
    unit = models.CharField(max_length=3)
    packages = models.PositiveIntegerField(null=True, blank=True)
    package_type = models.CharField(max_length=2, blank=True)
    stage = models.CharField(max_length=16, default=SEIZURE_STAGE.initial)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("number",)
        indexes = (
            models.Index(
                fields=["category", "case"], condition=Q(voided_at__isnull=True), name="casework_lines_category"
            ),
        )
        constraints = (
            models.UniqueConstraint(fields=["case", "number"], name="casework_line_number"),
            models.CheckConstraint(condition=Q(quantity__gte=0), name="casework_line_quantity"),
            models.CheckConstraint(condition=Q(stage__in=SEIZURE_STAGE.states), name="casework_line_stage"),
        )

    def __str__(self) -> str:
        return f"{self.case.number}/{self.number}"

    @property
    def office_id(self) -> str:
        """The office of its case, which decides about it."""
        return self.case.office_id

    @property
    def how_much(self) -> Quantity:
        """Its quantity with its unit."""
        return Quantity(plain(self.quantity), self.unit)

    @property
    def counts(self) -> bool:
        """Whether figures count it: neither voided nor returned as genuine."""
        return self.voided_at is None and self.stage != "returned"


class LineValue(models.Model):
    """What the goods of a line are worth on one basis. Several stand beside each other; a wrong one is voided."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    line = models.ForeignKey(SeizureLine, on_delete=models.PROTECT, related_name="values")
    basis = models.CharField(max_length=16)
    currency = models.CharField(max_length=3)
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    method = models.CharField(max_length=200)
    valued_on = models.DateField()
    assessed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("basis", "currency", "recorded_at")
        constraints = (
            models.UniqueConstraint(
                fields=["line", "basis", "currency"], condition=Q(voided_at__isnull=True), name="casework_value"
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="casework_value_amount"),
        )

    def __str__(self) -> str:
        return f"{self.basis} {self.currency} {self.amount}"

    @property
    def office_id(self) -> str:
        """The office of its case, which decides about it."""
        return self.line.case.office_id

    @property
    def worth(self) -> Value:
        """The value as the domain knows it."""
        return Value(self.amount, self.currency, ValueBasis(self.basis), self.valued_on, self.method)


def plain(number: Decimal) -> Decimal:
    """A number without the zeros that a database column adds behind the point."""
    whole = number.to_integral_value()
    return whole if number == whole else number.normalize()
