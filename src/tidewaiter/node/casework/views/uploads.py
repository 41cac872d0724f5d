"""Photographs: coming in pieces, and going out as copies."""

import json
import uuid

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.requests import person_of
from tidewaiter.node.casework import files, services
from tidewaiter.node.casework.models import Photograph, Upload
from tidewaiter.node.casework.services.uploads import WrongOffset

_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}


@never_cache
@require_http_methods(["POST"])
def begin(request: HttpRequest) -> JsonResponse:
    """Begin an upload, or say where one that has begun goes on."""
    try:
        values = json.loads(request.body)
        upload = services.begin_upload(
            person_of(request),
            upload_id=uuid.UUID(str(values["id"])),
            control_client_id=uuid.UUID(str(values["control"])),
            size=int(values["size"]),
            sha256=str(values["sha256"]),
            shows=str(values.get("shows", "")),
        )
    except Refused as refused:
        return JsonResponse({"error": refused.message, "field": refused.field}, status=422)
    except (ValueError, KeyError, TypeError, OverflowError):
        return JsonResponse({"error": _("What the phone sent cannot be read.")}, status=400)
    return JsonResponse(_state(upload))


@never_cache
@require_http_methods(["GET", "PUT"])
def piece(request: HttpRequest, pk: uuid.UUID) -> JsonResponse:
    """Take the next piece (PUT, with Upload-Offset), or say how much is here (GET)."""
    actor = person_of(request)
    upload = get_object_or_404(Upload.objects.filter(person=actor), pk=pk)
    if request.method == "GET":
        return JsonResponse(_state(upload))
    offset = request.headers.get("Upload-Offset", "")
    if not offset.isascii() or not offset.isdigit() or len(offset) > 12:
        return JsonResponse({"error": _("What the phone sent cannot be read.")}, status=400)
    try:
        upload = services.receive(actor, upload, int(offset), request.body)
    except WrongOffset as wrong:
        return JsonResponse({"received": wrong.received}, status=409)
    except Refused as refused:
        return JsonResponse({"error": refused.message}, status=422)
    return JsonResponse(_state(upload))


@require_GET
def copy(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The copy of a photograph, without location or other metadata."""
    found = get_object_or_404(Photograph.objects.visible_to(person_of(request)), pk=pk)
    response = HttpResponse(files.place(found.copy).read_bytes(), content_type="image/jpeg")
    return _locked_down(response, "inline", f"{found.pk}.jpg")


@never_cache
@require_GET
def original(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The sealed original, for case officers; each opening is audited."""
    actor = person_of(request)
    found = get_object_or_404(Photograph.objects.visible_to(actor), pk=pk)
    content = services.open_original(actor, found)
    response = HttpResponse(content, content_type=_TYPES[found.format])
    return _locked_down(response, "attachment", f"{found.sha256}.{found.sealed.rsplit('.', 1)[-1]}")


def _locked_down(response: HttpResponse, how: str, name: str) -> HttpResponse:
    """A file that people sent stays a picture: no browser may take it for a page."""
    response["Content-Disposition"] = f'{how}; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response


def _state(upload: Upload) -> dict[str, object]:
    return {
        "id": str(upload.pk),
        "received": upload.received,
        "size": upload.size,
        "done": upload.photograph_id is not None,
        "error": upload.refused,
    }
