"""Every page that a person can reach, in each language, in both widths and both themes: nothing is wrong with it.

Somebody with all roles sees every page in each language; two languages are looked at on a phone, two on a wide screen,
so that each page is seen in both widths and both themes. Then each role walks through what it can reach.
"""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Page
from tests.addresses import ADDRESSES
from tests.e2e.conftest import SignIn
from tests.e2e.looking import Ear, wrong_with
from tests.e2e.nodes import LiveNode

from tidewaiter.node.accounts.roles import Role

LOOKS = {
    "en": (1440, "light"),
    "zh-hant": (360, "dark"),
    "zh-hans": (1440, "dark"),
    "pt": (360, "light"),
    "zh-hant-mo": (360, "light"),
}
NOT_PAGES = {"accounts:sign_in"}
"""Leads on who has signed in; looked at below by who has not."""

_LINKS = "[...document.querySelectorAll('a[href]')].map((one) => one.href)"


def kind_of(address: str) -> str:
    """Addresses of one kind are looked at once: the same view with the same parameters in its query."""
    parts = urlsplit(address)
    return f"{resolve(parts.path).view_name}?{'&'.join(sorted(parse_qs(parts.query)))}"


def links(page: Page, node: LiveNode) -> Iterator[str]:
    """Where the page leads within the node."""
    for address in page.evaluate(_LINKS):
        parts = urlsplit(address)
        if f"{parts.scheme}://{parts.netloc}" != node.url or parts.path.startswith("/static/"):
            continue
        yield f"{parts.path}?{parts.query}" if parts.query else parts.path


def walk(page: Page, node: LiveNode, language: str, start: list[str]) -> tuple[list[str], set[str]]:
    """Look at the pages of ``start`` and all to which they lead; give what is wrong and the kinds that were seen."""
    ear = Ear(page)
    wrong: list[str] = []
    waiting, known, seen = list(start), {kind_of(one) for one in start}, set()
    while waiting:
        address = waiting.pop(0)
        # What no page shows is saved by the browser, which Playwright calls a failed visit: ask before going.
        head = page.request.get(f"{node.url}{address}", max_redirects=0)
        if head.status != 200 or "text/html" not in head.headers["content-type"] or b"<html" not in head.body():
            if head.status >= 500 or (head.status == 404 and address not in start):
                wrong.append(f"{address}: answers {head.status}")
            continue
        page.goto(f"{node.url}{address}", wait_until="load")
        seen.add(kind_of(address))
        here = [f"{address}: {what}" for what in [*wrong_with(page, language), *ear.take()]]
        wrong += here
        # Shown with -s while the walk goes on, which is long.
        print(address, *here, sep="\n  ", flush=True)
        for link in links(page, node):
            try:
                kind = kind_of(link)
            except Resolver404:
                wrong.append(f"{address}: leads to {link}, which is nowhere")
                continue
            if kind not in known:
                known.add(kind)
                waiting.append(link)
    return wrong, seen


@pytest.mark.parametrize("language", list(LOOKS))
def test_every_page_in_each_language(node: LiveNode, sign_in: SignIn, language: str) -> None:
    width, theme = LOOKS[language]
    page = sign_in(node, f"chief.{language}", width=width, theme=theme).new_page()
    start = [address for key, address in node.addresses.items() if key not in NOT_PAGES]
    wrong, seen = walk(page, node, language, start)
    assert wrong == []
    assert len(seen) > len(ADDRESSES) / 4


@pytest.mark.parametrize("role", list(Role))
def test_every_page_of_each_role(node: LiveNode, sign_in: SignIn, role: Role) -> None:
    page = sign_in(node, f"{role.value}.own", width=360, theme="dark").new_page()
    wrong, seen = walk(page, node, "en", ["/"] + [one for one in node.addresses.values() if one.count("/") == 2])
    assert wrong == []
    assert len(seen) > 3


@pytest.mark.parametrize("language", list(LOOKS))
def test_the_door(node: LiveNode, sign_in: SignIn, language: str) -> None:
    width, theme = LOOKS[language]
    browser = sign_in(node, "nobody.own", width=width, theme=theme)
    page = browser.new_page()
    browser.clear_cookies()
    for name, value in (("tw_language_HK", language), ("tw_theme", theme)):
        browser.add_cookies([{"name": name, "value": value, "url": node.url}])
    ear = Ear(page)
    page.goto(f"{node.url}/accounts/sign-in/")
    assert [*wrong_with(page, language), *ear.take()] == []
