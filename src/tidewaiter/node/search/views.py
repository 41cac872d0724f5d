"""The page of the one search box, and what it suggests."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tidewaiter.node.accounts.models import Person
from tidewaiter.node.search import kinds, queries, services

LONGEST = 200
"""Characters of a query; the box takes no more."""


@never_cache
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show what was found for ``q``; a reference that leads to one thing alone leads straight there."""
    person, text = _asked(request)
    kind = kinds.find(request.GET.get("kind", ""))
    answer = queries.answer(
        person, text, kinds=None if kind is None else [kind.object_type], after=request.GET.get("after", "")
    )
    if answer.looked_up is not None:
        shown = len(answer.looked_up.found)
        services.note_look_up(person, text, found=answer.looked_up.kinds, shown=shown)
    if answer.straight and "list" not in request.GET:
        return redirect(answer.straight)
    context = {
        "query": text,
        "answer": answer,
        "kind": kind,
        "kinds": [one for one in kinds.all_kinds() if one.seen_by],
    }
    return render(request, "search/page.html", context)


@never_cache
@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Give a few results for what has been typed so far, for the box."""
    person, text = _asked(request)
    found = queries.suggestions(person, text)
    return JsonResponse({"items": [{"title": one.title, "kind": one.kind, "url": one.url} for one in found]})


def _asked(request: HttpRequest) -> tuple[Person, str]:
    if not isinstance(request.user, Person):
        raise PermissionDenied
    return request.user, " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST]
