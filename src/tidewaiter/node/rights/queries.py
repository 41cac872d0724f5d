"""Reading the register of rights."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import Q

from tidewaiter.node.accounts.queries import VisibleQuerySet

if TYPE_CHECKING:
    from tidewaiter.node.accounts.models import Person
    from tidewaiter.node.rights.models import Right, RightHolder  # noqa: F401 - named in texts below


class RightHolderQuerySet(VisibleQuerySet["RightHolder"]):
    """Right holders."""

    def visible_to(self, person: Person) -> Self:
        """All of them to whoever may read the register, in every office of the administration."""
        from tidewaiter.node.rights.policies import rights

        return self.all() if rights.may(person, "list") else self.none()


class RightQuerySet(VisibleQuerySet["Right"]):
    """Rights."""

    def visible_to(self, person: Person) -> Self:
        """All of them to whoever may read the register, in every office of the administration."""
        from tidewaiter.node.rights.policies import rights

        return self.all() if rights.may(person, "list") else self.none()

    def in_words(self, words: str) -> Self:
        """Those whose mark, holder, number or products hold each of ``words``."""
        found = self
        for word in words.split()[:8]:
            found = found.filter(
                Q(mark__icontains=word)
                | Q(holder__name__icontains=word)
                | Q(holder__name_han__icontains=word)
                | Q(recordal_number__icontains=word)
                | Q(products__icontains=word)
            )
        return found

    def of_kind(self, kind: str) -> Self:
        """Those of one kind of right (a code of the closed list ``right_type``)."""
        return self.filter(kind=kind)

    def in_force(self, day: date) -> Self:
        """Those that are valid on ``day``; an open end counts as valid."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day), Q(valid_until__isnull=True) | Q(valid_until__gte=day)
        )
