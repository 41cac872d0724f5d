"""Pages of controls: the list, one control, recording one, and what a phone asks and sends."""

import json
import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.requests import person_of, refuse
from tidewaiter.node.casework import policies, services, words
from tidewaiter.node.casework.forms.controls import ControlForm
from tidewaiter.node.casework.forms.filters import ControlFilter
from tidewaiter.node.casework.models import Control
from tidewaiter.node.casework.queries.tasks import task, tasks
from tidewaiter.node.ui.paging import page_of

PAGE = 50
STEPS = (1, 2, 3, 4)


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The controls that one may see."""
    actor = person_of(request)
    policies.controls.require(actor, "list")
    form = ControlFilter(request.GET)
    found = form.narrow(Control.objects.visible_to(actor))
    context = {
        "form": form,
        "page": page_of(found, Control.objects.all().for_lists(), PAGE, request.GET.get("page")),
        "may_record": policies.controls.may(actor, "record"),
    }
    return render(request, "casework/controls.html", context)


@require_GET
def control(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One control with those of its photographs that the person may see."""
    actor = person_of(request)
    found = get_object_or_404(Control.objects.visible_to(actor).for_lists(), pk=pk)
    context = {
        "control": found,
        "photographs": found.photographs.all().visible_to(actor),
        "arrived": found.photographs.count(),
        "may_original": policies.controls.may(actor, "see_original", found),
        "may_case": policies.cases.may(actor, "see", found),
    }
    return render(request, "casework/control.html", context)


@never_cache
@require_GET
def assigned(request: HttpRequest) -> HttpResponse:
    """What waits for the officer; a phone keeps the page and its data for when there is no connection."""
    actor = person_of(request)
    policies.controls.require(actor, "record")
    found = tasks(actor)
    context = {"tasks": found, "data": [one.as_data() for one in found], "owner": str(actor.pk)}
    return render(request, "casework/tasks.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Record a control. With scripts a phone keeps and sends it; without, this page does."""
    actor = person_of(request)
    policies.controls.require(actor, "record")
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ControlForm(actor, *sent, initial=_likely(request))
    if form.is_valid():
        pictures = form.pictures()
        try:
            made = services.record_with_pictures(actor, services.Entry(**form.cleaned_data), pictures)
        except Refused as refused:
            refuse(form, refused)
        else:
            return redirect("casework:control", pk=made.pk)
    context = {"form": form, "steps": STEPS, "step": 1, "owner": str(actor.pk), "shots": words.told(words.SHOTS)}
    return render(request, "casework/step_control.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["POST"])
def send(request: HttpRequest) -> JsonResponse:
    """Take a control that a phone kept; the same one again gets the same answer."""
    actor = person_of(request)
    try:
        values = json.loads(request.body)
    except ValueError:
        return JsonResponse({"errors": {"__all__": [_("What the phone sent cannot be read.")]}}, status=400)
    form = ControlForm(actor, values if isinstance(values, dict) else {})
    if form.is_valid():
        form.pictures()
        try:
            made, is_new = services.record_control(actor, services.Entry(**form.cleaned_data))
        except Refused as refused:
            refuse(form, refused)
        else:
            return JsonResponse(_answer(made), status=201 if is_new else 200)
    return JsonResponse({"errors": form.errors}, status=422)


@never_cache
@require_GET
def session(request: HttpRequest) -> JsonResponse:
    """Who is signed in, and a fresh token for forms that were kept for long."""
    return JsonResponse({"person": str(person_of(request).pk), "token": get_token(request)})


def _answer(made: Control) -> dict[str, Any]:
    case = getattr(made, "case", None)
    return {
        "control": str(made.pk),
        "url": reverse("casework:control", args=[made.pk]),
        "case": "" if case is None else case.number,
        "not_free": made.not_free,
    }


def _likely(request: HttpRequest) -> dict[str, Any]:
    """What is chosen before: from the queue item where the address names one that the person sees."""
    try:
        wanted = uuid.UUID(request.GET.get("selection", ""))
    except ValueError:
        return {}
    found = task(person_of(request), wanted)
    return {} if found is None else found.first_values()
