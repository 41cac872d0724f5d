"""Pages with a longer form: a plan, a task, a report."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.models import Person
from tidewaiter.node.accounts.requests import person_of, refuse
from tidewaiter.node.operations import policies, services
from tidewaiter.node.operations.forms import DayForm, OfficeDayForm, PlanForm, TaskForm, initial_of
from tidewaiter.node.operations.models import Operation
from tidewaiter.node.operations.queries import reporting


def _shown(request: HttpRequest, template: str, form: Any, **more: Any) -> HttpResponse:
    return render(request, f"operations/{template}.html", {"form": form, **more}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Plan an operation."""
    person = person_of(request)
    policies.operations.require(person, "plan", Operation())
    form = PlanForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = services.plan(person, form.entry)
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("The plan is sent to all who take part."))
            return redirect(made)
    return _shown(request, "plan", form)


@require_http_methods(["GET", "POST"])
def amend(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a plan before it starts."""
    person, operation = _found(request, pk)
    policies.operations.require(person, "amend", operation)
    given = request.POST if request.method == "POST" else None
    form = PlanForm(given, operation=operation, initial=initial_of(operation))
    if form.is_valid():
        try:
            services.amend(person, operation, form.entry, reason=form.cleaned_data["reason"])
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("The amended plan is sent to all who take part."))
            return redirect(operation)
    return _shown(request, "plan", form, operation=operation)


@require_http_methods(["GET", "POST"])
def task(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give an office a task."""
    person, operation = _found(request, pk)
    policies.offices.require(person, "task")
    form = TaskForm(person, operation, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            _give(person, operation, form)
        except Refused as refused:
            refuse(form, refused)
        else:
            sent = _("The office has the task.") if form.own_office else _("The task is sent to the neighbour.")
            messages.success(request, sent)
            return redirect(operation)
    return _shown(request, "task", form, operation=operation)


def _give(person: Person, operation: Operation, form: TaskForm) -> None:
    held = dict(form.cleaned_data)
    code = held.pop("office")
    if form.own_office is None:
        services.propose(person, operation, code, **held)
    else:
        services.task(person, operation, form.own_office, **held)


@require_http_methods(["GET", "POST"])
def office_report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Report the day of an office."""
    person, operation = _found(request, pk)
    policies.offices.require(person, "report")
    initial = {"day": operation.today(), "office": person.office_id}
    form = OfficeDayForm(person, request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        held = form.cleaned_data
        try:
            services.report_office(person, operation, held["office"], held["day"], words=held["words"])
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("The day is reported."))
            return redirect(operation)
    return _shown(request, "day", form, operation=operation)


@require_http_methods(["GET", "POST"])
def situation_report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Release the administration's report of a day."""
    person, operation = _found(request, pk)
    policies.operations.require(person, "release", operation)
    day = reporting.due_day(operation)
    form = DayForm(request.POST if request.method == "POST" else None, initial={"day": day})
    if form.is_valid():
        try:
            services.release_report(person, operation, form.cleaned_data["day"], words=form.cleaned_data["words"])
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("The report is released to all who take part."))
            return redirect(operation)
    missing = reporting.missing_offices(operation, day)
    return _shown(request, "day", form, operation=operation, missing=missing, released=True)


def _found(request: HttpRequest, pk: UUID) -> tuple[Person, Operation]:
    person = person_of(request)
    return person, get_object_or_404(Operation.objects.visible_to(person), pk=pk)
