"""The roster of duty desks, and after how long a tip climbs."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.requests import person_of, refuse
from tidewaiter.node.intelligence import escalation, forms, policies, services
from tidewaiter.node.intelligence.models import DutyShift
from tidewaiter.node.intelligence.queries import pages


@require_http_methods(["GET", "POST"])
def roster(request: HttpRequest) -> HttpResponse:
    """Who is on duty where and when; who keeps the roster adds shifts."""
    person = person_of(request)
    policies.duty.require(person, "enter" if request.method == "POST" else "list")
    form = forms.ShiftForm(policies.duty.offices(person, "enter"), request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            services.enter_shift(person, **form.cleaned_data)
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("The shift is in the roster."))
            return redirect("intelligence:roster")
    context = {**pages.roster_of(person), "form": form, "steps": escalation.steps()}
    return render(request, "intelligence/roster.html", context, status=422 if form.errors else 200)


@require_POST
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a shift out of the roster."""
    person = person_of(request)
    shift = get_object_or_404(DutyShift.objects.visible_to(person), pk=pk)
    services.cancel_shift(person, shift)
    messages.success(request, _("The shift is cancelled."))
    return redirect("intelligence:roster")


@require_http_methods(["GET", "POST"])
def times(request: HttpRequest) -> HttpResponse:
    """Set after how many minutes a tip climbs."""
    person = person_of(request)
    policies.duty.require(person, "set_times")
    known = {target: seconds // 60 for target, seconds in escalation.steps()}
    form = forms.TimesForm(request.POST if request.method == "POST" else None, initial=known)
    if form.is_valid():
        try:
            services.set_times(person, {target: minutes * 60 for target, minutes in form.cleaned_data.items()})
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("The times are set."))
            return redirect("intelligence:roster")
    return render(request, "intelligence/times.html", {"form": form}, status=422 if form.errors else 200)
