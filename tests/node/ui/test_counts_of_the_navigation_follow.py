"""The counts beside the sections follow what happens, told by the stream or polled for, and nothing else moves."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client
from playwright.sync_api import Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from tidewaiter.node.ui import frame

in_a_browser = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]
PAGE = "/accounts/settings/"


class Harbour:
    """An app of its own, whose count changes by itself."""

    waiting = 3

    def provide(self, _request: HttpRequest) -> frame.Contribution:
        entries = (
            frame.Entry(label="Queue", url="/queue/", icon="queue", order=10, count=self.waiting, live="queue"),
            frame.Entry(label="Tips", url="/tips/", icon="tip", order=20, count=None, live="tips tip"),
            frame.Entry(label="Runs", url="/runs/", icon="again", order=30, count=7),
        )
        return frame.Contribution(entries=entries, live=self.stream)

    stream = ""


@pytest.fixture
def harbour() -> Harbour:
    app = Harbour()
    frame.register("harbour", app.provide)
    return app


def test_a_page_says_after_what_its_counts_change(officer: Client, harbour: Harbour) -> None:
    page = officer.get(PAGE).content.decode()
    assert 'data-live="queue tips tip" hx-get="/ui/counts"' in page
    assert '<span class="n" id="tw-n-queue">3</span>' in page
    assert '<span class="n" id="tw-n-tips"></span>' in page


def test_counts_come_each_for_its_place(officer: Client, harbour: Harbour) -> None:
    harbour.waiting = 1234
    answer = officer.get("/ui/counts").content.decode()
    assert '<span id="tw-n-queue" hx-swap-oob="innerHTML">1,234</span>' in answer
    assert '<span id="tw-n-tips" hx-swap-oob="innerHTML"></span>' in answer
    assert "runs" not in answer


@pytest.mark.django_db
def test_nobody_gets_no_counts(harbour: Harbour) -> None:
    assert Client().get("/ui/counts").status_code == 302


def test_without_counts_nothing_is_asked_for(officer: Client) -> None:
    assert "/ui/counts" not in officer.get(PAGE).content.decode()


class TestInABrowser:
    """On an open page."""

    pytestmark = in_a_browser

    @pytest.fixture
    def page(self, desk: Any, live_server: LiveServer, officer: Client, harbour: Harbour) -> Callable[[], Page]:
        def opened() -> Page:
            page: Page = desk.open(officer, live_server.url)
            page.clock.install()
            page.route("**/live/events*", self._tell)
            page.goto(f"{live_server.url}{PAGE}")
            return page

        return opened

    def _tell(self, route: Route) -> None:
        route.fulfill(content_type="text/event-stream", body='data: {"id": 1, "topic": "queue"}\n\n')

    def test_they_are_polled_for_without_a_stream(self, page: Callable[[], Page], harbour: Harbour) -> None:
        shown = page()
        link = shown.locator(".tw-nav a", has_text="Queue")
        link.focus()
        node = link.element_handle()
        harbour.waiting = 4
        shown.clock.fast_forward(16_000)
        shown.clock.fast_forward(1_000)
        expect(shown.locator("#tw-n-queue")).to_have_text("4")
        assert node is not None
        assert node.evaluate("here => here.isConnected && document.activeElement === here")

    def test_they_follow_what_the_stream_tells(self, page: Callable[[], Page], harbour: Harbour) -> None:
        harbour.stream = "/live/events?ticket=any"
        shown = page()
        harbour.waiting = 5
        shown.clock.fast_forward(1_000)
        expect(shown.locator("#tw-n-queue")).to_have_text("5")
