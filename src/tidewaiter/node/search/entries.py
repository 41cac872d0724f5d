"""The entries that a person may find."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.db import connections, models
from django.db.models import Q
from django.db.models.expressions import RawSQL

from tidewaiter.names.shadow_text import Term
from tidewaiter.node.search import kinds, word_index

if TYPE_CHECKING:
    from tidewaiter.node.accounts.models import Person
    from tidewaiter.node.accounts.roles import Role
    from tidewaiter.node.search.models import SearchEntry  # noqa: F401 - named in a text below


_FEW = 1_000
"""Matching entries up to which their ids are named."""
_MANY = 20_000
"""Matching entries from which on each entry is looked at: the index would take longer to give them all."""


class SearchEntryQuerySet(models.QuerySet["SearchEntry"]):
    """Entries of the search."""

    def visible_to(self, person: Person) -> Self:
        """Those whose kind is open to a role of ``person`` that reaches their office; others are as if not there."""
        if not person.is_active:
            return self.none()
        wanted = Q()
        for (roles, restricted), types in _audiences().items():
            reached = person.reach(*roles)
            if reached:
                within = Q(office__in=reached) | Q(office__isnull=True)
                wanted |= Q(within, object_type__in=types, restricted=restricted)
        return self.filter(wanted) if wanted else self.none()

    def having(self, terms: Iterable[Term], *, beginnings: bool = False) -> Self:
        """Those that have every one of some terms, at least one; see `word_index.expression`. Asks the index at once.

        Where few entries match, their ids are named. Where many do, each entry is looked at as the list comes to it:
        the latest of them are soon found. What lies between, SQLite asks of the index, and PostgreSQL decides by what
        it knows of the words. Left alone, it takes rare words for common ones and reads all.
        """
        connection, terms = connections[self.db], list(terms)
        matching = word_index.MATCHING[connection.vendor]
        asked = word_index.expression(connection.vendor, terms, beginnings=beginnings)
        with connection.cursor() as cursor:
            cursor.execute(f"{matching} LIMIT %s", [asked, _FEW + 1])
            few = [row[0] for row in cursor.fetchall()]
            if len(few) <= _FEW:
                return self.filter(pk__in=few)
            if connection.vendor == "sqlite":
                cursor.execute(f"SELECT COUNT(*) FROM ({matching} LIMIT %s)", [asked, _MANY])  # noqa: S608
                if cursor.fetchone()[0] < _MANY:
                    return self.filter(pk__in=RawSQL(matching, [asked]))  # noqa: S611 - a constant with one parameter
        holds, given = word_index.condition(connection.vendor, terms, beginnings=beginnings)
        return self.filter(RawSQL(holds, given, models.BooleanField()))  # noqa: S611 - constants with parameters


def _audiences() -> dict[tuple[frozenset[Role], bool], list[str]]:
    """Types of objects by the roles that find them, restricted ones apart; kinds without roles are left out."""
    found: dict[tuple[frozenset[Role], bool], list[str]] = {}
    for kind in kinds.all_kinds():
        for roles, restricted in ((kind.seen_by, False), (kind.restricted_to, True)):
            if roles:
                found.setdefault((roles, restricted), []).append(kind.object_type)
    return found
