"""In Debian's Chromium: pages of cases and controls without an axe violation, a console message, a sideways scroll."""

from typing import Literal

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tidewaiter.node.accounts.models import Person
from tidewaiter.node.casework.models import Case
from tidewaiter.node.ui import vendor

from .conftest import make_world
from .test_pages_open import full_case
from .test_phone_without_a_connection import phone

AXE = vendor.FOR_TESTS / "axe.min.js"
RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
LOUD = {"error", "warning"}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not AXE.is_file(), reason="no axe: run `python -m tidewaiter.node.ui.vendor`"),
]


def addresses(case: Case) -> dict[str, str]:
    """The pages looked at, by a name."""
    control = case.control
    assert control is not None
    return {
        "case": reverse("casework:case", args=[case.pk]),
        "cases": reverse("casework:cases"),
        "control": reverse("casework:control", args=[control.pk]),
        "controls": reverse("casework:controls"),
        "exhibit": reverse("casework:exhibit", args=[case.exhibits.get().pk]),
        "edit": reverse("casework:edit_case", args=[case.pk]),
        "tasks": reverse("casework:tasks"),
        "new_control": reverse("casework:new_control"),
        "rights": reverse("rights:list"),
    }


def look(page: Page, where: str) -> list[str]:
    """What is wrong with a page."""
    page.goto(where)
    page.wait_for_load_state("load")
    page.evaluate("document.fonts.ready.then(() => true)")
    page.evaluate(AXE.read_text())
    found = page.evaluate("(rules) => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES)
    wrong = [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found["violations"]]
    if page.evaluate("document.documentElement.scrollWidth - window.innerWidth") > 0:
        wrong.append("scrolls sideways")
    return wrong


@pytest.mark.parametrize(
    ("language", "width", "theme"),
    [("zh-hant", 1440, "light"), ("pt", 360, "light"), ("zh-hant", 360, "dark"), ("pt", 1440, "dark")],
)
def test_pages_of_casework_are_accessible(
    browser: Browser, live_server: LiveServer, language: str, width: int, theme: Literal["light", "dark"]
) -> None:
    world = make_world()
    found = addresses(full_case(world))
    Person.objects.filter(pk=world.case_officer.pk).update(language=language)
    world.case_officer.refresh_from_db()
    context = phone(browser, world.case_officer, live_server.url)
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=theme)
    said: list[str] = []
    page.on("console", lambda one: said.append(f"{one.text} {one.location['url']}") if one.type in LOUD else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    wrong = {name: trouble for name, address in found.items() if (trouble := look(page, f"{live_server.url}{address}"))}
    context.close()
    assert wrong == {}
    assert [line for line in said if "/live/events" not in line] == [], "the live process does not run in this test"
