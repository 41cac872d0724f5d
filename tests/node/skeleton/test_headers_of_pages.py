"""What every answer carries: its id, a strict content policy, cookies of this administration alone."""

import json
import logging
from http.cookies import SimpleCookie

import pytest
import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory

from tidewaiter.node import middleware
from tidewaiter.node.logs import place_of_error, withhold


def test_each_answer_has_an_id_of_its_own(client: Client) -> None:
    first, second = (client.get("/health/live", headers={"X-Request-ID": "given-by-a-stranger"}) for _ in range(2))
    assert first["X-Request-ID"] != second["X-Request-ID"] != "given-by-a-stranger"
    assert len(first["X-Request-ID"]) == 32


def test_the_id_of_a_trusted_front_is_kept(settings: object) -> None:
    guard = middleware.RequestId(lambda _: HttpResponse())
    guard.trusts_front = True
    request = RequestFactory().get("/", headers={"X-Request-ID": "front-12345678"})
    assert guard(request)["X-Request-ID"] == "front-12345678"
    request = RequestFactory().get("/", headers={"X-Request-ID": "with\tstrange <marks>"})
    assert guard(request)["X-Request-ID"] != "with\tstrange <marks>"


def test_whoever_writes_a_log_line_writes_the_id_too() -> None:
    seen = []

    def answer(_: HttpRequest) -> HttpResponse:
        seen.append(middleware.request_id())
        return HttpResponse()

    response = middleware.RequestId(answer)(RequestFactory().get("/"))
    assert seen == [response["X-Request-ID"]]
    assert middleware.request_id() == ""
    assert structlog.contextvars.get_contextvars() == {}


def test_the_content_policy_is_strict(client: Client) -> None:
    policy = client.get("/health/live")["Content-Security-Policy"]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";") if part.strip())
    assert "unsafe" not in policy
    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == directives["style-src"] == "'self'"
    assert directives["frame-ancestors"] == directives["object-src"] == directives["base-uri"] == "'none'"
    assert directives["connect-src"] == f"'self' {settings.CONFIG.own_live_address}"


def test_other_headers_that_browsers_heed(client: Client) -> None:
    response = client.get("/health/live")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"


def test_cookies_carry_the_administration_and_no_script_reads_them() -> None:
    assert settings.SESSION_COOKIE_NAME == "tw_session_HK"
    assert settings.CSRF_COOKIE_NAME == "tw_csrf_HK"
    from django.middleware.csrf import CsrfViewMiddleware

    def answer(request: HttpRequest) -> HttpResponse:
        get_token(request)
        return HttpResponse()

    cookie = CsrfViewMiddleware(answer)(RequestFactory().get("/")).cookies
    assert isinstance(cookie, SimpleCookie)
    morsel = cookie["tw_csrf_HK"]
    assert (morsel["httponly"], morsel["samesite"]) == (True, "Lax")
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"


def test_an_unknown_host_is_refused(client: Client) -> None:
    assert client.get("/health/live", headers={"host": "evil.example"}).status_code == 400


def test_the_proxys_word_on_the_sender_is_the_last_one() -> None:
    seen = []
    guard = middleware.BehindProxy(lambda request: seen.append(request.META["REMOTE_ADDR"]) or HttpResponse())
    for said in ("6.6.6.6, 10.1.2.3", "::1", "nonsense", ""):
        guard(RequestFactory().get("/", headers={"X-Forwarded-For": said}))
    assert seen == ["10.1.2.3", "::1", "127.0.0.1", "127.0.0.1"]


def test_when_all_fails_a_page_still_says_so_in_four_languages(caplog: pytest.LogCaptureFixture) -> None:
    def answer(_: HttpRequest) -> HttpResponse:
        raise ValueError("Chan Tai Man, 9123 4567")

    with caplog.at_level(logging.ERROR):
        response = middleware.RequestId(middleware.LastResort(answer))(RequestFactory().get("/"))
    text = response.content.decode()
    assert response.status_code == 500
    assert response["X-Request-ID"] in text
    assert all(f'lang="{language}"' in text for language in ("en", "zh-Hant", "zh-Hans", "pt"))
    assert "style=" not in text


def test_a_log_line_tells_no_secret_and_not_what_was_typed() -> None:
    event = withhold(None, "", {"event": "x", "password": "hush", "live_ticket": "t", "phone": "9123", "view": "queue"})
    assert event == {
        "event": "x", "password": "(withheld)", "live_ticket": "(withheld)", "phone": "(withheld)", "view": "queue",
    }  # fmt: skip
    try:
        raise ValueError("Chan Tai Man, 9123 4567")
    except ValueError as wrong:
        told = json.dumps(place_of_error(None, "", {"event": "x", "exc_info": wrong}))
    assert "builtins.ValueError" in told
    assert "test_headers_of_pages.py" in told
    assert "Chan" not in told
