"""People and their roles, for administrators; auditors look on."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from tidewaiter.node.accounts import policies, services
from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.forms import EditPersonForm, PersonForm, SearchForm
from tidewaiter.node.accounts.models import Person
from tidewaiter.node.accounts.queries import reading
from tidewaiter.node.accounts.requests import person_of, refuse

PAGE = 50


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """The people whom one may see."""
    actor = person_of(request)
    policies.people.require(actor, "list")
    form = SearchForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {"q": "", "closed": False}
    found = Person.objects.visible_to(actor).listed(wanted["q"], closed=wanted["closed"])
    context = {
        "form": form,
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "may_create": policies.people.may(actor, "create"),
    }
    return render(request, "accounts/people.html", context)


@require_GET
def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One person: facts, roles, attempts to sign in, and what may be done."""
    actor = person_of(request)
    subject = get_object_or_404(Person.objects.visible_to(actor).select_related("office"), pk=pk)
    policies.people.require(actor, "see", subject)
    return render(request, "accounts/person.html", reading.page_of(actor, subject))


@never_cache
@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Create an account, and show its one-time password once."""
    actor = person_of(request)
    policies.people.require(actor, "create")
    first = {"office": actor.office_id, "language": actor.language}
    form = PersonForm(actor, request.POST if request.method == "POST" else None, initial=first)
    if form.is_valid():
        try:
            made, password = services.create_person(actor, **form.cleaned_data)
        except Refused as refused:
            refuse(form, refused)
        else:
            return render(request, "accounts/one_time.html", {"subject": made, "password": password, "created": True})
    return render(request, "accounts/create.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change name, staff number, office or language of a person."""
    actor = person_of(request)
    subject = get_object_or_404(Person.objects.visible_to(actor), pk=pk)
    policies.people.require(actor, "edit", subject)
    names = ("name_latin", "name_han", "staff_number", "language")
    known = {name: getattr(subject, name) for name in names} | {"office": subject.office_id}
    form = EditPersonForm(actor, request.POST if request.method == "POST" else None, initial=known)
    if form.is_valid():
        try:
            services.edit_person(actor, subject, **form.cleaned_data)
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("The account is saved."))
            return redirect("accounts:person", pk=pk)
    context = {"form": form, "subject": subject}
    return render(request, "accounts/edit.html", context, status=422 if form.errors else 200)
