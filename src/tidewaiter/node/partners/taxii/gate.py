"""Who may ask anything of the server at all: an active neighbour whose signature holds; in TAXII's media type."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from tidewaiter.exchange.objects import Refused
from tidewaiter.exchange.objects.limits import ENVELOPE_BYTES
from tidewaiter.exchange.signing import Request, VerifiedRequest, verify_request
from tidewaiter.node.logs import logger
from tidewaiter.node.partners.models import Peer
from tidewaiter.node.partners.services.keys import key_ring
from tidewaiter.node.partners.taxii.answers import error

P = ParamSpec("P")
_LOG = logger(__name__)
_NOT_KNOWN = "The request is not signed by a neighbour of this node, or its signature does not hold."


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that may be answered: by whom, how it was signed, and its body."""

    peer: Peer
    signed: VerifiedRequest
    body: bytes


View = Callable[Concatenate[Asked, P], HttpResponse]


def signed(
    view: View[P], *, methods: tuple[str, ...] = ("GET",)
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let only signed requests of active neighbours through. Who is unknown, stopped or wrong gets the same answer."""

    @csrf_exempt
    @login_not_required
    @wraps(view)
    def inner(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method not in methods:
            return error(405, "This method is not answered here.")
        if not _accepts(request.headers.get("Accept", "")):
            return error(406, "Answers are application/taxii+json;version=2.1.")
        body = _body(request)
        if body is None:
            return error(413, f"At most {ENVELOPE_BYTES} bytes are taken at once.")
        asked = _asked(request, body)
        return error(401, _NOT_KNOWN) if asked is None else view(asked, *args, **kwargs)

    return inner


def _asked(request: HttpRequest, body: bytes) -> Asked | None:
    signature = Request(
        method=request.method or "",
        authority=request.get_host(),
        path=request.path,
        query=request.META.get("QUERY_STRING", ""),
        body=body,
        headers={name.lower(): value for name, value in request.headers.items()},
    )
    try:
        verified = verify_request(signature, key_ring())
    except Refused as refused:
        _LOG.warning("request_refused", reason=refused.reason.value, detail=str(refused)[:200])
        return None
    peer = next((one for one in Peer.objects.active() if one.identity == verified.owner), None)
    if peer is None:
        _LOG.warning("request_refused", reason="stopped")
    return None if peer is None else Asked(peer, verified, body)


def _body(request: HttpRequest) -> bytes | None:
    """The body, None where it is too large. It is read here, because a batch may be larger than any form."""
    length = request.headers.get("Content-Length", "0")
    if not length.isdigit() or int(length) > ENVELOPE_BYTES:
        return None
    body = request.read(ENVELOPE_BYTES + 1)
    return body if len(body) <= ENVELOPE_BYTES else None


def _accepts(header: str) -> bool:
    """TAXII 2.1 section 1.6.8.1: the version may be left out, any other is not ours."""
    wanted = {part.split(";q=")[0].strip().replace(" ", "") for part in header.split(",")}
    ours: set[Any] = {"application/taxii+json", "application/taxii+json;version=2.1", "*/*", "application/*"}
    return bool(wanted & ours)


def is_taxii(header: str) -> bool:
    """Whether a body says that it is a TAXII 2.1 envelope."""
    return header.replace(" ", "").lower() in {"application/taxii+json", "application/taxii+json;version=2.1"}


def own_address() -> str:
    """Where this node is reached."""
    return str(settings.CONFIG.own_address)
