"""``python tests/e2e/screenshots.py``: writes pictures of the main pages into docs/screenshots, for people to look at.

Run by hand, from the repository, when the look has changed; no test writes them.
"""

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHOTS = {
    "board": ("coordinator.top", "board:board", 1440, "dark"),
    "queue": ("analyst.own", "targeting:queue", 1440, "light"),
    "phone-queue": ("officer.own", "targeting:queue", 360, "light"),
    "phone-tasks": ("officer.own", "casework:tasks", 360, "light"),
    "phone-control": ("officer.own", "casework:new_control", 360, "light"),
    "consignment": ("analyst.own", "targeting:consignment", 1440, "light"),
    "case": ("case_officer.own", "casework:case", 1440, "light"),
    "tip": ("intelligence.own", "intelligence:tip", 1440, "light"),
    "lanes": ("coordinator.top", "partners:lanes", 1440, "light"),
    "operation": ("coordinator.top", "operations:operation", 1440, "light"),
    "statement": ("coordinator.top", "operations:statement", 1440, "light"),
    "audit": ("auditor.top", "audit:rows", 1440, "light"),
}
"""File -> who looks, at what, how wide, in which theme."""


def main() -> None:
    """Take all."""
    sys.path.insert(0, str(ROOT))
    os.environ["DJANGO_SETTINGS_MODULE"] = "tidewaiter.node.settings_for_tests"
    import django

    django.setup()
    from playwright.sync_api import sync_playwright
    from tests.e2e.conftest import CHROMIUM, FLAGS, signed_in
    from tests.e2e.nodes import furnished_node, shared

    target = ROOT / "docs" / "screenshots"
    target.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        shared(Path(folder) / "nodes", furnished_node) as [node],
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for name, (username, key, width, theme) in SHOTS.items():
            context = signed_in(browser, node, username, width=width, theme=theme)
            page = context.new_page()
            page.goto(f"{node.url}{node.addresses[key]}", wait_until="load")
            page.evaluate("document.fonts.ready.then(() => true)")
            page.screenshot(path=target / f"{name}.png", full_page=width > 600 and name != "board")
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
