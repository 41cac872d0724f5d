"""Form pages of the parts of a case: lines, values, exhibits, custody, photographs, disposals."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from tidewaiter.domain.machines import CUSTODY, DISPOSAL, SEIZURE_STAGE
from tidewaiter.node.accounts.models import Person
from tidewaiter.node.accounts.requests import person_of
from tidewaiter.node.casework import policies, services, words
from tidewaiter.node.casework.forms import cases as forms
from tidewaiter.node.casework.forms.exhibits import CustodyForm, ExhibitForm, PhotographForm
from tidewaiter.node.casework.images import MOST_BYTES
from tidewaiter.node.casework.models import Case, Disposal, Exhibit, Photograph, SeizureLine
from tidewaiter.node.casework.views.steps import Task, answer
from tidewaiter.node.casework.views.tasks import case_for, case_url

_both = require_http_methods(["GET", "POST"])


def _part(request: HttpRequest, model: Any, pk: uuid.UUID, action: str) -> tuple[Person, Any]:
    """Who asks, and the part of a case; 404 where the person does not see the case, 403 where they may not do this."""
    actor = person_of(request)
    seen = Case.objects.visible_to(actor)
    found = get_object_or_404(model.objects.select_related("case__office"), pk=pk, case__in=seen)
    policies.cases.require(actor, action, found if model is Disposal else found.case)
    return actor, found


@_both
def add_line(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Add a seizure line."""
    actor, case = case_for(request, pk, "edit")
    return answer(
        request,
        Task(
            heading=_("Add a seizure line"),
            belongs=case.number,
            back=case_url(case, "lines"),
            form=forms.LineForm(actor, request.POST or None),
            save=lambda values: services.add_line(actor, case, **values),
            done=_("The line is added, as suspected."),
            button=_("Add the line"),
            check=True,
        ),
    )


@_both
def edit_line(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Change a seizure line."""
    actor, line = _part(request, SeizureLine, pk, "edit")
    return answer(
        request,
        Task(
            heading=_("Edit the seizure line"),
            belongs=str(line),
            back=case_url(line.case, "lines"),
            form=forms.LineForm(actor, request.POST or None, initial=forms.LineForm.known(line)),
            save=lambda values: services.edit_line(actor, line, **values),
            done=_("The line is saved."),
            button=_("Save"),
        ),
    )


@_both
def void_line(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Void a seizure line."""
    actor, line = _part(request, SeizureLine, pk, "edit")
    return answer(
        request,
        Task(
            heading=_("Void this line"),
            belongs=str(line),
            back=case_url(line.case, "lines"),
            form=forms.ReasonForm(request.POST if request.method == "POST" else None, needed=True),
            save=lambda values: services.void_line(actor, line, **values),
            done=_("The line is void and counts no more."),
            button=_("Void"),
            danger=True,
        ),
    )


@_both
def change_stage(request: HttpRequest, pk: uuid.UUID, action: str) -> HttpResponse:
    """Take an action on the stage of a line."""
    actor, line = _part(request, SeizureLine, pk, f"stage.{action}")
    needed = any(one.action == action and one.reason_required for one in SEIZURE_STAGE.actions(line.stage))
    return answer(
        request,
        Task(
            heading=words.ACTIONS[action],
            belongs=str(line),
            back=case_url(line.case, "lines"),
            form=forms.ReasonForm(request.POST if request.method == "POST" else None, needed=needed),
            save=lambda values: services.change_stage(actor, line, action, **values),
            done=_("Done, and written into the audit log."),
            button=words.ACTIONS[action],
        ),
    )


@_both
def add_value(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Value a line."""
    actor, line = _part(request, SeizureLine, pk, "value")
    return answer(
        request,
        Task(
            heading=_("Value the line"),
            belongs=f"{line} · {line.description}",
            back=case_url(line.case, "values"),
            form=forms.ValueForm(request.POST or None, initial={"valued_on": timezone.localdate()}),
            save=lambda values: services.add_value(actor, line, **values),
            done=_("The value is recorded. An earlier one on the same basis and currency is kept as replaced."),
            button=_("Record the value"),
            check=True,
        ),
    )


@_both
def add_exhibit(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Add an exhibit."""
    actor, case = case_for(request, pk, "add_exhibit")
    return answer(
        request,
        Task(
            heading=_("Add an exhibit"),
            belongs=case.number,
            back=case_url(case, "exhibits"),
            form=ExhibitForm(case, request.POST or None),
            save=lambda values: services.add_exhibit(actor, case, **values),
            after=lambda made: reverse("casework:exhibit", args=[made.pk]),
            done=_("The exhibit is recorded."),
            button=_("Add the exhibit"),
            check=True,
        ),
    )


@_both
def custody(request: HttpRequest, pk: uuid.UUID, action: str) -> HttpResponse:
    """Record a step of custody."""
    actor, exhibit = _part(request, Exhibit, pk, f"custody.{action}")
    needed = any(one.action == action and one.reason_required for one in CUSTODY.actions(exhibit.state))
    form = CustodyForm(
        request.POST or None, initial={"place": exhibit.place}, sealing=action == "seal", reason_needed=needed
    )
    return answer(
        request,
        Task(
            heading=words.ACTIONS[action],
            belongs=str(exhibit),
            back=reverse("casework:exhibit", args=[exhibit.pk]),
            form=form,
            save=lambda values: services.record_custody(actor, exhibit, action, **values),
            done=_("The step is recorded. It cannot be changed any more."),
            button=words.ACTIONS[action],
            note=_("A step of custody is never changed or deleted. A wrong one is followed by a right one."),
            check=True,
        ),
    )


@_both
def add_photograph(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Add a photograph from a desk."""
    actor, case = case_for(request, pk, "add_exhibit")
    wanted = _uuid(request.GET.get("exhibit", ""))
    exhibit = None if wanted is None else case.exhibits.select_related("case").filter(pk=wanted).first()

    def save(values: dict[str, Any]) -> Photograph:
        sent = values["photograph"]
        content = sent.read(MOST_BYTES + 1)
        return services.add_photograph(
            actor, content, client_id=uuid.uuid4(), case=case, exhibit=exhibit, caption=values["caption"]
        )

    return answer(
        request,
        Task(
            heading=_("Add a picture"),
            belongs=case.number if exhibit is None else str(exhibit),
            back=case_url(case, "exhibits") if exhibit is None else reverse("casework:exhibit", args=[exhibit.pk]),
            form=PhotographForm(request.POST or None, request.FILES or None),
            save=save,
            done=_("The picture is sealed."),
            button=_("Add the picture"),
        ),
    )


@_both
def change_disposal(request: HttpRequest, pk: uuid.UUID, action: str) -> HttpResponse:
    """Take an action on a disposal."""
    actor, disposal = _part(request, Disposal, pk, f"disposal.{action}")
    needed = any(one.action == action and one.reason_required for one in DISPOSAL.actions(disposal.state))
    posted = request.POST if request.method == "POST" else None
    carried_out = action == "carry_out"
    form = forms.CarryOutForm(posted) if carried_out else forms.ReasonForm(posted, needed=needed)
    return answer(
        request,
        Task(
            heading=words.ACTIONS[action],
            belongs=f"{disposal.case.number} · {words.of_list('disposal_outcome', disposal.outcome)}",
            back=case_url(disposal.case, "disposal"),
            form=form,
            save=lambda values: services.change_disposal(actor, disposal, action, **values),
            done=_("Done, and written into the audit log."),
            button=words.ACTIONS[action],
            check=carried_out,
        ),
    )


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
