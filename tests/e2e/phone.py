"""The hand of a frontline officer: taps that are counted, one photograph, a connection that comes and goes."""

from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect
from tests.e2e.nodes import LiveNode
from tests.furnishing import picture

KEPT = (
    "caches.keys().then(async (names) => { for (const name of names) { const cache = await caches.open(name);"
    " if (await cache.match('/controls/new/')) return true; } return false; })"
)
"""Whether the phone keeps the pages that it needs without a connection."""

PATIENCE = 60_000


def photograph(folder: Path) -> Path:
    """A file as the camera leaves it."""
    path = folder / "load.jpg"
    path.write_bytes(picture())
    return path


def tasks(context: BrowserContext, node: LiveNode) -> Page:
    """The page of the officer's tasks, once the phone keeps what it needs."""
    page = context.new_page()
    page.goto(f"{node.url}/controls/tasks/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function(KEPT, timeout=PATIENCE)
    return page


class Hand:
    """Taps on a page, and how many there were."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taps = 0

    def tap(self, wanted: str) -> None:
        """Tap the first of these that can be seen."""
        self.taps += 1
        self.page.locator(wanted).locator("visible=true").first.click()

    def record(self, reference: str, shot: Path, *, category: str = "", finding: str = "") -> None:
        """From the page of tasks to the saved control of that consignment, with one photograph."""
        self.tap(f"[data-task]:has-text('{reference}') a")
        self.page.wait_for_selector("form[data-ready]", timeout=PATIENCE)
        self.tap("[data-next='2']")
        if finding:
            self.tap(f"label:has(input[name=finding][value={finding}])")
        if category:
            self.taps += 1
            self.page.locator("select[name=category]").select_option(category)
        if self.page.locator("[data-more]").first.is_visible():
            for _ in range(4):
                self.tap("[data-more]")
            # Shoes are counted in pairs without a tap.
            expect(self.page.locator("input[name=unit]:checked")).to_have_value("PR")
        self.tap("[data-next='3']")
        self.taps += 1
        self.page.locator("input[data-shows=load]").set_input_files(shot)
        self.page.wait_for_selector(".tw-shots li.taken", timeout=PATIENCE)
        self.tap("[data-next='4']")
        expect(self.page.locator("[data-check]")).to_contain_text(reference)
        self.tap("[data-save]")
        self.page.wait_for_url("**/controls/tasks/", timeout=PATIENCE)


def sent(page: Page) -> None:
    """Wait until the page knows that nothing of the phone waits to be sent."""
    page.wait_for_selector("[data-waiting][data-known='0']", state="attached", timeout=PATIENCE)
