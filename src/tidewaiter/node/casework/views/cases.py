"""Pages of cases: the list, one case, the paper, the restricted part."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from tidewaiter.node.accounts.requests import person_of
from tidewaiter.node.casework import calendar, policies, services
from tidewaiter.node.casework.forms.filters import CaseFilter
from tidewaiter.node.casework.models import Case, Control, Exhibit
from tidewaiter.node.casework.queries import page as reading
from tidewaiter.node.casework.queries.cases import MOST_IN_WORDS
from tidewaiter.node.ui.paging import page_of

PAGE = 50


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The cases that one may see."""
    actor = person_of(request)
    policies.cases.require(actor, "list")
    form = CaseFilter(request.GET)
    found, limited = form.narrow(Case.objects.visible_to(actor), actor)
    context = {
        "form": form,
        "limit": MOST_IN_WORDS if limited else None,
        "page": page_of(found, Case.objects.all().for_lists(), PAGE, request.GET.get("page")),
        "may_open": policies.cases.may(actor, "edit"),
        "today": timezone.localdate(),
    }
    return render(request, "casework/cases.html", context)


@require_GET
def case(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One case."""
    return render(request, "casework/case.html", _context(request, pk))


@require_GET
def paper(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One case for printing."""
    return render(request, "casework/paper.html", _context(request, pk))


@require_GET
def exhibit(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One exhibit and its chain of custody."""
    actor = person_of(request)
    seen = Case.objects.visible_to(actor)
    found = get_object_or_404(Exhibit.objects.select_related("case__office", "line__case"), pk=pk, case__in=seen)
    context = {
        "exhibit": found,
        "events": list(found.custody.select_related("by").order_by("-sequence")),
        "photographs": list(found.photographs.all()),
        "can": reading.Can(actor, found.case),
        "steps": reading.Can(actor, found.case).custody(found),
    }
    return render(request, "casework/exhibit.html", context)


@never_cache
@require_GET
def persons(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The restricted part: who was arrested. Reading it is audited."""
    actor = person_of(request)
    found = get_object_or_404(Case.objects.visible_to(actor).select_related("office"), pk=pk)
    context = {"case": found, "persons": services.read_persons(actor, found)}
    return render(request, "casework/persons.html", context)


def _context(request: HttpRequest, pk: uuid.UUID) -> dict[str, object]:
    actor = person_of(request)
    found = reading.whole(actor, pk)
    if found is None:
        raise Http404
    clocks = reading.clocks_today(found)
    lines = list(found.lines.all())
    sums = reading.sums(lines)
    bases, currencies, stages = reading.unlike(sums)
    return {
        "case": found,
        "clocks": clocks,
        "calendar": calendar.draw(clocks, timezone.localdate()),
        "neighbours": reading.neighbours(found),
        "lines": lines,
        "sums": sums,
        "unlike": {"bases": bases, "currencies": currencies, "stages": stages},
        "amounts": reading.amounts(lines),
        "photographs": list(found.photographs.all()),
        "history": reading.history(found, clocks),
        "can": reading.Can(actor, found),
        "see_control": found.control is not None and actor.reach(*Control.objects.all().seen_by) >= {found.office_id},
    }
