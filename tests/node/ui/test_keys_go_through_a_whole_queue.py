"""With the keyboard alone, in a real browser, through a real queue: search, choose, open, take, release, the list of
keys, Esc. And what a page is to people who print it, force colours or want no motion."""

import re
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.node.ui.conftest import signed_in

from tidewaiter.node.accounts.models import RoleGrant
from tidewaiter.node.accounts.roles import Role
from tidewaiter.node.targeting.models import SelectedConsignment

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]
REFERENCES = ("HKA1001", "HKB2002", "HKC3003")


@pytest.fixture
def frontline(transactional_db: None) -> Client:
    """An officer of a control point where three lorries wait."""
    person, client = signed_in("ho.ws", "HK-HZMB")
    RoleGrant.objects.create(person=person, role=Role.OFFICER, office_id="HK-HZMB", reason="test")
    why = {"kind": "profile", "rule": "P-1", "source": "", "mark": "", "texts": {"en": "Under HKD 2 a piece."}}
    for place, reference in enumerate(REFERENCES):
        SelectedConsignment.objects.create(
            administration="HK", office_id="HK-HZMB", reference=reference, reference_type="plate",
            references=[["plate", reference]], origin="profile_hit", kinds="|profile|", reasons=[why],
            priority=90 - place,
        )  # fmt: skip
    return client


@pytest.fixture
def queue(desk: Any, live_server: LiveServer, frontline: Client) -> Page:
    """The queue, opened."""
    page: Page = desk.open(frontline, live_server.url)
    page.goto(f"{live_server.url}/queue/")
    expect(page.locator(".tw-row")).to_have_count(3)
    return page


def chosen(page: Page) -> str:
    return page.locator(".tw-row[aria-current] .tw-ref").inner_text()


def test_through_the_whole_queue(queue: Page) -> None:
    order = queue.locator(".tw-row .tw-ref").all_inner_texts()
    assert sorted(order) == sorted(REFERENCES)
    queue.keyboard.press("j")
    assert chosen(queue) == order[1]
    expect(queue.locator("#peek h2")).to_have_text(order[1])
    queue.keyboard.press("j")
    queue.keyboard.press("j")
    assert chosen(queue) == order[2], "the last row stays the last"
    queue.keyboard.press("k")
    queue.keyboard.press("k")
    assert chosen(queue) == order[0]
    queue.keyboard.press("Enter")
    queue.wait_for_url(re.compile("/consignments/|/queue/.+"))
    assert order[0] in queue.locator("h1").inner_text()


def test_search_and_out_of_it(queue: Page) -> None:
    queue.keyboard.press("/")
    expect(queue.locator("#tw-q")).to_be_focused()
    queue.keyboard.type("jkt")
    assert queue.locator("#tw-q").input_value() == "jkt", "in a field letters are letters"
    assert queue.locator("#tw-suggestions").count() == 1, "suggestions are there on every page"
    queue.keyboard.press("Escape")
    expect(queue.locator("#tw-q")).not_to_be_focused()
    queue.keyboard.press("j")
    assert queue.locator(".tw-row[aria-current]").count() == 1


def test_take_then_release_with_a_reason(queue: Page) -> None:
    queue.keyboard.press("j")
    taken = chosen(queue)
    expect(queue.locator("#peek h2")).to_have_text(taken)
    queue.keyboard.press("t")
    queue.locator(".tw-toast").first.wait_for()
    assert SelectedConsignment.objects.get(reference=taken).state == "taken"
    assert queue.evaluate("document.activeElement !== document.body"), "the focus stays in the queue"
    queue.goto(queue.url.split("?")[0] + "?tab=mine")
    queue.keyboard.press("r")
    reason = queue.locator("#peek details[open] :is(textarea, select, input:not([type=hidden]))").first
    expect(reason).to_be_focused()
    queue.keyboard.press("Escape")
    expect(queue.locator("#peek details[open]")).to_have_count(0)
    assert SelectedConsignment.objects.get(reference=taken).state == "taken", "nothing goes without a reason"


def test_the_list_of_keys_opens_and_closes(queue: Page) -> None:
    queue.keyboard.press("?")
    expect(queue.locator("#tw-keys")).to_be_visible()
    queue.keyboard.press("j")
    queue.keyboard.press("Escape")
    expect(queue.locator("#tw-keys")).to_be_hidden()


def test_what_the_page_asks_by_itself_says_so(queue: Page) -> None:
    with queue.expect_request(lambda request: "/queue/" in request.url) as asked:
        queue.evaluate("document.getElementById('queue').dispatchEvent(new CustomEvent('tw:refresh'))")
    assert asked.value.headers["tw-live"] == "1"
    expect(queue.locator(".tw-row")).to_have_count(3)
    with queue.expect_request(lambda request: "/peek" in request.url) as looked:
        queue.keyboard.press("j")
    assert "tw-live" not in looked.value.headers


def test_paper_has_no_navigation(queue: Page) -> None:
    queue.emulate_media(media="print")
    for gone in (".tw-nav", ".tw-top", ".tw-filters"):
        expect(queue.locator(gone).first).to_be_hidden()
    expect(queue.locator("h1")).to_be_visible()
    expect(queue.locator(".tw-stripe").first).to_be_visible()
    queue.evaluate("document.documentElement.dataset.bsTheme = 'dark'")
    ink = queue.evaluate("getComputedStyle(document.querySelector('h1')).color")
    assert ink == "rgb(16, 38, 45)", "dark ink on paper, whatever the screen was"


def test_forced_colours_keep_the_stripe_and_the_chosen_row(
    desk: Any, live_server: LiveServer, frontline: Client
) -> None:
    page = desk.open(frontline, live_server.url, forced_colors="active")
    page.goto(f"{live_server.url}/queue/")
    style = "(selector, name) => getComputedStyle(document.querySelector(selector))[name]"
    stripe = page.evaluate(f"({style})('.tw-stripe', 'backgroundImage')")
    assert "gradient" in stripe
    assert page.evaluate(f"({style})('.tw-row[aria-current]', 'borderTopStyle')") == "solid"


def test_nothing_moves_for_who_wants_no_motion(desk: Any, live_server: LiveServer, frontline: Client) -> None:
    page = desk.open(frontline, live_server.url, reduced_motion="reduce")
    page.goto(f"{live_server.url}/queue/")
    moving = page.evaluate(
        "[...document.querySelectorAll('*')].filter((one) => parseFloat(getComputedStyle(one).transitionDuration) > 0"
        " || getComputedStyle(one).animationName !== 'none').length"
    )
    assert moving == 0
