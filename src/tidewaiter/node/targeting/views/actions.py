"""What is done with a line of the queue, by a button or a key."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.models import Person
from tidewaiter.node.accounts.requests import person_of
from tidewaiter.node.targeting import policies, services
from tidewaiter.node.targeting.forms import AssignForm, ReasonForm, ReleaseForm, SendForm
from tidewaiter.node.targeting.models import SelectedConsignment
from tidewaiter.node.targeting.views.queue import context_of

Deed = Callable[[Person, SelectedConsignment, dict[str, Any]], SelectedConsignment]


def _answer(
    request: HttpRequest, line: SelectedConsignment, action: str, deed: Deed, done: str, form: forms.Form | None
) -> HttpResponse:
    """Do the deed and say how it went: the renewed queue where a part of the page asks, else the page it came from."""
    actor = person_of(request)
    policies.queue.require(actor, action, line)
    try:
        if form is not None and not form.is_valid():
            raise Refused(" ".join(str(error) for errors in form.errors.values() for error in errors))
        deed(actor, line, form.cleaned_data if form is not None else {})
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, done % {"reference": line.reference})
    back = request.POST.get("next", "")
    if "HX-Request" in request.headers:
        given = QueryDict(back.partition("?")[2], mutable=True)
        given["line"] = str(line.pk)
        return render(request, "targeting/queue_done.html", context_of(actor, given))
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if safe and back.startswith("/") else reverse("targeting:queue"))


def _line(request: HttpRequest, pk: UUID) -> SelectedConsignment:
    lines = SelectedConsignment.objects.visible_to(person_of(request)).select_related("office", "taken_by")
    return get_object_or_404(lines, pk=pk)


@require_POST
def take(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a waiting line."""
    return _answer(
        request, _line(request, pk), "take", lambda actor, line, _form: services.take(actor, line),
        _("You have %(reference)s now."), None,
    )  # fmt: skip


@require_POST
def give_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a line back."""
    return _answer(
        request, _line(request, pk), "give_back", lambda actor, line, _form: services.give_back(actor, line),
        _("%(reference)s waits again."), None,
    )  # fmt: skip


@require_POST
def assign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a line to an officer."""
    line = _line(request, pk)
    return _answer(
        request, line, "assign", lambda actor, one, form: services.assign(actor, one, to=form["to"]),
        _("%(reference)s is assigned."), AssignForm(line, request.POST),
    )  # fmt: skip


@require_POST
def send(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send a line for control."""
    line = _line(request, pk)
    return _answer(
        request, line, "send_for_control",
        lambda actor, one, form: services.send_for_control(actor, one, channel=form["channel"], place=form["place"]),
        _("%(reference)s was sent for control."), SendForm(line, request.POST),
    )  # fmt: skip


@require_POST
def release(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let goods go; asks why."""
    return _answer(
        request, _line(request, pk), "release",
        lambda actor, line, form: services.release(actor, line, reason=form["reason"]),
        _("%(reference)s is released."), ReleaseForm(request.POST),
    )  # fmt: skip


@require_POST
def reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put a released line back; asks why."""
    return _answer(
        request, _line(request, pk), "reopen",
        lambda actor, line, form: services.reopen(actor, line, reason=form["reason"]),
        _("%(reference)s waits again."), ReasonForm(request.POST),
    )  # fmt: skip
