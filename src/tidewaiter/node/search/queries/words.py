"""Find records of the database by words."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q

from tidewaiter.names.shadow_text import terms
from tidewaiter.node.search import kinds as registry
from tidewaiter.node.search.models import SearchEntry
from tidewaiter.node.search.queries.found import Found

if TYPE_CHECKING:
    from tidewaiter.node.accounts.models import Person

LONGEST_QUERY = 200
"""Characters of a query that count."""
MOST_TERMS = 16


def search(
    person: Person,
    text: str,
    *,
    kinds: Collection[str] | None = None,
    limit: int = 20,
    after: str = "",
    beginnings: bool = False,
) -> list[Found]:
    """Give the records that ``person`` may see and that have all words of ``text``, the latest first.

    ``kinds`` names types of objects (``app.model``), None all; ``after`` is the ``cursor`` of the last result that was
    shown, a wrong one counts as none; ``beginnings`` takes the last word for the beginning of one.
    """
    asked = terms(text[:LONGEST_QUERY])[:MOST_TERMS]
    if not asked:
        return []
    entries = SearchEntry.objects.visible_to(person).having(asked, beginnings=beginnings)
    if kinds is not None:
        entries = entries.filter(object_type__in=kinds)
    if (place := _place(after)) is not None:
        at, number = place
        entries = entries.filter(Q(at__lt=at) | Q(at=at, pk__lt=number))
    latest = entries.order_by("-at", "-pk").select_related("office").defer("shadow")
    found = (found_of(entry) for entry in latest[:limit])
    return [one for one in found if one is not None]


def titles_of(person: Person, text: str, object_type: str, limit: int) -> list[str]:
    """Give the titles of the latest objects of a type that ``person`` may see and that have all words of ``text``.

    For lists of other apps whose objects go by their title. The last word may be the beginning of one.
    """
    asked = terms(text[:LONGEST_QUERY])[:MOST_TERMS]
    if not asked:
        return []
    entries = SearchEntry.objects.visible_to(person).filter(object_type=object_type).having(asked, beginnings=True)
    return list(entries.order_by("-at", "-pk").values_list("title", flat=True)[:limit])


def found_of(entry: SearchEntry) -> Found | None:
    """Give an entry as a result; None where its app is not part of this node any more."""
    kind = registry.find(entry.object_type)
    if kind is None:
        return None
    return Found(
        kind=str(kind.label),
        icon=kind.icon,
        title=entry.title,
        summary=entry.summary,
        url=kind.url(entry.object_id),
        office="" if entry.office is None else entry.office.name,
        at=entry.at,
        consignment_id=entry.consignment_id,
        cursor=f"{entry.at.isoformat()}~{entry.pk}",
    )


def _place(cursor: str) -> tuple[datetime, int] | None:
    at, _, number = cursor.partition("~")
    try:
        moment, place = datetime.fromisoformat(at), int(number)
    except ValueError:
        return None
    return (moment, place) if moment.tzinfo is not None and 0 < place < 1 << 63 else None
