"""Form pages of cases and their parts. Each says what it asks and which service saves it."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from tidewaiter.domain.machines import CASE, RECORD_STATUS
from tidewaiter.node.accounts.models import Person
from tidewaiter.node.accounts.requests import person_of
from tidewaiter.node.casework import policies, services, words
from tidewaiter.node.casework.forms import cases as forms
from tidewaiter.node.casework.models import Case, CaseEvent
from tidewaiter.node.casework.views.steps import Task, answer

_both = require_http_methods(["GET", "POST"])


def case_url(case: Case, part: str = "") -> str:
    """The page of a case, or a part of it."""
    return reverse("casework:case", args=[case.pk]) + (f"#{part}" if part else "")


def case_for(request: HttpRequest, pk: uuid.UUID, action: str) -> tuple[Person, Case]:
    """Who asks, and the case; 404 where the person does not see it, 403 where they see it and may not do this."""
    actor = person_of(request)
    case = get_object_or_404(Case.objects.visible_to(actor).select_related("office"), pk=pk)
    policies.cases.require(actor, action, case)
    return actor, case


@_both
def new_case(request: HttpRequest) -> HttpResponse:
    """Open a case that no control on this node opened."""
    actor = person_of(request)
    policies.cases.require(actor, "edit")
    form = forms.NewCaseForm(actor, request.POST or None)
    return answer(
        request,
        Task(
            heading=_("Open a case"),
            belongs=_("Cases"),
            back=reverse("casework:cases"),
            form=form,
            save=lambda values: services.open_case(actor, **values),
            after=case_url,
            done=_("The case is open."),
            button=_("Open the case"),
            check=True,
        ),
    )


@_both
def edit_case(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Change what is known of a case."""
    actor, case = case_for(request, pk, "edit")
    form = forms.CaseForm(request.POST or None, initial=forms.CaseForm.known(case))
    return answer(
        request,
        Task(
            heading=_("Edit the case"),
            belongs=case.number,
            back=case_url(case),
            form=form,
            save=lambda values: services.edit_case(actor, case, **values),
            done=_("The case is saved."),
            button=_("Save"),
        ),
    )


@_both
def act(request: HttpRequest, pk: uuid.UUID, action: str) -> HttpResponse:
    """Take an action of the case's state machine."""
    actor, case = case_for(request, pk, f"case.{action}")
    return _move(request, actor, case, action, services.change_case, CASE.actions(case.state))


@_both
def change_status(request: HttpRequest, pk: uuid.UUID, action: str) -> HttpResponse:
    """Take an action of the record status."""
    actor, case = case_for(request, pk, f"status.{action}")
    return _move(request, actor, case, action, services.change_status, RECORD_STATUS.actions(case.status))


def _move(request: HttpRequest, actor: Person, case: Case, action: str, service: Any, possible: Any) -> HttpResponse:
    needed = any(one.action == action and one.reason_required for one in possible)
    return answer(
        request,
        Task(
            heading=words.ACTIONS[action],
            belongs=case.number,
            back=case_url(case),
            form=forms.ReasonForm(request.POST if request.method == "POST" else None, needed=needed),
            save=lambda values: service(actor, case, action, reason=values["reason"]),
            done=_("Done, and written into the audit log."),
            button=words.ACTIONS[action],
        ),
    )


@_both
def record_fact(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Record a fact on which clocks depend, such as the service of a notice."""
    actor, case = case_for(request, pk, "record_event")
    first = {"day": timezone.localdate(), "kind": request.GET.get("kind", "notice_served")}
    return answer(
        request,
        Task(
            heading=_("Record a fact on which clocks depend"),
            belongs=case.number,
            back=case_url(case, "clocks"),
            form=forms.EventForm(request.POST or None, initial=first),
            save=lambda values: services.record_event(actor, case, **values),
            done=_("Recorded. The clocks are set anew."),
            button=_("Record"),
            check=True,
        ),
    )


@_both
def void_fact(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Void a fact entered wrongly."""
    actor = person_of(request)
    seen = Case.objects.visible_to(actor)
    event = get_object_or_404(CaseEvent.objects.select_related("case__office"), pk=pk, case__in=seen)
    policies.cases.require(actor, "record_event", event.case)
    return answer(
        request,
        Task(
            heading=_("Void this entry"),
            belongs=f"{event.case.number} · {words.EVENTS[event.kind]}",
            back=case_url(event.case, "clocks"),
            form=forms.ReasonForm(request.POST if request.method == "POST" else None, needed=True),
            save=lambda values: services.void_event(actor, event, **values),
            done=_("Voided. The clocks are set anew."),
            button=_("Void"),
            danger=True,
        ),
    )


@_both
def propose(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Propose what is done with goods."""
    actor, case = case_for(request, pk, "propose_disposal")
    return answer(
        request,
        Task(
            heading=_("Propose a disposal"),
            belongs=case.number,
            back=case_url(case, "disposal"),
            form=forms.DisposalForm(case, request.POST or None),
            save=lambda values: services.propose_disposal(actor, case, **values),
            done=_("Proposed. Another case officer approves it."),
            button=_("Propose"),
            check=True,
        ),
    )


@_both
def add_person(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Add an arrested person to the restricted part."""
    actor = person_of(request)
    case = get_object_or_404(Case.objects.visible_to(actor).select_related("office"), pk=pk)
    policies.restricted.require(actor, "add", case)
    return answer(
        request,
        Task(
            heading=_("Add an arrested person"),
            belongs=case.number,
            back=reverse("casework:persons", args=[case.pk]),
            form=forms.PersonForm(request.POST or None, initial={"arrested_on": timezone.localdate()}),
            save=lambda values: services.add_person(actor, case, **values),
            done=_("Added to the restricted part."),
            button=_("Add"),
            check=True,
        ),
    )
