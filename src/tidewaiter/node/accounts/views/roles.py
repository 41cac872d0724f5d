"""What an administrator does to an account with a reason: roles, closing, opening, one-time passwords."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tidewaiter.node.accounts import policies, services
from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.forms import GrantForm, ReasonForm
from tidewaiter.node.accounts.models import Person, RoleGrant
from tidewaiter.node.accounts.requests import person_of, refuse


@dataclass(frozen=True, slots=True)
class Deed:
    """One deed on an account that needs a reason: its service, and its words. The service may give a password."""

    action: str
    do: Callable[..., Any]
    heading: Promise | str
    about: Promise | str
    button: Promise | str
    done: Promise | str = ""


RESET_PASSWORD = Deed(
    "reset_password",
    services.reset_password,
    gettext_lazy("Give a one-time password"),
    gettext_lazy("The present password stops working and all sessions of this person end."),
    gettext_lazy("Give a one-time password"),
)
DEACTIVATE = Deed(
    "deactivate",
    services.deactivate,
    gettext_lazy("Close the account"),
    gettext_lazy("The person cannot sign in any longer and all sessions end. Records and audit log stay as they are."),
    gettext_lazy("Close the account"),
    gettext_lazy("The account is closed."),
)
ACTIVATE = Deed(
    "activate",
    services.activate,
    gettext_lazy("Open the account again"),
    gettext_lazy("The person can sign in again, with a one-time password and with the roles that have not ended."),
    gettext_lazy("Open the account"),
)


@never_cache
@require_http_methods(["GET", "POST"])
def with_reason(request: HttpRequest, pk: UUID, deed: Deed) -> HttpResponse:
    """Ask why, do it, and show the one-time password where there is one."""
    actor = person_of(request)
    subject = get_object_or_404(Person.objects.visible_to(actor), pk=pk)
    policies.people.require(actor, deed.action, subject)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            password = deed.do(actor, subject, **form.cleaned_data)
        except Refused as refused:
            refuse(form, refused)
        else:
            if isinstance(password, str):
                return render(request, "accounts/one_time.html", {"subject": subject, "password": password})
            messages.success(request, str(deed.done))
            return redirect("accounts:person", pk=pk)
    context = {"form": form, "subject": subject, "deed": deed}
    return render(request, "accounts/with_reason.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def grant(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a person a role."""
    actor = person_of(request)
    subject = get_object_or_404(Person.objects.visible_to(actor), pk=pk)
    policies.people.require(actor, "grant", subject)
    form = GrantForm(actor, request.POST if request.method == "POST" else None, initial={"office": subject.office_id})
    if form.is_valid():
        try:
            services.grant_role(actor, subject, **form.cleaned_data)
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("The role is granted."))
            return redirect("accounts:person", pk=pk)
    context = {"form": form, "subject": subject}
    return render(request, "accounts/grant.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def revoke(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End a role of a person."""
    actor = person_of(request)
    given = get_object_or_404(RoleGrant.objects.visible_to(actor).select_related("person", "office"), pk=pk)
    policies.people.require(actor, "revoke", given)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            services.revoke_role(actor, given, **form.cleaned_data)
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("The role is revoked."))
            return redirect("accounts:person", pk=given.person_id)
    context = {"form": form, "subject": given.person, "grant": given}
    return render(request, "accounts/revoke.html", context, status=422 if form.errors else 200)
