"""Reading photographs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Q

from tidewaiter.node.accounts.queries import VisibleQuerySet

if TYPE_CHECKING:
    from tidewaiter.node.accounts.models import Person
    from tidewaiter.node.casework.models import Photograph  # noqa: F401 - named in a text below


class PhotographQuerySet(VisibleQuerySet["Photograph"]):
    """Photographs."""

    def visible_to(self, person: Person) -> Self:
        """Who sees the case sees its photographs; those of a control without a case are seen with the control."""
        from tidewaiter.node.casework.models import Case, Control

        if not person.is_active:
            return self.none()
        of_case = person.reach(*Case.objects.all().seen_by)
        of_control = person.reach(*Control.objects.all().seen_by)
        return self.filter(Q(case__isnull=False, office__in=of_case) | Q(case__isnull=True, office__in=of_control))
