"""Reading cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Count, OuterRef, Q, Subquery

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
        folded = fold(words)
        wanted = Q(title__icontains=words) | Q(number__icontains=words) | Q(lines__brand__icontains=words)
        if folded:
            wanted |= Q(reference_text__contains=folded)
        return self.filter(wanted).distinct()

    def of_category(self, category: str) -> Self:
        """Those with a line of that product category."""
        return self.filter(lines__category=category, lines__voided_at__isnull=True).distinct()

    def for_lists(self) -> Self:
        """With what a row of a list shows: office, number of lines, and the clock that ends next."""
        from tidewaiter.node.casework.models import CaseClock

        running = CaseClock.objects.filter(case=OuterRef("pk"), stopped=False).order_by("due")
        return self.select_related("office").annotate(
            line_count=Count("lines", filter=Q(lines__voided_at__isnull=True), distinct=True),
            next_due=Subquery(running.values("due")[:1]),
            next_code=Subquery(running.values("code")[:1]),
        )
