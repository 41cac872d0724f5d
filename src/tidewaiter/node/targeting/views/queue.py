"""The queue: the first page of an officer."""

import io
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tidewaiter.node.accounts.models import Office, Person
from tidewaiter.node.accounts.requests import person_of
from tidewaiter.node.targeting import policies, services, shown, words
from tidewaiter.node.targeting.extensions import steps
from tidewaiter.node.targeting.forms import AssignForm, ReasonForm, ReleaseForm, SaveViewForm, SendForm
from tidewaiter.node.targeting.models import SavedView, SelectedConsignment
from tidewaiter.node.targeting.queries.filters import MODES, ORDERS, Choice
from tidewaiter.node.targeting.queries.queue import TABS
from tidewaiter.node.targeting.queries.today import done_today
from tidewaiter.node.targeting.sheets import queue_sheet
from tidewaiter.node.ui.languages import tag
from tidewaiter.node.ui.paging import page_of
from tidewaiter.refdata import categories, regions

PAGE = 30
MOST_EXPORTED = 20_000


@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """The queue of a control point, or its body alone when the page renews itself."""
    actor = person_of(request)
    policies.queue.require(actor, "list")
    part = "targeting/queue_body.html" if "HX-Request" in request.headers else "targeting/queue.html"
    return render(request, part, context_of(actor, request.GET))


def context_of(actor: Person, given: QueryDict) -> dict[str, Any]:
    """All that the page of the queue shows to ``actor``."""
    choice = _chosen(actor, given)
    seen = choice.seen_by(actor)
    counts = seen.counts(actor)
    count = None if choice.narrowed else counts[choice.tab]
    rows = SelectedConsignment.objects.all().for_lists()
    page = page_of(choice.among(seen, actor), rows, PAGE, given.get("page"), count=count)
    lines = shown.lines(page.object_list, actor)
    current = next((one for one in lines if str(one.line.pk) == given.get("line")), lines[0] if lines else None)
    run = next((one.line.run for one in lines if one.line.run is not None), None)
    return {
        "choice": choice,
        "view_query": choice.query(),
        "counts": counts,
        "tabs": [(name, words.TABS[name], counts[name], choice.query(tab=name)) for name in TABS],
        "page": page,
        "lines": lines,
        "current": current,
        "run": run if run is not None and policies.runs.may(actor, "see", run) else None,
        "today": done_today(seen),
        "filters": _filters(choice),
        "office": _office(choice.office),
        "offices": _offices(actor),
        "views": SavedView.objects.visible_to(actor),
        "view_form": SaveViewForm(),
        "person": actor,
        **(peek_of(actor, current) if current else {}),
    }


def _chosen(actor: Person, given: QueryDict) -> Choice:
    """The view that is asked for; without an office, that of the person."""
    values = {name: value for name, value in given.items() if isinstance(value, str)}
    if "office" not in values and actor.office_id in policies.queue.offices(actor, "list"):
        values["office"] = actor.office_id
    return Choice.of(values)


def _office(code: str) -> Office | None:
    return Office.objects.filter(pk=code).first() if code else None


def _offices(actor: Person) -> list[tuple[str, str]]:
    reached = Office.objects.filter(pk__in=policies.queue.offices(actor, "list")).order_by("path")
    return [(one.pk, one.name) for one in reached]


def _filters(choice: Choice) -> list[tuple[str, str, list[tuple[str, str]], str]]:
    """The filters: name, label, choices, and what is chosen."""
    language = tag()
    return [
        ("mode", _("Transport"), [(code, _mode(code)) for code in MODES], choice.mode),
        ("region", _("Destination"), [(code, regions.name(code, language)) for code in regions.codes()], choice.region),
        (
            "category",
            _("Goods"),
            [(code, one.names[language]) for code, one in categories.PRODUCT_CATEGORIES.items()],
            choice.category,
        ),
        ("kind", _("Reason"), [(code, str(word)) for code, (_mark, word) in words.KINDS.items()], choice.kind),
        ("order", _("Order"), [(code, str(words.ORDERS[code])) for code in ORDERS], choice.order),
    ]


def _mode(code: str) -> str:
    numbers = {"road": 3, "sea": 1, "river": 8, "air": 4, "rail": 2, "mail": 5}
    return words.mode(numbers.get(code), courier=code == "courier")


def peek_of(actor: Person, line: shown.Shown) -> dict[str, Any]:
    """What the column beside the queue shows of a line, with the forms of what may be done."""
    item, may = line.line, line.actions
    forms = {
        "release": ReleaseForm(auto_id="release_%s") if "release" in may else None,
        "reopen": ReasonForm(auto_id="reopen_%s") if "reopen" in may else None,
        "assign": AssignForm(item, auto_id="assign_%s") if "assign" in may else None,
        "send": SendForm(item, auto_id="send_%s") if "send_for_control" in may else None,
    }
    return {"peek": line, "forms": forms, "steps": steps(actor, item)}


@require_GET
def peek(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The column beside the queue, for one line."""
    actor = person_of(request)
    lines = SelectedConsignment.objects.visible_to(actor).select_related("office", "taken_by", "run")
    line = get_object_or_404(lines, pk=pk)
    query = Choice.of({name: str(value) for name, value in request.GET.items()}).query()
    return render(
        request,
        "targeting/peek.html",
        {**peek_of(actor, shown.Shown(line, actor)), "view_query": query, "person": actor},
    )


@require_GET
def line(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The page of a line by its id, whatever is known of it."""
    found = get_object_or_404(SelectedConsignment.objects.visible_to(person_of(request)), pk=pk)
    return redirect(found.get_absolute_url())


@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """The present view as a sheet that is safe to open."""
    actor = person_of(request)
    policies.queue.require(actor, "export")
    choice = _chosen(actor, request.GET)
    lines = list(choice.lines(actor)[: MOST_EXPORTED + 1])
    if len(lines) > MOST_EXPORTED:
        messages.error(request, _("This view is too long for one sheet. Set a filter first."))
        return redirect(f"{reverse('targeting:queue')}?{choice.query()}")
    office = _office(choice.office)
    services.export_queue(actor, office, rows=len(lines), query=choice.query())
    target = io.BytesIO()
    queue_sheet(target, shown.lines(lines, actor))
    response = HttpResponse(target.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="queue-{choice.tab}.csv"'
    return response
