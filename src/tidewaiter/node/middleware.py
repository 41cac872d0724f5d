"""What surrounds every page: an id for the request, its line in the log, the person's language, a last-resort page."""

import ipaddress
import re
import time
import uuid
from collections.abc import Callable
from contextlib import suppress

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation

from tidewaiter.node.errors import last_resort
from tidewaiter.node.logs import logger

Answer = Callable[[HttpRequest], HttpResponseBase]

_GIVEN_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


def request_id() -> str:
    """Give the id of the request that is being answered; empty outside of one."""
    return str(structlog.contextvars.get_contextvars().get("request_id", ""))


class BehindProxy:
    """Takes the sender's address from what the proxy in front adds at the end of X-Forwarded-For."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request; an address that is none leaves that of the proxy."""
        nearest = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        with suppress(ValueError):
            request.META["REMOTE_ADDR"] = str(ipaddress.ip_address(nearest))
        return self.answer(request)


class RequestId:
    """Gives each request an id, shows it in X-Request-ID, and writes one line of log when it is answered."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.log = logger("tidewaiter.node.requests")
        self.trusts_front = settings.CONFIG.behind_proxy == "yes"

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        given = request.headers.get("X-Request-ID", "")
        own = given if self.trusts_front and _GIVEN_ID.fullmatch(given) else uuid.uuid4().hex
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=own)
        request.request_id = own  # type: ignore[attr-defined]
        start = time.perf_counter()
        response = self.answer(request)
        match = request.resolver_match
        self.log.info(
            "answered",
            method=request.method,
            view=match.view_name if match else "",
            status=response.status_code,
            milliseconds=round((time.perf_counter() - start) * 1000, 1),
        )
        response["X-Request-ID"] = own
        structlog.contextvars.clear_contextvars()
        return response


class LastResort:
    """Answers when even the page that says that something went wrong cannot be made."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.log = logger("tidewaiter.node.errors")

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request, with plain words when all else failed."""
        try:
            return self.answer(request)
        except Exception:
            self.log.exception("page_failed_twice")
            return last_resort(request_id())

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Write the error into the log; Django goes on to the page that says so."""
        self.log.error("page_failed", exc_info=error, method=request.method)
        return None


class PersonsLanguage:
    """Speaks the language that the signed-in person chose, and names the person, by id, in the log."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request in the person's language."""
        if request.user.is_authenticated:
            structlog.contextvars.bind_contextvars(person=str(request.user.pk))
            chosen = getattr(request.user, "language", "")
            if chosen in dict(settings.LANGUAGES):
                translation.activate(chosen)
                request.LANGUAGE_CODE = chosen
        return self.answer(request)
