"""Tables, their twin for pictures, summary lists and pages of a long list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page
from django.template import Library

register = Library()


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head (with the unit, if it has one) and whether figures stand in it."""

    head: str
    figures: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of ready words: the first cell of a row is its head. `foot` rows stand under a double line."""

    caption: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]
    foot: Iterable[Sequence[Any]] = field(default=())


def _paired(table: Table, rows: Iterable[Sequence[Any]]) -> list[list[tuple[Column, Any]]]:
    return [list(zip(table.columns, row, strict=True)) for row in rows]


@register.inclusion_tag("ui/components/table.html")
def table(table: Table, cards: bool = True, long: bool = False) -> dict[str, Any]:
    """`{% table seizures %}`: a `Table` with a sticky head; `cards` stacks its rows on a phone, `long` caps its
    height."""
    return {
        "caption": table.caption,
        "columns": table.columns,
        "rows": _paired(table, table.rows),
        "foot": _paired(table, table.foot),
        "cards": cards,
        "long": long,
    }


@register.inclusion_tag("ui/components/summary.html")
def summary(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """`{% summary facts %}`: facts as (term, words). An empty value is left to the caller, who knows what it means."""
    return {"pairs": list(pairs)}


@register.inclusion_tag("ui/components/check.html")
def check(rows: Iterable[tuple[str, Any, str]]) -> dict[str, Any]:
    """`{% check answers %}`: check before you send; rows are (question, answer, address where it is changed or
    empty)."""
    return {"rows": list(rows)}


@register.inclusion_tag("ui/components/timeline.html")
def timeline(events: Iterable[tuple[Any, Any, str]]) -> dict[str, Any]:
    """`{% timeline events %}`: events as (moment, words, state), newest first; state is "", now or todo."""
    return {"events": list(events)}


@register.inclusion_tag("ui/components/pager.html", takes_context=True)
def pager(context: dict[str, Any], page: Page[Any], name: str = "page") -> dict[str, Any]:
    """`{% pager page %}`: a page of Django's paginator; the other parameters of the address stay."""
    request = context["request"]

    def address(number: int) -> str:
        query = request.GET.copy()
        query[name] = str(number)
        return "?" + str(query.urlencode())

    return {
        "page": page,
        "before": address(page.previous_page_number()) if page.has_previous() else "",
        "after": address(page.next_page_number()) if page.has_next() else "",
    }
