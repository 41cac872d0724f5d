"""Saved views of the queue."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.requests import person_of
from tidewaiter.node.targeting import policies, services
from tidewaiter.node.targeting.forms import SaveViewForm
from tidewaiter.node.targeting.models import SavedView
from tidewaiter.node.targeting.queries.filters import Choice


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the present view under a name."""
    actor = person_of(request)
    policies.views.require(actor, "save")
    form = SaveViewForm(request.POST)
    query = Choice.of({name: str(value) for name, value in request.POST.items()}).query()
    try:
        if not form.is_valid():
            raise Refused(_("Give the view a name."))
        services.save_view(actor, query=query, office=actor.office, **form.cleaned_data)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("The view %(name)s is kept.") % {"name": form.cleaned_data["name"]})
    return redirect(f"{reverse('targeting:queue')}?{query}")


@require_POST
def share(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one's view to the office, or no longer."""
    actor = person_of(request)
    view = get_object_or_404(SavedView.objects.visible_to(actor), pk=pk)
    services.share_view(actor, view, shared="shared" in request.POST)
    return redirect(f"{reverse('targeting:queue')}?{view.query}")


@require_POST
def delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Delete one's view."""
    actor = person_of(request)
    view = get_object_or_404(SavedView.objects.visible_to(actor), pk=pk)
    services.delete_view(actor, view)
    messages.success(request, _("The view %(name)s is deleted.") % {"name": view.name})
    return redirect("targeting:queue")
