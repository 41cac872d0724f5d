"""One page of a long list, read in two steps: the ids of its rows from what indexes hold, then those rows alone."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet


def page_of(
    found: QuerySet[Any, Any], rows: QuerySet[Any, Any], size: int, number: str | None, *, count: int | None = None
) -> Page[Any]:
    """Give a page of ``found``, which is in its order and narrowed to what the person may see.

    ``rows`` says how a row is read: what is joined, counted beside it and left out. A database that sorts or skips
    whole rows with all that takes many times as long as for their ids. A ``number`` that is no page gives the nearest.
    ``count`` is how many ``found`` holds, where that is known already.
    """
    paginator = Paginator(found.values_list("pk", flat=True), size)
    if count is not None:
        # A cached property: what is known is not counted again.
        paginator.__dict__["count"] = count
    page: Page[Any] = paginator.get_page(number)
    ids = list(page.object_list)
    read: dict[Any, Model] = rows.in_bulk(ids)
    page.object_list = [read[one] for one in ids if one in read]
    return page
