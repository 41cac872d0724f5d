"""The node's door: leads each person to the first page of their work."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tidewaiter.node.ui.frame import frame


@never_cache
@require_safe
def first_page(request: HttpRequest) -> HttpResponse:
    """Go to the first line of the person's navigation; who has no role yet, to their own settings."""
    entries = frame(request)["frame"].entries
    return redirect(entries[0][0].url if entries else "accounts:preferences")
