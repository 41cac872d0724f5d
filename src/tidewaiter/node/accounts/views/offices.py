"""The tree of offices."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tidewaiter.node.accounts import policies, services
from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.forms import OfficeForm, RenameOfficeForm
from tidewaiter.node.accounts.models import Office
from tidewaiter.node.accounts.requests import person_of, refuse


@require_GET
def offices(request: HttpRequest) -> HttpResponse:
    """All offices of the administration, as a tree."""
    actor = person_of(request)
    rows = [
        {"office": office, "may_rename": bool(office.own_names) and policies.offices.may(actor, "rename", office)}
        for office in Office.objects.visible_to(actor).select_related("parent")
    ]
    return render(request, "accounts/offices.html", {"rows": rows, "may_add": policies.offices.may(actor, "add")})


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Add an own office."""
    actor = person_of(request)
    policies.offices.require(actor, "add")
    form = OfficeForm(actor, request.POST if request.method == "POST" else None)
    if form.is_valid():
        wanted = form.cleaned_data
        try:
            services.add_office(actor, parent=wanted["parent"], code=wanted["code"], names=form.names)
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("The office is added."))
            return redirect("accounts:offices")
    return render(request, "accounts/office_form.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def rename(request: HttpRequest, code: str) -> HttpResponse:
    """Give an own office other names."""
    actor = person_of(request)
    office = get_object_or_404(Office.objects.visible_to(actor), pk=code)
    policies.offices.require(actor, "rename", office)
    known = {f"name_{tag.lower().replace('-', '_')}": name for tag, name in office.own_names.items()}
    form = RenameOfficeForm(request.POST if request.method == "POST" else None, initial=known)
    if form.is_valid():
        try:
            services.rename_office(actor, office, names=form.names, reason=form.cleaned_data["reason"])
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("The office is renamed."))
            return redirect("accounts:offices")
    context = {"form": form, "office": office}
    return render(request, "accounts/office_form.html", context, status=422 if form.errors else 200)
