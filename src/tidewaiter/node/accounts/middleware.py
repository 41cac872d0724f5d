"""The gate: nobody comes in unless a view says so, sessions end in time, a one-time password is changed first."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from tidewaiter.node.accounts import sessions
from tidewaiter.node.accounts.cookies import KEYS, THEME
from tidewaiter.node.accounts.models import Person
from tidewaiter.node.accounts.roles import Language, Theme
from tidewaiter.node.accounts.services import set_preferences

_SWITCHES = "ui:preferences"
"""The view behind the switches of every page, which knows cookies but no people."""

View = Callable[..., HttpResponseBase]


def open_with_new_password(view: View) -> View:
    """Mark a view that is open to who still has a one-time password."""
    view.open_with_new_password = True  # type: ignore[attr-defined]
    return view


class Gate:
    """Default deny for pages: put it right behind AuthenticationMiddleware and the person's language.

    A view is open to who is not signed in only when marked with ``django.contrib.auth.decorators.login_not_required``.
    """

    def __init__(self, answer: View) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request; whoever is signed in gets pages that no cache keeps."""
        response = self.answer(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store, private"
        match = request.resolver_match
        if request.method == "POST" and match is not None and match.view_name == _SWITCHES:
            _remember(request, response)
        return response

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Let the request through, or send it to where it must go first."""
        match = request.resolver_match
        is_open = not getattr(view, "login_required", True) or (match is not None and match.view_name == _SWITCHES)
        ended = ""
        if isinstance(request.user, Person) and (ended := sessions.overdue(request)):
            sessions.end(request, reason=ended)
        if not request.user.is_authenticated:
            return None if is_open else _go(request, _sign_in_address(request, ended))
        if request.user.must_change_password and not is_open and not getattr(view, "open_with_new_password", False):
            return _go(request, reverse("accounts:password"))
        return None


def _remember(request: HttpRequest, response: HttpResponseBase) -> None:
    """Keep with the person what that view has put into cookies; what it refused is not there."""
    if not isinstance(request.user, Person):
        return
    chosen = {name: morsel.value for name, morsel in response.cookies.items()}
    wishes: dict[str, str | bool] = {}
    if (language := chosen.get(settings.LANGUAGE_COOKIE_NAME, "")) in Language.values:
        wishes["language"] = language
    if (theme := chosen.get(THEME, "")) in Theme.values:
        wishes["theme"] = theme
    if KEYS in chosen:
        wishes["shortcuts"] = chosen[KEYS] == "on"
    if wishes:
        set_preferences(request.user, **wishes)


def _sign_in_address(request: HttpRequest, ended: str) -> str:
    """Where to sign in, and afterwards back to the page; a part of a page leads back to the whole page."""
    part_of = request.headers.get("HX-Current-URL") if "HX-Request" in request.headers else None
    back = part_of or (request.get_full_path() if request.method == "GET" else "")
    query = {REDIRECT_FIELD_NAME: back} if back and back != "/" else {}
    if ended:
        query["ended"] = ended
    return reverse("accounts:sign_in") + (f"?{urlencode(query)}" if query else "")


def _go(request: HttpRequest, address: str) -> HttpResponseBase:
    """Redirect the page; a part of a page asks its browser to move the whole page."""
    if "HX-Request" in request.headers:
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)
