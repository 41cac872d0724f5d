"""Rejects of a run: to look at, to take away, to mend."""

import io
import re
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.models import Person
from tidewaiter.node.accounts.requests import person_of
from tidewaiter.node.targeting import policies, services
from tidewaiter.node.targeting.forms import MendedFileForm
from tidewaiter.node.targeting.models import ScreeningRun
from tidewaiter.node.targeting.queries import rejects as reading
from tidewaiter.node.targeting.services.rejects import export_rejects
from tidewaiter.node.targeting.sheets import rejects_sheet

PAGE = 50
AT_ONCE = 10
"""Rows that are mended on one page."""

_FIELD = re.compile(r"row_([0-9]{1,12})")


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """The runs that rejected something."""
    actor = person_of(request)
    policies.runs.require(actor, "see_rejects")
    found = ScreeningRun.objects.visible_to(actor).filter(counts__rejected__gt=0).select_related("office")
    return render(
        request, "targeting/rejects_overview.html", {"page": Paginator(found, PAGE).get_page(request.GET.get("page"))}
    )


def _run(actor: Person, pk: UUID) -> ScreeningRun:
    found = get_object_or_404(ScreeningRun.objects.visible_to(actor).select_related("office"), pk=pk)
    policies.runs.require(actor, "see_rejects", found)
    return found


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


@require_GET
def rejects(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The rejects of one run."""
    actor = person_of(request)
    run = _run(actor, pk)
    code = request.GET.get("code", "")
    start = _number(request.GET.get("start"))
    found = reading.rejects(actor, run, start=start, count=PAGE + 1, code=code)
    context = {
        "run": run,
        "rejects": found[:PAGE],
        "code": code,
        "codes": sorted(run.rejected_by_reason.items(), key=lambda one: -one[1]),
        "before": max(0, start - PAGE) if start else None,
        "after": start + PAGE if len(found) > PAGE else None,
        "may_mend": policies.runs.may(actor, "mend", run),
        "form": MendedFileForm(),
    }
    return render(request, "targeting/rejects.html", context)


@require_GET
def export(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All rejects of a run as a sheet."""
    actor = person_of(request)
    run = _run(actor, pk)
    target = io.BytesIO()
    export_rejects(actor, run, rows=rejects_sheet(target, reading.all_rejects(actor, run)))
    response = HttpResponse(target.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="rejects-{run.number}.csv"'
    return response


@require_http_methods(["GET", "POST"])
def mend(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Mend rows in a form; the mended ones make a new run, which names this one."""
    actor = person_of(request)
    run = _run(actor, pk)
    policies.runs.require(actor, "mend", run)
    typed = _typed(request)
    problem = ""
    if request.method == "POST":
        try:
            made = services.mend_rows(actor, run, reading.numbered(actor, run, list(typed)), typed)
        except Refused as refused:
            problem = refused.message
        else:
            return redirect("targeting:run", made.pk)
    context = {"run": run, "problem": problem, **_page(actor, run, _number(request.GET.get("start")), typed)}
    return render(request, "targeting/mend.html", context, status=422 if problem else 200)


def _typed(request: HttpRequest) -> dict[int, str]:
    matched = ((_FIELD.fullmatch(name), text) for name, text in request.POST.items())
    return {int(found[1]): str(text).replace("\r\n", "\n") for found, text in matched if found}


def _page(actor: Person, run: ScreeningRun, start: int, typed: dict[int, str]) -> dict[str, Any]:
    found = reading.rejects(actor, run, start=start, count=AT_ONCE + 1)
    rows = [(one, typed.get(one.number, one.raw)) for one in found[:AT_ONCE]]
    return {"rows": rows, "start": start, "after": start + AT_ONCE if len(found) > AT_ONCE else None}


@require_http_methods(["POST"])
def upload(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Upload a mended file; it makes a new run, which names this one."""
    actor = person_of(request)
    run = _run(actor, pk)
    policies.runs.require(actor, "mend", run)
    form = MendedFileForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            made = services.start_run(
                actor, form.cleaned_data["files"], office=run.office, capacity=run.capacity, mapping=run.mapping,
                mends=run,
            )  # fmt: skip
            return redirect("targeting:run", made.pk)
        except Refused as refused:
            form.add_error("files", refused.message)
    context = {"run": run, "rejects": [], "codes": [], "may_mend": True, "form": form}
    return render(request, "targeting/rejects.html", context, status=422)
