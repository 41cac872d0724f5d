"""The service worker, with the exact list of what it keeps."""

import hashlib
import json
from functools import cache
from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

KEPT = (
    "vendor/bootstrap.min.css",
    "vendor/htmx.min.js",
    *(
        f"ui/{name}.css"
        for name in (
            "fonts", "tokens", "base", "frame", "marks", "queue", "clocks", "figures", "records", "forms", "messages",
            "charts", "phone", "print",
        )
    ),
    *(f"ui/{name}.js" for name in ("theme", "start", "toasts", "keyboard", "forms", "live", "scroll", "words")),
    "ui/icons.svg",
    "ui/logo.svg",
    "casework/phone.css",
    *(f"casework/{name}.js" for name in ("kept", "sending", "steps", "tasks", "leaving")),
)  # fmt: skip
"""All static files that the worker keeps, and nothing else; fonts fall back to those of the phone."""


@never_cache
@login_not_required
@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """Give the worker; it holds names of files and no data, so that it needs nobody signed in."""
    settings = {
        "version": version(),
        "files": [static(name) for name in KEPT if finders.find(name)],
        "pages": [reverse("casework:tasks"), reverse("casework:new_control")],
        "session": reverse("casework:session"),
        "signOut": reverse("accounts:sign_out"),
    }
    text = f"const KEPT = {json.dumps(settings)};\n{_source()}"
    response = HttpResponse(text, content_type="text/javascript; charset=utf-8")
    # Signing out is a page of another app; the worker sees it go by and wipes what the phone keeps.
    response["Service-Worker-Allowed"] = "/"
    return response


@cache
def version() -> str:
    """A digest of all that is kept: another version of the node brings another worker."""
    digest = hashlib.sha256(_source().encode())
    for name in KEPT:
        found = finders.find(name)
        if isinstance(found, str):
            digest.update(Path(found).read_bytes())
    return digest.hexdigest()[:16]


@cache
def _source() -> str:
    return (Path(__file__).parent.parent / "static" / "casework" / "worker.js").read_text(encoding="utf-8")
