"""Language, theme and keys of one browser; the gallery of components."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from tidewaiter.node.ui import gallery as shown
from tidewaiter.node.ui.languages import TAGS

_YEAR = 365 * 24 * 3600
_THEMES = ("light", "dark", "auto")


@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Keep a language, a theme or the keys in a cookie and go back. Unknown values change nothing."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    language, theme, keys = (request.POST.get(name, "") for name in ("language", "theme", "keys"))
    if language in TAGS:
        own = "zh-hant-mo" if language == "zh-hant" and settings.CONFIG.administration == "MO" else language
        _keep(response, settings.LANGUAGE_COOKIE_NAME, own)
    if theme in _THEMES:
        _keep(response, "tw_theme", theme)
    if keys in {"on", "off"}:
        _keep(response, "tw_keys", keys)
    return response


def _keep(response: HttpResponse, name: str, value: str) -> None:
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(name, value, max_age=_YEAR, secure=secure, httponly=True, samesite="Lax")


@require_safe
def counts(request: HttpRequest) -> HttpResponse:
    """The counts of the navigation, each for its place on the page that asks: nothing else of it moves."""
    return render(request, "ui/counts.html")


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state, with invented content."""
    return render(request, "ui/gallery/index.html", shown.components(request))


@require_safe
def sample(request: HttpRequest, sample: str) -> HttpResponse:
    """A whole page with invented content: queue, board, step, paper, sign-in."""
    if sample not in shown.SAMPLES:
        raise Http404(sample)
    template, context = shown.SAMPLES[sample]
    return render(request, template, context(request))
