"""HTTP message signatures (RFC 9421) on every request between nodes: who asks, for exactly what, and once.

We use one narrow form: one signature named ``tw`` over method, authority, path, query and content digest (RFC 9530),
with ``created``, ``nonce``, ``keyid``, ``alg`` and ``tag``. Anything else is refused.
"""

import base64
import binascii
import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from tidewaiter.exchange.refusal import Reason, Refused
from tidewaiter.exchange.signing.keys import KeyRing, Signer

COMPONENTS = ("@method", "@authority", "@path", "@query", "content-digest")
PARAMETERS = ("created", "nonce", "keyid", "alg", "tag")
SKEW = timedelta(seconds=60)
"""How far the clocks of two nodes may differ. A nonce is to be remembered for twice as long."""
_LABEL = "tw"
_TAG = "customs-exchange"
_LONGEST = 1_000
_INPUT = re.compile(
    r'tw=(\(("[a-z@-]+"(?: "[a-z@-]+")*)\)((?:;[a-z]+=(?:\d{1,12}|"[A-Za-z0-9_.:-]{1,100}"))+))', re.ASCII
)
_SIGNATURE = re.compile(r"tw=:([A-Za-z0-9+/]{86}==):", re.ASCII)
_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, kw_only=True)
class Request:
    """A request as it stands on the wire: ``path`` and ``query`` still percent-encoded, header names in lower case."""

    method: str
    authority: str
    path: str
    query: str = ""
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def to(cls, method: str, url: str, body: bytes = b"") -> "Request":
        """The request that a client is about to send to that address."""
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
        host = f"[{host}]" if ":" in host else host
        usual = parts.port is None or parts.port == _DEFAULT_PORTS.get(parts.scheme)
        authority = host if usual else f"{host}:{parts.port}"
        return cls(method=method, authority=authority, path=parts.path or "/", query=parts.query, body=body)


@dataclass(frozen=True)
class VerifiedRequest:
    """Who signed a request with which key and when. ``replay_key`` must not have been seen before: the caller keeps it
    at least until ``remember_until`` and refuses it the second time, in one atomic step.
    """

    owner: str
    key_id: str
    created: datetime
    nonce: str
    replay_key: str
    remember_until: datetime


def sign_request(
    request: Request, key: Signer, *, created: datetime | None = None, nonce: str | None = None
) -> dict[str, str]:
    """The headers to send along: Content-Digest, Signature-Input, Signature."""
    moment = int((created or datetime.now(UTC)).timestamp())
    digest = content_digest(request.body)
    names = " ".join(f'"{name}"' for name in COMPONENTS)
    params = (
        f'({names});created={moment};nonce="{nonce or secrets.token_urlsafe(18)}";keyid="{key.key_id}"'
        f';alg="ed25519";tag="{_TAG}"'
    )
    signature = key.sign(signature_base(_covered(request, digest), params))
    return {
        "Content-Digest": digest,
        "Signature-Input": f"{_LABEL}={params}",
        "Signature": f"{_LABEL}=:{base64.b64encode(signature).decode('ascii')}:",
    }


def verify_request(request: Request, keys: KeyRing, now: datetime | None = None) -> VerifiedRequest:
    """Check digest, time, key and signature. Raises Refused; whether the nonce is new the caller must ask."""
    moment = now or datetime.now(UTC)
    digest = _header(request, "content-digest")
    if not hmac.compare_digest(digest.encode(), content_digest(request.body).encode()):
        raise Refused(Reason.BAD_SIGNATURE, "the body is not the one that was signed", "Content-Digest")
    given = _INPUT.fullmatch(_header(request, "signature-input"))
    if given is None:
        raise Refused(Reason.BAD_FORMAT, "one signature named tw is expected, in the agreed form", "Signature-Input")
    params, names = given[1], tuple(given[2].replace('"', "").split(" "))
    told = [one.partition("=") for one in given[3][1:].split(";")]
    if names != COMPONENTS or tuple(name for name, _, _ in told) != PARAMETERS:
        raise Refused(Reason.BAD_FORMAT, "other components or parameters than agreed", "Signature-Input")
    values = {name: value.strip('"') for name, _, value in told}
    if values["alg"] != "ed25519" or values["tag"] != _TAG or not values["created"].isdigit():
        raise Refused(Reason.UNKNOWN_VALUE, "another algorithm or use than agreed", "Signature-Input")
    created = _moment(values["created"])
    if abs(created - moment) > SKEW:
        words = f"created {created:%Y-%m-%d %H:%M:%S} UTC, which is more than {SKEW.seconds} seconds from now here"
        raise Refused(Reason.CLOCK_SKEW, words, "Signature-Input")
    key = keys.find(values["keyid"], moment)
    if not key.verify(_signature(request), signature_base(_covered(request, digest), params)):
        raise Refused(Reason.BAD_SIGNATURE, "the signature does not hold", "Signature")
    replay_key = hashlib.sha256(f"{key.key_id} {values['nonce']}".encode()).hexdigest()
    return VerifiedRequest(key.owner, key.key_id, created, values["nonce"], replay_key, created + 2 * SKEW)


def content_digest(body: bytes) -> str:
    """The Content-Digest header of a body (RFC 9530), SHA-256."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode('ascii')}:"


def signature_base(covered: Sequence[tuple[str, str]], params: str) -> bytes:
    """What is signed (RFC 9421 section 2.5): each component on its line, then the signature's parameters."""
    lines = [f'"{name}": {value}' for name, value in covered]
    return "\n".join([*lines, f'"@signature-params": {params}']).encode("ascii", "strict")


def _covered(request: Request, digest: str) -> list[tuple[str, str]]:
    values = (request.method.upper(), request.authority.lower(), request.path, f"?{request.query}", digest)
    for value in values:
        if not value.isascii() or "\n" in value or "\r" in value:
            raise Refused(Reason.BAD_FORMAT, "a request line holds ASCII alone")
    return list(zip(COMPONENTS, values, strict=True))


def _moment(seconds: str) -> datetime:
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        raise Refused(Reason.BAD_FORMAT, "created is no moment of the calendar", "Signature-Input") from None


def _header(request: Request, name: str) -> str:
    value = request.headers.get(name)
    if not value or len(value) > _LONGEST or not value.isascii():
        raise Refused(Reason.MISSING, "is missing or too long: the request is not signed", name.title())
    return value


def _signature(request: Request) -> bytes:
    given = _SIGNATURE.fullmatch(_header(request, "signature"))
    if given is None:
        raise Refused(Reason.BAD_FORMAT, "one signature of 64 bytes is expected", "Signature")
    try:
        return base64.b64decode(given[1], validate=True)
    except binascii.Error:
        raise Refused(Reason.BAD_FORMAT, "no base64", "Signature") from None
