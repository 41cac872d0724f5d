"""Deeds that need one page: what will happen, perhaps words, one button."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.models import Person
from tidewaiter.node.accounts.requests import person_of, refuse
from tidewaiter.node.operations import policies, services
from tidewaiter.node.operations.forms import ReasonForm, WordsForm
from tidewaiter.node.operations.models import Operation, Snapshot, Tasking


@dataclass(frozen=True, slots=True)
class Deed:
    """One deed: the action that the policy knows, what the page says, and what is done with the words."""

    action: str
    heading: Promise | str
    about: Promise | str
    do: Callable[[Person, Operation, str], Any]
    form: type[forms.Form] = WordsForm
    level: str = "info"


def _latest(operation: Operation) -> Snapshot:
    snapshot: Snapshot | None = operation.snapshots.order_by("-frozen_at").first()
    if snapshot is None:
        raise Refused(gettext("There is no snapshot."))
    return snapshot


DEEDS = {
    "agree": Deed(
        "agree",
        _("Agree to the plan"),
        _("All who take part are told. Once all have agreed, the lead can start the operation."),
        lambda person, operation, words: services.agree(person, operation, words=words),
    ),
    "refuse": Deed(
        "agree",
        _("Refuse the plan"),
        _("All who take part are told, with your reason. The lead can amend the plan."),
        lambda person, operation, words: services.refuse(person, operation, words=words),
        ReasonForm,
        "warn",
    ),
    "start": Deed(
        "start",
        _("Start the operation"),
        _("From now the focus lanes are screened for on every node that takes part."),
        lambda person, operation, _words: services.start(person, operation),
    ),
    "end": Deed(
        "end",
        _("End the operation"),
        _("The focus lanes end on every node. Then each administration releases its final figures."),
        lambda person, operation, _words: services.end(person, operation),
        level="warn",
    ),
    "cancel": Deed(
        "cancel",
        _("Call the operation off"),
        _("All who take part are told, with your reason. It cannot be taken back."),
        lambda person, operation, words: services.cancel(person, operation, reason=words),
        ReasonForm,
        "warn",
    ),
    "release": Deed(
        "release",
        _("Release the figures as they stand"),
        _("The others see your figures up to now, as provisional ones. They see no record."),
        lambda person, operation, words: services.release_figures(person, operation, words=words),
    ),
    "final": Deed(
        "release",
        _("Release the final figures"),
        _("The lead freezes them. What changes later is told as a correction."),
        lambda person, operation, words: services.release_figures(person, operation, final=True, words=words),
    ),
    "freeze": Deed(
        "freeze",
        _("Freeze the figures"),
        _("A snapshot is made that can be counted again, and its digest goes to all for their agreement."),
        lambda person, operation, _words: services.freeze(person, operation),
    ),
    "accept": Deed(
        "close",
        _("Agree to the frozen figures"),
        _("This node holds exactly the figures that the snapshot names. All who take part are told."),
        lambda person, operation, words: services.answer_snapshot(person, _latest(operation), agreed=True, words=words),
    ),
    "reject": Deed(
        "close",
        _("Refuse the frozen figures"),
        _("All who take part are told, with your reason. The lead can freeze them anew."),
        lambda person, operation, words: services.answer_snapshot(
            person, _latest(operation), agreed=False, words=words
        ),
        ReasonForm,
        "warn",
    ),
    "publish": Deed(
        "publish",
        _("Publish the joint statement"),
        _("It is made from the frozen figures in four languages and sent to all who take part."),
        lambda person, operation, _words: services.publish_statement(person, operation),
    ),
}


@require_http_methods(["GET", "POST"])
def deed(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """Say what will happen, then do it."""
    person, wanted = person_of(request), DEEDS[name]
    operation = get_object_or_404(Operation.objects.visible_to(person), pk=pk)
    policies.operations.require(person, wanted.action, operation)
    form = wanted.form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            wanted.do(person, operation, form.cleaned_data["words"])
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, gettext("Done."))
            return redirect(operation)
    context = {"form": form, "deed": wanted, "operation": operation}
    return render(request, "operations/deed.html", context, status=422 if form.errors else 200)


@require_POST
def acknowledge(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say that the office has the task."""
    person = person_of(request)
    tasking = get_object_or_404(Tasking.objects.visible_to(person).select_related("operation"), pk=pk)
    services.acknowledge(person, tasking)
    messages.success(request, gettext("The task is acknowledged."))
    return redirect(tasking.operation)
