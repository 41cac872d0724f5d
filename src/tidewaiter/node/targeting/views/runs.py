"""Runs: list, start, progress, result; and the criteria that they use."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.models import Person
from tidewaiter.node.accounts.requests import person_of, refuse
from tidewaiter.node.targeting import policies, services, words
from tidewaiter.node.targeting.forms import CriteriaForm, StartForm
from tidewaiter.node.targeting.models import CriteriaFile, ScreeningRun
from tidewaiter.node.targeting.services.work import STAGES
from tidewaiter.node.ui.languages import tag
from tidewaiter.refdata import messages as wording

PAGE = 30
_COUNTS = (
    "read", "accepted", "rejected", "consignments", "superseded", "cancelled", "waiting", "hits", "selected",
    "overflow",
)  # fmt: skip


@require_GET
def runs(request: HttpRequest) -> HttpResponse:
    """All runs that one may see, newest first."""
    actor = person_of(request)
    policies.runs.require(actor, "list")
    found = ScreeningRun.objects.visible_to(actor).select_related("office", "started_by")
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "may_start": policies.runs.may(actor, "start"),
        "may_see_criteria": policies.runs.may(actor, "see_criteria"),
    }
    return render(request, "targeting/runs.html", context)


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Upload files and start a run over them."""
    actor = person_of(request)
    policies.runs.require(actor, "start")
    form = StartForm(actor, *((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_valid():
        try:
            run = services.start_run(actor, **form.cleaned_data)
        except Refused as refused:
            refuse(form, refused)
        else:
            return redirect("targeting:run", run.pk)
    context = {"form": form, "in_force": CriteriaFile.objects.visible_to(actor).in_force().values()}
    return render(request, "targeting/start.html", context, status=422 if form.errors else 200)


@require_GET
def run(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One run: how far it is, what it read, what came of it."""
    actor = person_of(request)
    found = _found(actor, pk)
    part = "targeting/run_body.html" if "HX-Request" in request.headers else "targeting/run.html"
    return render(request, part, run_context(actor, found))


def _found(actor: Person, pk: UUID) -> ScreeningRun:
    seen = ScreeningRun.objects.visible_to(actor).select_related("office", "started_by", "mends")
    return get_object_or_404(seen.prefetch_related("files", "mended_by"), pk=pk)


def run_context(actor: Person, found: ScreeningRun) -> dict[str, Any]:
    """What the page of a run shows."""
    at = STAGES.index(found.stage) if found.stage in STAGES else 0
    over = found.state == ScreeningRun.State.DONE
    rungs = [
        (
            "done" if over or place < at else "wait" if place == at and not found.is_over else "none",
            words.STAGES[stage],
            "",
        )
        for place, stage in enumerate(STAGES)
    ]
    language = tag()
    return {
        "run": found,
        "rungs": rungs,
        "stage": words.STAGES.get(found.stage, ""),
        "counts": [(wording.text(f"summary.{name}", language), found.counts.get(name, 0)) for name in _COUNTS],
        "rejected": sorted(found.rejected_by_reason.items(), key=lambda one: -one[1]),
        "alarms": [words.alarm(one) for one in found.alarms],
        "criteria": [
            (label, found.criteria[kind]) for kind, label in CriteriaFile.Kind.choices if found.criteria.get(kind)
        ],
        "sets": found.criteria.get("sets", []),
        "may_see_rejects": policies.runs.may(actor, "see_rejects", found),
    }


@require_http_methods(["GET", "POST"])
def criteria(request: HttpRequest) -> HttpResponse:
    """The criteria in force and all earlier versions; analysts add new ones."""
    actor = person_of(request)
    policies.runs.require(actor, "see_criteria")
    may_change = policies.runs.may(actor, "change_criteria")
    posted = request.method == "POST"
    if posted:
        policies.runs.require(actor, "change_criteria")
    form = CriteriaForm(actor, *((request.POST, request.FILES) if posted else ())) if may_change else None
    if form is not None and form.is_valid():
        try:
            added = services.add_criteria(actor, **form.cleaned_data)
        except Refused as refused:
            refuse(form, refused)
        else:
            name = {"kind": added.get_kind_display(), "version": added.version}
            messages.success(request, _("%(kind)s, version %(version)s, counts from the next run on.") % name)
            return redirect("targeting:criteria")
    versions = CriteriaFile.objects.visible_to(actor).select_related("office", "added_by")
    context = {"form": form, "versions": versions, "latest": {one.pk for one in versions.in_force().values()}}
    return render(request, "targeting/criteria.html", context, status=422 if form is not None and form.errors else 200)
