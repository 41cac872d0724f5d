"""Reading controls."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from tidewaiter.node.accounts.queries import VisibleQuerySet
from tidewaiter.node.accounts.roles import Role
from tidewaiter.node.casework.references import fold

if TYPE_CHECKING:
    from tidewaiter.node.casework.models import Control  # noqa: F401 - named in a text below


class ControlQuerySet(VisibleQuerySet["Control"]):
    """Controls."""

    seen_by = (
        Role.OFFICER,
        Role.ANALYST,
        Role.INTELLIGENCE,
        Role.COORDINATOR,
        Role.CASE_OFFICER,
        Role.AUDITOR,
    )

    def with_reference(self, words: str) -> Self:
        """Those with a reference, plate or seal that holds ``words``, however it was written."""
        return self.filter(reference_text__contains=fold(words)) if fold(words) else self.none()

    def between(self, first: datetime, last: datetime) -> Self:
        """Those that began from ``first`` up to, without, ``last``."""
        return self.filter(began_at__gte=first, began_at__lt=last)

    def for_lists(self) -> Self:
        """With what a row of a list shows."""
        return self.select_related("office", "officer", "case", "right")
