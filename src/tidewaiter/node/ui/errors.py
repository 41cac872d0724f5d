"""Error pages: what happened, what was kept, what to do. In the language of the page, without database and without
the frame."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """The words of one error."""

    code: int
    title: Text
    happened: Text
    kept: Text
    todo: Text


PAGES = {
    page.code: page
    for page in (
        ErrorPage(
            400,
            _("This request could not be read"),
            _("What the browser sent was incomplete or in a form that this page does not know."),
            _("Nothing was changed. Drafts on this device are still there."),
            _("Go back, load the page again and send it once more."),
        ),
        ErrorPage(
            403,
            _("This is not open to you"),
            _("Your role or your office does not reach this page, or your sign-in has ended."),
            _("Nothing was changed. Drafts on this device are still there."),
            _("Sign in again. If you need this for your work, ask your administrator for the role."),
        ),
        ErrorPage(
            404,
            _("There is nothing at this address"),
            _("The address is wrong, or what stood there is not for your office."),
            _("Nothing was changed."),
            _("Search for the reference, or go back to your first page."),
        ),
        ErrorPage(
            429,
            _("Too many tries"),
            _("There were more tries in a short time than this node allows."),
            _("Nothing was changed. Drafts on this device are still there."),
            _("Wait some minutes, then try again. If it was not you, tell your administrator."),
        ),
        ErrorPage(
            500,
            _("The node could not finish this"),
            _("Something failed inside the node. It was written to the log."),
            _("What you sent was either saved whole or not at all. Drafts on this device are still there."),
            _(
                "Look whether it was saved, then try again. "
                "If it fails again, give the number below to your administrator."
            ),
        ),
    )
}


def error_response(request: HttpRequest, code: int) -> HttpResponse:
    """The page of error `code` (a key of `PAGES`) as a response with that status."""
    context = {"error": PAGES[code], "request_id": getattr(request, "request_id", "")}
    return HttpResponse(render_to_string("ui/error.html", context, request), status=code)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """`handler400`."""
    return error_response(request, 400)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """`handler403`."""
    return error_response(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """`handler404`."""
    return error_response(request, 404)


def failed(request: HttpRequest) -> HttpResponse:
    """`handler500`."""
    return error_response(request, 500)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """`CSRF_FAILURE_VIEW`: the same page as a refusal."""
    return error_response(request, 403)
