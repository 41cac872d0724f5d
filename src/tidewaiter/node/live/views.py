"""A new ticket for a page that has been open for long."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tidewaiter.node.accounts.models import Person
from tidewaiter.node.live import services


@never_cache
@require_safe
def listen(request: HttpRequest) -> JsonResponse:
    """Give the address of the live stream with a fresh ticket."""
    if not isinstance(request.user, Person):
        raise PermissionDenied
    return JsonResponse({"address": services.address(request.user)})
