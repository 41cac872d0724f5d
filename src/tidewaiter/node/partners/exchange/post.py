"""One signed request to a neighbour's node, over a connection that is kept."""

import http.client
import ssl
from dataclasses import dataclass
from urllib.parse import urlsplit

from tidewaiter.exchange.objects.limits import ENVELOPE_BYTES
from tidewaiter.exchange.signing import Request, Signer, sign_request

MEDIA_TYPE = "application/taxii+json;version=2.1"
SECONDS = 30.0
"""How long an answer may take."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back: the status, None where nobody answered, then ``error`` says why."""

    status: int | None
    body: bytes = b""
    retry_after: str | None = None
    error: str = ""


class Line:
    """A kept connection to one node. Used by one thread at a time."""

    def __init__(self) -> None:
        self._connection: http.client.HTTPConnection | None = None
        self._to = ("", "")

    def post(self, url: str, body: bytes, key: Signer) -> Answered:
        """Send ``body`` and read the answer. A connection that was closed meanwhile is opened once more."""
        fresh = self._connect(url)
        answered = self._ask(url, body, key)
        if answered.status is None and not fresh:
            self.close()
            self._connect(url)
            answered = self._ask(url, body, key)
        if answered.status is None:
            self.close()
        return answered

    def close(self) -> None:
        """Hang up."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def _connect(self, url: str) -> bool:
        parts = urlsplit(url)
        to = (parts.scheme, parts.netloc)
        if self._connection is not None and self._to == to:
            return False
        self.close()
        self._to = to
        host = parts.hostname or ""
        if parts.scheme == "https":
            context = ssl.create_default_context()
            self._connection = http.client.HTTPSConnection(host, parts.port, timeout=SECONDS, context=context)
        else:
            self._connection = http.client.HTTPConnection(host, parts.port, timeout=SECONDS)
        return True

    def _ask(self, url: str, body: bytes, key: Signer) -> Answered:
        request = Request.to("POST", url, body)
        headers = {
            "Host": request.authority,
            "Accept": MEDIA_TYPE,
            "Content-Type": MEDIA_TYPE,
            **sign_request(request, key),
        }
        connection = self._connection
        if connection is None:
            return Answered(None, error="not_reached")
        try:
            connection.request("POST", request.path, body, headers)
            with connection.getresponse() as answer:
                content = answer.read(ENVELOPE_BYTES + 1)
                return Answered(answer.status, content, answer.headers.get("Retry-After"))
        except ssl.SSLError as wrong:
            return Answered(None, error=f"tls:{wrong.reason or type(wrong).__name__}"[:100])
        except (OSError, http.client.HTTPException) as wrong:
            return Answered(None, error=type(wrong).__name__)
