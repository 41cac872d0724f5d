"""Fixtures of the browser tests: Debian's Chromium, live nodes, people who have signed in."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from tests.e2e.nodes import LiveNode, furnished_node, shared, three_nodes
from tests.furnishing import PASSWORD

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or ""
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip

SignIn = Callable[..., BrowserContext]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests of this folder need a browser, and say so where there is none."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.slow)
            if not CHROMIUM:
                item.add_marker(pytest.mark.skip(reason="no Chromium: apt-get install chromium"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


def _of_all_workers(factory: pytest.TempPathFactory, name: str) -> Path:
    base = factory.getbasetemp()
    return (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / name


@pytest.fixture(scope="session")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveNode]:
    """The node of Hong Kong with one of everything."""
    with shared(_of_all_workers(tmp_path_factory, "furnished"), furnished_node) as nodes:
        yield nodes[0]


@pytest.fixture(scope="session")
def three(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, LiveNode]]:
    """The nodes of Hong Kong, Macao and Guangdong, by code."""
    with shared(_of_all_workers(tmp_path_factory, "three"), three_nodes) as nodes:
        yield {one.administration: one for one in nodes}


def signed_in(
    browser: Browser, node: LiveNode, username: str, *, width: int = 1440, theme: str = "light", height: int = 900
) -> BrowserContext:
    """A browser of its own in which that person has signed in."""
    context = browser.new_context(viewport={"width": width, "height": height}, has_touch=width < 600)
    page = context.new_page()
    page.goto(f"{node.url}/accounts/sign-in/")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", PASSWORD)
    page.click("main form button.btn-primary")
    page.wait_for_url(lambda address: "/sign-in/" not in address)
    page.close()
    context.add_cookies([{"name": "tw_theme", "value": theme, "url": node.url}])
    return context


@pytest.fixture
def sign_in(browser: Browser) -> Iterator[SignIn]:
    """``sign_in(node, username, width=1440, theme="light")`` gives a browser in which that person has signed in."""
    opened: list[BrowserContext] = []

    def do(node: LiveNode, username: str, **how: Any) -> BrowserContext:
        context = signed_in(browser, node, username, **how)
        opened.append(context)
        return context

    yield do
    for context in opened:
        context.close()
