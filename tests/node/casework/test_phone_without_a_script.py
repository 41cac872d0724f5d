"""In Chromium at phone width with scripts switched off: one long page that fits."""

import pytest
from django.conf import settings
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer
from tests.visiting import pass_of

from .conftest import make_world

WIDTH = 360

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]


def test_the_page_of_a_control_fits(browser: Browser, live_server: LiveServer) -> None:
    world = make_world()
    context = browser.new_context(viewport={"width": WIDTH, "height": 740}, java_script_enabled=False)
    key = pass_of(world.officer)
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])
    page = context.new_page()
    opened = page.goto(f"{live_server.url}/controls/new/")
    # Nothing can be asked of the page itself, which runs no script: the browser is asked.
    size = context.new_cdp_session(page).send("Page.getLayoutMetrics")["cssContentSize"]
    status = opened.status if opened else 0
    context.close()
    assert status == 200
    assert size["width"] == WIDTH
