"""The reader's pages of the audit log."""

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from tidewaiter.node.audit import chain, policies, verbs
from tidewaiter.node.audit.export import lines
from tidewaiter.node.audit.forms import MOST_CHECKED, CheckForm, FilterForm
from tidewaiter.node.audit.models import AuditRow, ChainHead
from tidewaiter.node.audit.queries import Page
from tidewaiter.node.audit.services import record
from tidewaiter.node.audit.words import tell_all

PAGE = 50


@require_GET
def rows(request: HttpRequest) -> HttpResponse:
    """What was done, newest first, with filters."""
    reader: Any = request.user
    policies.require(policies.may_read(reader))
    form = FilterForm(reader, request.GET)
    page = form.narrow(AuditRow.objects.visible_to(reader)).page(
        PAGE, before=_place(request, "before"), after=_place(request, "after")
    )
    context = {"form": form, "chain": chain.state(), "may_export": policies.may_export(reader), **_told(request, page)}
    return render(request, "audit/rows.html", context, status=422 if form.errors else 200)


@require_GET
def row(request: HttpRequest, pk: int) -> HttpResponse:
    """One deed in full."""
    reader: Any = request.user
    found = AuditRow.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    mine = AuditRow.objects.history(reader, found.object_type, found.object_id)
    found = mine.filter(pk=pk).select_related("payload").first()
    if found is None:
        raise Http404
    return render(request, "audit/row.html", {"told": tell_all([found])[0], "may_read": policies.may_read(reader)})


@require_GET
def history(request: HttpRequest, object_type: str, object_id: str) -> HttpResponse:
    """What was done to one object; not found alike where it is unknown and where one may not see it."""
    reader: Any = request.user
    page = AuditRow.objects.history(reader, object_type, object_id).page(
        PAGE, before=_place(request, "before"), after=_place(request, "after")
    )
    if not page.rows:
        raise Http404
    context = {"label": page.rows[0].object_label, "may_read": policies.may_read(reader), **_told(request, page)}
    return render(request, "audit/history.html", context)


def export(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """The filtered rows as CSV; taking them out is itself a row, so it is asked for with the form of the log alone."""
    if request.method != "POST":
        answer = render(request, "audit/export.html", status=405)
        answer["Allow"] = "POST"
        return answer
    return _exported(request)


def _exported(request: HttpRequest) -> StreamingHttpResponse:
    reader: Any = request.user
    policies.require(policies.may_export(reader))
    form = FilterForm(reader, request.GET)
    found = form.narrow(AuditRow.objects.visible_to(reader)).select_related("payload").order_by("id")
    asked = {name: value for name, value in form.cleaned_data.items() if value} if form.is_valid() else {}
    head = ChainHead(pk=ChainHead.ONLY, administration=chain.administration(), seq=0)
    with transaction.atomic():
        record(reader, verbs.EXPORTED, head, after={"rows": found.count(), "filter": asked})
    name = f"audit-{head.administration}-{timezone.localdate():%Y-%m-%d}.csv"
    answer = StreamingHttpResponse(lines(found), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_GET
def check(request: HttpRequest) -> HttpResponse:
    """Recompute a part of the chain and say whether it holds."""
    reader: Any = request.user
    policies.require(policies.may_read(reader))
    state = chain.state()
    first = {"first": max(1, state.seq - MOST_CHECKED + 1), "last": max(1, state.seq)}
    form = CheckForm(state.seq, request.GET if "first" in request.GET else None, initial=first)
    verdict = chain.verify(form.cleaned_data["first"], form.cleaned_data["last"]) if form.is_valid() else None
    context = {"form": form, "chain": state, "verdict": verdict}
    return render(request, "audit/check.html", context, status=422 if form.errors else 200)


def _place(request: HttpRequest, name: str) -> int | None:
    given = request.GET.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 19 else None


def _told(request: HttpRequest, page: Page) -> dict[str, Any]:
    query = request.GET.copy()
    for name in ("before", "after"):
        query.pop(name, None)
    kept = f"{query.urlencode()}&" if query else ""
    return {
        "rows": tell_all(page.rows),
        "older": f"?{kept}before={page.older}" if page.older else "",
        "newer": f"?{kept}after={page.newer}" if page.newer else "",
        "query": query.urlencode(),
    }
