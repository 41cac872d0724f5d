"""Writing a tip, seeing what each neighbour will receive, sending and recalling."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tidewaiter.domain.state_machine import WrongState
from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.requests import person_of, refuse
from tidewaiter.node.intelligence import forms, policies, services
from tidewaiter.node.intelligence.models import Tip
from tidewaiter.node.intelligence.queries import pages


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Write a tip; then its drafts, one for each neighbour, are looked at before they go."""
    person = person_of(request)
    policies.tips.require(person, "draft")
    known = {name: value for name, value in request.GET.items() if name in forms.NewTipForm.base_fields}
    form = forms.NewTipForm(request.POST if request.method == "POST" else None, initial=forms.first_values() | known)
    if form.is_valid():
        try:
            office = pages.office_for(person)
            made = services.draft(person, office=office, peers=form.cleaned_data["peers"], **form.wishes)
        except Refused as refused:
            refuse(form, refused)
        else:
            return redirect("intelligence:check", pk=made[0].pk)
    return _form(request, form, None)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change what one neighbour will receive."""
    person = person_of(request)
    tip = get_object_or_404(Tip.objects.visible_to(person).select_related("peer"), pk=pk)
    policies.tips.require(person, "edit", tip)
    given = request.POST if request.method == "POST" else None
    form = forms.TipForm([tip.peer_id], given, initial=forms.values_of(tip))
    if form.is_valid():
        try:
            services.edit(person, tip, **form.wishes)
        except Refused as refused:
            refuse(form, refused)
        else:
            return redirect("intelligence:check", pk=pk)
    return _form(request, form, tip)


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The very words that each neighbour will receive, side by side; from here they are sent."""
    person = person_of(request)
    tip = get_object_or_404(Tip.objects.visible_to(person), pk=pk)
    policies.tips.require(person, "send", tip)
    drafts = pages.drafts_with(person, tip)
    if not drafts:
        return redirect("intelligence:tip", pk=pk)
    problem = ""
    if request.method == "POST":
        try:
            services.send(person, drafts)
        except Refused as refused:
            problem = refused.message
        except WrongState:
            problem = _("One of them has been sent already. Look at the list of tips.")
        else:
            messages.success(request, _("Signed and sent. The receipts show on this page as they come."))
            return redirect("intelligence:tip", pk=pk)
    context = {**pages.share_of(drafts), "tip": tip, "problem": problem}
    return render(request, "intelligence/check.html", context, status=422 if problem else 200)


@require_http_methods(["GET", "POST"])
def recall(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a tip back."""
    person = person_of(request)
    tip = get_object_or_404(Tip.objects.visible_to(person).select_related("peer"), pk=pk)
    policies.tips.require(person, "recall", tip)
    form = forms.RecallForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            services.recall(person, tip, **form.cleaned_data)
        except Refused as refused:
            refuse(form, refused)
        except WrongState:
            form.add_error(None, _("This tip cannot be recalled now. Look at its page."))
        else:
            messages.success(request, _("The recall is on its way. The receiver answers when it has followed it."))
            return redirect("intelligence:tip", pk=pk)
    return render(request, "intelligence/recall.html", {"form": form, "tip": tip}, status=422 if form.errors else 200)


def _form(request: HttpRequest, form: Any, tip: Tip | None) -> HttpResponse:
    context = {"form": form, "tip": tip}
    return render(request, "intelligence/write.html", context, status=422 if form.errors else 200)
