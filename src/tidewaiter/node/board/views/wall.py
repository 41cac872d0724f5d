"""The wall page."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from tidewaiter.node.accounts.models import Person
from tidewaiter.node.accounts.requests import person_of
from tidewaiter.node.board import policies, services
from tidewaiter.node.board.queries import board as looking
from tidewaiter.node.board.queries import now, tiles
from tidewaiter.node.operations.models import Operation


def operation_of(person: Person, pk: UUID | None) -> Operation | None:
    """The operation of an address, or the one that the board shows; raises Http404 for one that is not there."""
    if pk is None:
        return looking.shown(person)
    held = Operation.objects.visible_to(person).prefetch_related("parties", "lanes")
    found: Operation | None = held.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@require_GET
def board(request: HttpRequest, pk: UUID | None = None) -> HttpResponse:
    """The live board. Its tiles are a fragment that asks for itself again when something changed."""
    person = person_of(request)
    policies.board.require(person, "see")
    operation = operation_of(person, pk)
    if operation is None:
        return render(request, "board/empty.html")
    fragment = request.headers.get("HX-Request") == "true"
    return render(request, "board/tiles.html" if fragment else "board/board.html", _context(person, operation))


def _context(person: Person, operation: Operation) -> dict[str, Any]:
    kept = services.current(operation)
    board = looking.look(operation, person, kept)
    cut_off = operation.cut_off_of(operation.today())
    return {
        "board": board,
        "operation": operation,
        "parties": board.codes,
        "tiles": tiles.of(board),
        "news": now.newest(operation, person),
        "behind": services.is_behind(kept),
        "report_due": cut_off if cut_off > timezone.now() and operation.state == "running" else None,
        "report_began": cut_off - timedelta(days=1),
    }
