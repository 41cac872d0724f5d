"""What becomes of goods."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from tidewaiter.domain.machines import DISPOSAL
from tidewaiter.node.casework.models.cases import Case
from tidewaiter.node.casework.models.lines import SeizureLine


class Disposal(models.Model):
    """The disposal of a line's goods, or of all where ``line`` is empty: proposed, approved by another, carried out.

    ``outcome`` is a code of ``disposal_outcome``; ``cost`` and ``currency`` stand together or not at all.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="disposals")
    line = models.ForeignKey(SeizureLine, null=True, blank=True, on_delete=models.PROTECT, related_name="disposals")
    outcome = models.CharField(max_length=16)
    state = models.CharField(max_length=16, default=DISPOSAL.initial)
    note = models.CharField(max_length=500, blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now, editable=False)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    carried_out_on = models.DateField(null=True, blank=True)
    witness = models.CharField(max_length=120, blank=True)
    cost = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)

    class Meta:
        ordering = ("proposed_at",)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=DISPOSAL.states), name="casework_disposal_state"),
            models.CheckConstraint(
                condition=Q(cost__isnull=True, currency="") | (Q(cost__gte=0) & ~Q(currency="")),
                name="casework_disposal_cost",
            ),
        )

    def __str__(self) -> str:
        return f"{self.case.number} {self.outcome}"

    @property
    def office_id(self) -> str:
        """The office of its case, which decides about it."""
        return self.case.office_id
