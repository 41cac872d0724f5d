"""Signing in and out, and one's own password and settings."""

from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from tidewaiter.node.accounts import services, sessions
from tidewaiter.node.accounts.cookies import carry
from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.forms import PasswordForm, PreferencesForm, SignInForm
from tidewaiter.node.accounts.middleware import open_with_new_password
from tidewaiter.node.accounts.models import Person
from tidewaiter.node.accounts.queries.reading import own_grants
from tidewaiter.node.accounts.requests import address_of, person_of, refuse
from tidewaiter.node.accounts.services.sign_in import Answer, check

_NEXT = REDIRECT_FIELD_NAME


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for username and password, and go on to where the person wanted to go."""
    if isinstance(request.user, Person) and request.method == "GET":
        return redirect(_target(request))
    form = SignInForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_valid():
        found = check(form.cleaned_data["username"], form.cleaned_data["password"], address_of(request))
        if found.person is not None:
            sessions.begin(request, found.person)
            return carry(redirect(_target(request)), found.person)
        status = 429 if found.answer is Answer.TOO_MANY else 422
        form.add_error(None, _words(found.answer))
    context = {"form": form, "next": _given(request), "ended": request.GET.get("ended", "")}
    return render(request, "accounts/sign_in.html", context, status=422 if form.errors and status == 200 else status)


@open_with_new_password
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session, and have the browser forget what it kept of it."""
    sessions.end(request)
    response = redirect("accounts:sign_in")
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


@open_with_new_password
@never_cache
@sensitive_post_parameters("old", "new", "again")
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password."""
    person = person_of(request)
    form = PasswordForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            changed = services.change_password(person, old=form.cleaned_data["old"], new=form.cleaned_data["new"])
        except Refused as refused:
            refuse(form, refused)
        else:
            sessions.renew(request, changed)
            messages.success(request, _("Your password is changed. Your other sessions have ended."))
            return redirect("accounts:preferences")
    context = {"form": form, "first": person.must_change_password}
    return render(request, "accounts/password.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Choose language, theme and keyboard shortcuts."""
    person = person_of(request)
    chosen = {name: getattr(person, name) for name in PreferencesForm.base_fields}
    form = PreferencesForm(request.POST if request.method == "POST" else None, initial=chosen)
    if form.is_valid():
        changed = services.set_preferences(person, **form.cleaned_data)
        with override(changed.language):
            messages.success(request, _("Your settings are saved."))
        return carry(redirect("accounts:preferences"), changed)
    context = {"form": form, "person": person, "grants": own_grants(person)}
    return render(request, "accounts/preferences.html", context, status=422 if form.errors else 200)


def _given(request: HttpRequest) -> str:
    return request.POST.get(_NEXT, "") or request.GET.get(_NEXT, "")


def _target(request: HttpRequest) -> str:
    """Where to go after signing in: an address of this node only."""
    given = _given(request)
    safe = url_has_allowed_host_and_scheme(given, {request.get_host()}, require_https=request.is_secure())
    return given if safe else "/"


def _words(answer: Answer) -> str:
    if answer is Answer.TOO_MANY:
        return _("There were too many attempts from this place. Wait a minute, then try again.")
    return _(
        "This did not work: the username or the password is not right, or the account is closed or paused for some "
        "minutes after several attempts. Check both and try again later, or ask your administrator."
    )
