"""Answers in TAXII 2.1's media type; errors as its error message (section 3.6.1)."""

from typing import Any

from django.http import HttpResponse

from tidewaiter.exchange.objects import canonical

MEDIA_TYPE = "application/taxii+json;version=2.1"


def answer(plain: dict[str, Any], status: int = 200) -> HttpResponse:
    """A resource."""
    return HttpResponse(canonical(plain), status=status, content_type=MEDIA_TYPE, headers={"Cache-Control": "no-store"})


def error(status: int, title: str, code: str = "") -> HttpResponse:
    """An error message; its words are for whoever looks after the other node."""
    plain = {"title": title[:200], "http_status": str(status)}
    return answer(plain | ({"error_code": code} if code else {}), status)
