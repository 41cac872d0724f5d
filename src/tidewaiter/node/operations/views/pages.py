"""Operations, one operation, and what past ones published."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from tidewaiter.node.accounts.requests import person_of
from tidewaiter.node.operations import policies
from tidewaiter.node.operations.models import Operation, PublishedResult
from tidewaiter.node.operations.queries import page


@require_GET
def operations(request: HttpRequest) -> HttpResponse:
    """All operations, latest first."""
    person = person_of(request)
    policies.operations.require(person, "list")
    context = {
        "rows": list(Operation.objects.visible_to(person).prefetch_related("parties")),
        "may_plan": policies.operations.may(person, "plan", Operation()),
    }
    return render(request, "operations/operations.html", context)


@require_GET
def operation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One operation: plan, lanes, who agreed, tasks, reports, figures, how it ended."""
    person = person_of(request)
    policies.operations.require(person, "see")
    found = get_object_or_404(Operation.objects.visible_to(person), pk=pk)
    return render(request, "operations/operation.html", page.of(person, found))


@require_GET
def history(request: HttpRequest) -> HttpResponse:
    """What administrations published on past operations, with source and basis."""
    person = person_of(request)
    policies.operations.require(person, "list")
    return render(request, "operations/history.html", {"rows": list(PublishedResult.objects.visible_to(person))})
