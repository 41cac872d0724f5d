"""A new ticket for a page that has been open for long."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tidewaiter.node.live import services


@never_cache
@require_safe
@login_required
def listen(request: HttpRequest) -> JsonResponse:
    """Give the address of the live stream with a fresh ticket."""
    return JsonResponse({"address": services.address(request.user)})
