"""Reading cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce

from tidewaiter.node.accounts.queries import VisibleQuerySet
from tidewaiter.node.accounts.roles import Role

if TYPE_CHECKING:
    from tidewaiter.node.accounts.models import Person
    from tidewaiter.node.casework.models import Case  # noqa: F401 - named in a text below

MOST_IN_WORDS = 1_000
"""Cases that a list narrowed by words holds at most: the latest."""
OPEN = ("opened", "awaiting_right_holder", "investigation", "awaiting_court", "decided", "goods_released")


class CaseQuerySet(VisibleQuerySet["Case"]):
    """Cases."""

    seen_by = (Role.OFFICER, Role.CASE_OFFICER, Role.COORDINATOR, Role.INTELLIGENCE, Role.AUDITOR)

    def open(self) -> Self:
        """Those on which work goes on."""
        return self.filter(state__in=OPEN)

    def in_words(self, words: str, person: Person) -> tuple[Self, bool]:
        """Those whose number, title, references, goods or brands have all ``words``, as the search finds them.

        The last word may be the beginning of one; script, width and punctuation do not matter. Where more than
        ``MOST_IN_WORDS`` that ``person`` may see have them, these are the latest so many, and True is told with them.
        """
        from tidewaiter.node.search.queries.words import titles_of

        numbers = titles_of(person, words, "casework.case", MOST_IN_WORDS + 1)
        return self.filter(number__in=numbers[:MOST_IN_WORDS]), len(numbers) > MOST_IN_WORDS

    def of_category(self, category: str) -> Self:
        """Those with a line of that product category."""
        from tidewaiter.node.casework.models import SeizureLine

        # Asked of one case after the other: a page of the list then ends when it is full.
        return self.filter(Exists(SeizureLine.objects.filter(case=OuterRef("pk"), category=category, voided_at=None)))

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
