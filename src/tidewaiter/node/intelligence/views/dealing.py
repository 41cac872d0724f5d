"""Dealing with a neighbour's tip."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tidewaiter.domain.state_machine import WrongState
from tidewaiter.exchange.objects import Figure, Measure, Status
from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.models import Person
from tidewaiter.node.accounts.requests import person_of, refuse
from tidewaiter.node.intelligence import forms, policies, services
from tidewaiter.node.intelligence.models import Tip
from tidewaiter.node.intelligence.queries import pages


@require_POST
def acknowledge(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take it in hand; of two people one comes first, and the other is told who."""
    person, tip = _of(request, pk, "acknowledge")
    try:
        services.acknowledge(person, tip)
    except WrongState:
        messages.warning(request, _("Somebody else was first. See below who has it in hand."))
    else:
        messages.success(request, _("Acknowledged. The sender sees it now."))
    return redirect("intelligence:tip", pk=pk)


@require_POST
def act_on(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say that something is being done."""
    person, tip = _of(request, pk, "act_on")
    try:
        services.act_on(person, tip)
    except WrongState:
        messages.warning(request, _("This is not possible any more. See below what happened."))
    else:
        messages.success(request, _("Noted. Answer the sender when the result is known."))
    return redirect("intelligence:tip", pk=pk)


@require_http_methods(["GET", "POST"])
def pass_on(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give it to another desk."""
    person, tip = _of(request, pk, "pass_on")
    form = forms.PassForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            services.pass_on(person, tip, form.cleaned_data["office"], words=form.cleaned_data["words"])
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("Passed on. The other desk sees it now."))
            return redirect("intelligence:tips")
    return render(request, "intelligence/pass.html", {"form": form, "tip": tip}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Answer with the result."""
    person, tip = _of(request, pk, "answer")
    initial = {"reference": pages.control_reference(person, tip)}
    form = forms.AnswerForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        given = dict(form.cleaned_data)
        try:
            services.answer(person, tip, figures=_figures(given.pop("items")), **given)
        except WrongState:
            form.add_error(None, _("This tip has been answered, or is no longer open. Look at its page."))
        else:
            messages.success(request, _("Answered. The sender sees the result now."))
            return redirect("intelligence:tip", pk=pk)
    return render(request, "intelligence/answer.html", {"form": form, "tip": tip}, status=422 if form.errors else 200)


def _of(request: HttpRequest, pk: UUID, action: str) -> tuple[Person, Tip]:
    person = person_of(request)
    tip = get_object_or_404(Tip.objects.visible_to(person).select_related("peer", "office"), pk=pk)
    policies.tips.require(person, action, tip)
    return person, tip


def _figures(items: Any) -> tuple[Figure, ...]:
    """What was found, in items; provisional until a case confirms it."""
    if not items:
        return ()
    return (Figure(measure=Measure.ITEMS, amount=Decimal(items), unit="H87", status=Status.PROVISIONAL),)
