"""The lanes to neighbours: how they do, what was set aside, stopping and resuming."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.requests import person_of, refuse
from tidewaiter.node.partners import policies, services
from tidewaiter.node.partners.forms import ReasonForm
from tidewaiter.node.partners.models import Delivery, Peer
from tidewaiter.node.partners.queries import deliveries
from tidewaiter.node.partners.words import ladder_of


@require_GET
def lanes(request: HttpRequest) -> HttpResponse:
    """All lanes; as a part of the page where it refetches itself."""
    person = person_of(request)
    policies.peers.require(person, "list")
    context = {
        "lanes": deliveries.lanes(person),
        "aside": deliveries.put_aside(person),
        "latest": deliveries.latest(person),
        "not_applied": deliveries.not_applied(person),
    }
    part = "HX-Request" in request.headers
    return render(request, "partners/parts.html" if part else "partners/lanes.html", context)


@require_GET
def delivery(request: HttpRequest, pk: int) -> HttpResponse:
    """One object to one neighbour: its ladder and every receipt."""
    person = person_of(request)
    policies.peers.require(person, "see")
    found = Delivery.objects.visible_to(person).select_related("outbox", "peer")
    one = get_object_or_404(found, pk=pk)
    context = {
        "delivery": one,
        "rungs": ladder_of(one, deliveries.receipts_of(one)),
        "receipts": deliveries.receipts_of(one),
        "may_send_again": policies.peers.may(person, "send_again", one) and one.state == Delivery.State.SET_ASIDE,
    }
    return render(request, "partners/delivery.html", context)


@require_POST
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Put what was set aside back into its lane."""
    person = person_of(request)
    one = get_object_or_404(Delivery.objects.visible_to(person), pk=pk)
    services.send_again(person, one)
    messages.success(request, _("The object waits in its lane again."))
    return redirect("partners:delivery", pk=pk)


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Give up sending what was set aside, with a reason."""
    person = person_of(request)
    one = get_object_or_404(Delivery.objects.visible_to(person).select_related("peer", "outbox"), pk=pk)
    policies.peers.require(person, "withdraw", one)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            services.withdraw(person, one, reason=form.cleaned_data["reason"])
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("The object will not be sent."))
            return redirect("partners:delivery", pk=pk)
    context = {"form": form, "delivery": one}
    return render(request, "partners/withdraw.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, code: str) -> HttpResponse:
    """Stop a lane, with a reason."""
    return _steer(request, code, "stop")


@require_http_methods(["GET", "POST"])
def resume(request: HttpRequest, code: str) -> HttpResponse:
    """Resume a lane, with a reason."""
    return _steer(request, code, "resume")


def _steer(request: HttpRequest, code: str, deed: str) -> HttpResponse:
    person = person_of(request)
    peer = get_object_or_404(Peer.objects.visible_to(person), pk=code)
    policies.peers.require(person, deed, peer)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        act = services.stop if deed == "stop" else services.resume
        try:
            act(person, peer, reason=form.cleaned_data["reason"])
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("The exchange is stopped.") if deed == "stop" else _("The exchange goes on."))
            return redirect("partners:lanes")
    context = {"form": form, "peer": peer, "deed": deed}
    return render(request, "partners/steer.html", context, status=422 if form.errors else 200)
