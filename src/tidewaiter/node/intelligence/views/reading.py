"""The list of tips, and the page of one."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from tidewaiter.node.accounts.requests import person_of
from tidewaiter.node.intelligence import policies
from tidewaiter.node.intelligence.models import Tip
from tidewaiter.node.intelligence.queries import pages

PAGE = 50


@require_GET
def tips(request: HttpRequest) -> HttpResponse:
    """What neighbours sent, what we sent, drafts; as a part of the page where it refetches itself."""
    person = person_of(request)
    policies.tips.require(person, "list")
    show = request.GET.get("show", "")
    show = show if show in pages.SHOWN else pages.SHOWN[0]
    found = pages.listed(person, show)
    context = {
        **pages.counts(person),
        "show": show,
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "may_draft": policies.tips.may(person, "draft"),
        "sound": policies.tips.may(person, "acknowledge"),
    }
    part = "HX-Request" in request.headers
    return render(request, "intelligence/rows.html" if part else "intelligence/tips.html", context)


@require_GET
def tip(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One tip: what it says, how far it has come, what may be done."""
    person = person_of(request)
    found = get_object_or_404(Tip.objects.visible_to(person).select_related(*pages.WITH), pk=pk)
    policies.tips.require(person, "see", found)
    part = "HX-Request" in request.headers
    return render(
        request, "intelligence/tip_parts.html" if part else "intelligence/tip.html", pages.page_of(person, found)
    )
