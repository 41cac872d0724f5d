"""Pages of the register of rights."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.requests import person_of, refuse
from tidewaiter.node.rights import policies, services
from tidewaiter.node.rights.forms import FilterForm, HolderForm, RightForm
from tidewaiter.node.rights.models import Right, RightHolder

PAGE = 50


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The rights of the register."""
    actor = person_of(request)
    policies.rights.require(actor, "list")
    form = FilterForm(request.GET)
    form.is_valid()
    found = Right.objects.visible_to(actor).in_words(form.cleaned_data.get("q", "")).select_related("holder")
    if form.cleaned_data.get("kind"):
        found = found.of_kind(form.cleaned_data["kind"])
    context = {
        "form": form,
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "may_add": policies.rights.may(actor, "add"),
        "today": timezone.localdate(),
    }
    return render(request, "rights/list.html", context)


@require_GET
def right(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One right, with whom to call and what to look at."""
    actor = person_of(request)
    found = get_object_or_404(Right.objects.visible_to(actor).select_related("holder", "office"), pk=pk)
    context = {
        "right": found,
        "in_force": found.in_force(timezone.localdate()),
        "may_edit": policies.rights.may(actor, "edit", found),
        "may_edit_holder": policies.rights.may(actor, "edit", found.holder),
    }
    return render(request, "rights/right.html", context)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Add a right."""
    actor = person_of(request)
    policies.rights.require(actor, "add")
    form = RightForm(actor, request.POST or None, adding=True, initial={"holder": request.GET.get("holder")})
    made = _saved(form, lambda values: services.add_right(actor, **values))
    if made is None:
        return _form(request, form, _("Add a right"))
    messages.success(request, _("The right is in the register."))
    return redirect("rights:right", pk=made.pk)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Change a right."""
    actor = person_of(request)
    found = get_object_or_404(Right.objects.visible_to(actor), pk=pk)
    policies.rights.require(actor, "edit", found)
    form = RightForm(actor, request.POST or None, initial=RightForm.known(found))
    if _saved(form, lambda values: services.edit_right(actor, found, **values)) is None:
        return _form(request, form, _("Edit the right"))
    messages.success(request, _("The right is saved."))
    return redirect("rights:right", pk=pk)


@require_http_methods(["GET", "POST"])
def add_holder(request: HttpRequest) -> HttpResponse:
    """Add a right holder, and go on to its first right."""
    actor = person_of(request)
    policies.rights.require(actor, "add")
    form = HolderForm(actor, request.POST or None, adding=True)
    made = _saved(form, lambda values: services.add_holder(actor, **values))
    if made is None:
        return _form(request, form, _("Add a right holder"))
    messages.success(request, _("The right holder is in the register. Add its first right."))
    response = redirect("rights:add")
    response["Location"] += f"?holder={made.pk}"
    return response


@require_http_methods(["GET", "POST"])
def edit_holder(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Change a right holder."""
    actor = person_of(request)
    found = get_object_or_404(RightHolder.objects.visible_to(actor), pk=pk)
    policies.rights.require(actor, "edit", found)
    known = {name: getattr(found, name) for name in services.HOLDER_FIELDS}
    form = HolderForm(actor, request.POST or None, initial=known)
    if _saved(form, lambda values: services.edit_holder(actor, found, **values)) is None:
        return _form(request, form, _("Edit the right holder"))
    messages.success(request, _("The right holder is saved."))
    return redirect("rights:list")


def _saved(form: forms.Form, save: Any) -> Any:
    """What the service made; None where the form or the service refuses."""
    if not form.is_valid():
        return None
    try:
        return save(form.cleaned_data)
    except Refused as refused:
        refuse(form, refused)
        return None


def _form(request: HttpRequest, form: forms.Form, heading: str) -> HttpResponse:
    context = {"form": form, "heading": heading}
    return render(request, "rights/form.html", context, status=422 if form.errors else 200)
