"""The page of a consignment, and finding one by a reference."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from tidewaiter.lake.reference_index import IndexRefused
from tidewaiter.node.accounts.requests import person_of
from tidewaiter.node.search.services import note_look_up
from tidewaiter.node.targeting import policies
from tidewaiter.node.targeting.forms import FindForm
from tidewaiter.node.targeting.known_in_words import context_of, found_rows
from tidewaiter.node.targeting.models import ScreeningRun, SelectedConsignment
from tidewaiter.node.targeting.queries import known as reading
from tidewaiter.node.targeting.views.queue import peek_of


@require_GET
def consignment(request: HttpRequest, run: UUID, message_id: str) -> HttpResponse:
    """Everything known of a consignment, selected or not."""
    actor = person_of(request)
    policies.consignments.require(actor, "see")
    done = get_object_or_404(ScreeningRun.objects.filter(state=ScreeningRun.State.DONE), pk=run)
    try:
        known = reading.of_message(actor, done, message_id)
    except IndexRefused:
        # Whether it exists must not show in how it fails: who may not see it gets the same answer as for a fault.
        line = SelectedConsignment.objects.visible_to(actor).filter(run=done, message_id=message_id).first()
        if line is None:
            raise Http404 from None
        known = reading.of_line(actor, line)
    if known is None:
        raise Http404
    return _page(request, known)


@require_GET
def expected(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What is known of a consignment that a tip announced and nobody has declared yet."""
    actor = person_of(request)
    lines = SelectedConsignment.objects.visible_to(actor).select_related("office", "taken_by", "run")
    return _page(request, reading.of_line(actor, get_object_or_404(lines, pk=pk)))


def _page(request: HttpRequest, known: reading.Known) -> HttpResponse:
    context = context_of(person_of(request), known)
    if context["shown"] is not None:
        context.update(peek_of(person_of(request), context["shown"]))
    return render(request, "targeting/consignment.html", {**context, "person": person_of(request)})


@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """Find consignments in the lake by a reference, whether they were selected or not."""
    actor = person_of(request)
    policies.consignments.require(actor, "find")
    asked = "reference" in request.GET
    form = FindForm(request.GET if asked else None)
    rows = None
    if form.is_valid():
        reference = form.cleaned_data["reference"]
        found = reading.visible(actor, reference)
        note_look_up(actor, reference, found={one.place.kind for one in found}, shown=len(found))
        rows = found_rows(found)
    context = {"form": form, "rows": rows, "asked": asked}
    return render(request, "targeting/find.html", context, status=422 if asked and form.errors else 200)
