"""Reading people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Q

from tidewaiter.node.accounts.queries.visible import VisibleQuerySet
from tidewaiter.node.accounts.roles import Role

if TYPE_CHECKING:
    from tidewaiter.node.accounts.models import Person


class PersonQuerySet(VisibleQuerySet["Person"]):
    """People."""

    seen_by = (Role.ADMINISTRATOR, Role.AUDITOR)

    def visible_to(self, person: Person) -> Self:
        """Oneself, and the people of the offices that one administers or audits."""
        if not person.is_active:
            return self.none()
        return self.filter(Q(office__in=person.reach(*self.seen_by)) | Q(pk=person.pk))

    def in_words(self, words: str) -> Self:
        """Those whose username, name or staff number holds each of ``words``."""
        found = self
        for word in words.split()[:8]:
            found = found.filter(
                Q(username__icontains=word)
                | Q(name_latin__icontains=word)
                | Q(name_han__icontains=word)
                | Q(staff_number__icontains=word)
            )
        return found

    def listed(self, words: str, *, closed: bool) -> Self:
        """Those of ``words`` with their office, by name; closed accounts only where asked for."""
        found = self.in_words(words).select_related("office").order_by("office__path", "username")
        return found if closed else found.filter(is_active=True)

    def working_at(self, role: Role | str, office: str) -> list[Person]:
        """The active people who have ``role`` for that office now: to whom work there can be given."""
        from tidewaiter.node.accounts.models import RoleGrant

        holders = RoleGrant.objects.reaching(role, office).values("person")
        return list(self.filter(is_active=True, pk__in=holders))
