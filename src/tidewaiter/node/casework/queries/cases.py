"""Reading cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from tidewaiter.node.accounts.queries import VisibleQuerySet
from tidewaiter.node.accounts.roles import Role
from tidewaiter.node.casework.references import fold

if TYPE_CHECKING:
    from tidewaiter.node.casework.models import Case  # noqa: F401 - named in a text below

OPEN = ("opened", "awaiting_right_holder", "investigation", "awaiting_court", "decided", "goods_released")


class CaseQuerySet(VisibleQuerySet["Case"]):
    """Cases."""

    seen_by = (Role.OFFICER, Role.CASE_OFFICER, Role.COORDINATOR, Role.INTELLIGENCE, Role.AUDITOR)

    def open(self) -> Self:
        """Those on which work goes on."""
        return self.filter(state__in=OPEN)

    def in_words(self, words: str) -> Self:
        """Those whose number, reference, title or brand holds ``words``."""
        from tidewaiter.node.casework.models import SeizureLine

        folded = fold(words)
        brands = SeizureLine.objects.filter(case=OuterRef("pk"), brand__icontains=words)
        wanted = Q(title__icontains=words) | Q(number__icontains=words) | Q(Exists(brands))
        if folded:
            wanted |= Q(reference_text__contains=folded)
        return self.filter(wanted)

    def of_category(self, category: str) -> Self:
        """Those with a line of that product category."""
        from tidewaiter.node.casework.models import SeizureLine

        lines = SeizureLine.objects.filter(case=OuterRef("pk"), category=category, voided_at__isnull=True)
        return self.filter(Exists(lines))

    def for_lists(self) -> Self:
        """With what a row of a list shows: office, number of lines, and the clock that ends next."""
        from tidewaiter.node.casework.models import CaseClock, SeizureLine

        lines = SeizureLine.objects.filter(case=OuterRef("pk"), voided_at__isnull=True).order_by().values("case")
        running = CaseClock.objects.filter(case=OuterRef("pk"), stopped=False).order_by("due")
        return self.select_related("office").annotate(
            line_count=Coalesce(Subquery(lines.annotate(count=Count("pk")).values("count")), 0),
            next_due=Subquery(running.values("due")[:1]),
            next_code=Subquery(running.values("code")[:1]),
        )
