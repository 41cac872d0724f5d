"""The part of every list that decides what a person sees of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self, TypeVar

from django.db import models

if TYPE_CHECKING:
    from tidewaiter.node.accounts.models import Person
    from tidewaiter.node.accounts.roles import Role

M_co = TypeVar("M_co", bound=models.Model, covariant=True)


class VisibleQuerySet(models.QuerySet[M_co]):
    """A queryset with ``visible_to``. A subclass names its roles and where a row's office stands::

        class CaseQuerySet(VisibleQuerySet["Case"]):
            seen_by = (Role.CASE_OFFICER, Role.AUDITOR)
            office_field = "office"

    Without roles nobody sees anything. A rule that is not of offices alone overrides ``visible_to`` and starts from it.
    """

    seen_by: ClassVar[tuple[Role, ...]] = ()
    office_field: ClassVar[str] = "office"

    def visible_to(self, person: Person) -> Self:
        """The rows in offices that the roles of ``person`` reach now."""
        if not self.seen_by or not person.is_active:
            return self.none()
        return self.filter(**{f"{self.office_field}__in": person.reach(*self.seen_by)})
