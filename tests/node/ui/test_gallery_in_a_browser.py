"""In Debian's Chromium: no axe violation, no message in the console, no sideways scroll; in four languages, two
widths, two themes."""

from typing import Any

import pytest
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from tidewaiter.node.ui import vendor

AXE = vendor.FOR_TESTS / "axe.min.js"
RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.skipif(not AXE.is_file(), reason="no axe: run `python -m tidewaiter.node.ui.vendor`"),
]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("sample", ["", "queue/", "board/", "step/", "paper/"])
@pytest.mark.parametrize(
    ("language", "width", "theme"),
    [
        ("en", 1440, "light"),
        ("pt", 360, "light"),
        ("zh-hant", 360, "dark"),
        ("zh-hans", 1440, "dark"),
        ("zh-hant-mo", 1440, "light"),
    ],
)
def test_nothing_is_wrong(
    desk: Any, live_server: LiveServer, officer: Client, sample: str, language: str, width: int, theme: str
) -> None:
    officer.post("/ui/preferences", {"language": language, "theme": theme})
    page = desk.open(officer, live_server.url, width=width)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{live_server.url}/ui/gallery/{sample}")
    page.wait_for_load_state("load")
    page.evaluate("document.fonts.ready.then(() => true)")
    page.evaluate(AXE.read_text())
    found = page.evaluate("(rules) => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES)
    wrong = [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found["violations"]]
    sideways = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wrong == []
    assert [line for line in said if "/live/events" not in line] == [], "the live process does not run in this test"
    assert sideways <= 0


@pytest.mark.django_db(transaction=True)
def test_keys_move_through_the_queue_and_search(desk: Any, live_server: LiveServer, officer: Client) -> None:
    page = desk.open(officer, live_server.url)
    page.goto(f"{live_server.url}/ui/gallery/queue/")
    page.wait_for_load_state("load")
    page.keyboard.press("j")
    assert page.locator(".tw-row[aria-current] .tw-ref").inner_text() == "HAWB 7714 0926 335"
    page.keyboard.press("k")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "tw-q"
    page.keyboard.type("j")
    assert page.locator("#tw-q").input_value() == "j"
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    assert page.locator("#tw-keys").is_visible()


@pytest.mark.django_db(transaction=True)
def test_a_draft_comes_back_after_the_page_was_left(desk: Any, live_server: LiveServer, officer: Client) -> None:
    page = desk.open(officer, live_server.url)
    page.goto(f"{live_server.url}/ui/gallery/")
    page.wait_for_load_state("load")
    page.locator("#a_note").fill("behind the second pallet row")
    page.get_by_text("Draft kept on this device").wait_for()
    page.reload()
    page.get_by_role("button", name="Discard the draft").wait_for()
    assert page.locator("#a_note").input_value() == "behind the second pallet row"
    page.get_by_role("button", name="Discard the draft").click()
    page.wait_for_function("document.getElementById('a_note')?.value === ''")
