"""The figures behind the board: tables, CSV, and the records that one figure counts."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from tidewaiter import reports
from tidewaiter.consolidation import Key
from tidewaiter.node.accounts.models import Person
from tidewaiter.node.accounts.requests import person_of
from tidewaiter.node.board import policies, services
from tidewaiter.node.board.queries import board as looking
from tidewaiter.node.board.queries import tiles
from tidewaiter.node.board.views.wall import operation_of
from tidewaiter.node.operations.exchanged import own
from tidewaiter.node.operations.models import Operation, ReleasedFigures, Statement
from tidewaiter.node.operations.queries import records, statements

_PAGE = 50


def _operation(request: HttpRequest, pk: UUID | None) -> tuple[Person, Operation]:
    person = person_of(request)
    policies.board.require(person, "see")
    found = operation_of(person, pk)
    if found is None:
        raise Http404
    return person, found


@require_GET
def tables(request: HttpRequest, pk: UUID | None = None) -> HttpResponse:
    """All figures of the board as tables."""
    person, operation = _operation(request, pk)
    board = looking.look(operation, person, services.current(operation))
    return render(request, "board/tables.html", {"board": board, "operation": operation, "tiles": tiles.of(board)})


@require_GET
def figures_csv(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All figures of the board, one a line, nothing added."""
    person, operation = _operation(request, pk)
    board = looking.look(operation, person, services.current(operation))
    answer = HttpResponse("\ufeff" + reports.figures_csv(board.figures), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{operation.code}.csv"'
    return answer


@require_GET
def figure(request: HttpRequest, code: str, pk: UUID | None = None) -> HttpResponse:
    """The records that a figure counts: one's own as far as the reader sees them, another's by what it released."""
    person, operation = _operation(request, pk)
    try:
        key = records.key_of(code)
    except records.BadKey as wrong:
        raise Http404 from wrong
    if key.party and not operation.parties.filter(administration=key.party).exists():
        raise Http404
    if not key.party or "all" in request.GET:
        return _parts(request, person, operation, key)
    context: dict[str, Any] = {"operation": operation, "key": key, "kind": records.kind_of(key)}
    if key.party == own():
        page = Paginator(records.records(operation, key, person), _PAGE).get_page(request.GET.get("page"))
        context |= {"page": page, "amounts": _amounts(page, key)}
        return render(request, "board/records.html", context)
    return render(request, "board/released.html", context | {"released": _released(request, person, operation, key)})


def _parts(request: HttpRequest, person: Person, operation: Operation, key: Key) -> HttpResponse:
    """Each party's part of a sum, with its address; provisional and final ones both where all are asked for."""
    every = "all" in request.GET
    named = _statement(request, person, operation)
    if named is None:
        figures = looking.look(operation, person, services.current(operation)).figures
    else:
        figures = statements.value_of(named).figures
    query = f"?statement={named.pk}" if named is not None else ""
    found = [(one, records.code_of(one.key)) for one in figures if _is_part(one.key, key, every=every)]
    context = {"operation": operation, "key": key, "every": every, "parts": found, "query": query}
    return render(request, "board/parts.html", context)


def _is_part(part: Key, whole: Key, *, every: bool) -> bool:
    party = whole.party or part.party
    return part == replace(whole, party=party, finality=part.finality if every else whole.finality)


def _statement(request: HttpRequest, person: Person, operation: Operation) -> Statement | None:
    """The statement in whose figures the reader came from; None where it was the board."""
    wanted = request.GET.get("statement", "")
    if not wanted:
        return None
    try:
        number = UUID(wanted)
    except ValueError as wrong:
        raise Http404 from wrong
    found: Statement = get_object_or_404(
        Statement.objects.visible_to(person).select_related("snapshot", "operation"), pk=number, operation=operation
    )
    return found


def _amounts(page: Any, key: Any) -> dict[UUID, Any]:
    if key.measure.value != "value":
        return {}
    return records.values_of([one.pk for one in page], key)


def _released(request: HttpRequest, person: Person, operation: Operation, key: Any) -> list[dict[str, Any]]:
    """The releases of the other party in which the figure stands, latest first; of a statement the one it names."""
    held = ReleasedFigures.objects.visible_to(person).filter(operation=operation, administration=key.party)
    named = _statement(request, person, operation)
    if named is not None:
        held = held.filter(digest=named.snapshot.released.get(key.party, ""))
    return [tiles.release_row(one, key) for one in held.defer("content").order_by("-modified")[:_PAGE]]
