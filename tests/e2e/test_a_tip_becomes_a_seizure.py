"""Three live nodes: a plan that all agree to, a tip, a control with a find, boards that move, a statement."""

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Locator, Page, expect
from tests.e2e.conftest import SignIn
from tests.e2e.nodes import LiveNode
from tests.e2e.phone import PATIENCE, Hand, photograph, sent, tasks

PLATE = "粤Z·R718港"
NAMES = {"en": "Neap Tide", "zh_hant": "小潮行動", "zh_hans": "小潮行动", "pt": "Maré Morta"}
UNITS = {"en": "pairs", "zh-hant": "對", "zh-hans": "双", "pt": "pares"}
"""The unit of shoes, as the statement says it in each language."""

Three = dict[str, LiveNode]


def test_from_tip_to_statement(three: Three, sign_in: SignIn, tmp_path: Path) -> None:
    steering = {code: sign_in(node, "coordinator.top").new_page() for code, node in three.items()}
    operation = _agreed(three, steering)
    boards = {code: sign_in(node, "coordinator.top").new_page() for code, node in three.items()}
    for code, page in boards.items():
        page.goto(f"{three[code].url}/board/{operation}/")

    officer = sign_in(three["HK"], "officer.own")
    queue = officer.new_page()
    queue.goto(f"{three['HK'].url}/queue/")
    expect(queue.locator(".tw-row", has_text=PLATE)).to_have_count(0)

    _send_tip(sign_in(three["CN-GD"], "intelligence.own").new_page(), three["CN-GD"])
    row = queue.locator(".tw-row", has_text=PLATE)
    expect(row).to_be_visible(timeout=PATIENCE)
    expect(row).to_contain_text("Lorry with shoes")
    row.locator("form[action$='/take'] button").click()
    expect(queue.locator(".tw-toasts")).to_contain_text(PLATE, timeout=PATIENCE)

    phone = sign_in(three["HK"], "officer.own", width=360, height=740)
    held = tasks(phone, three["HK"])
    Hand(held).record(PLATE, photograph(tmp_path), category="footwear", finding="find")
    sent(held)
    case = _seized(phone.new_page(), three["HK"])
    expect(case.locator("img[src*='/photographs/']").first).to_be_attached()
    expect(_tile(boards["HK"], "Controls")).to_contain_text("1", timeout=PATIENCE)
    expect(_tile(boards["HK"], "Seizures")).to_contain_text("1", timeout=PATIENCE)

    _deed(steering["HK"], three["HK"], operation, "release")
    for code in ("CN-GD", "MO"):
        expect(_tile(boards[code], "Seizures").locator(".big")).to_contain_text("1", timeout=PATIENCE)

    statement = _closed(three, steering, operation)
    for language, unit in UNITS.items():
        page = sign_in(three["HK"], f"chief.{language}").new_page()
        page.goto(f"{three['HK'].url}{statement}")
        main = page.locator("main")
        expect(main).to_contain_text(NAMES[language.replace("-", "_")])
        expect(main).to_contain_text(re.compile(rf"40\s*{unit}|{unit}(.|\n)*40", re.IGNORECASE))
        figure = page.locator("main a[href*='/figures/']").first
        figure.click()
        expect(page.locator("main")).to_be_visible()


def _agreed(three: Three, steering: dict[str, Page]) -> str:
    """Plan an operation in Hong Kong, have the others agree, start it; gives its id once it runs on all nodes."""
    page, today = steering["HK"], datetime.now(UTC) + timedelta(hours=8)
    page.goto(f"{three['HK'].url}/operations/new/")
    page.fill("[name=code]", "NEAP-1")
    page.fill("[name=starts_on]", f"{today:%Y-%m-%d}")
    page.fill("[name=ends_on]", f"{today + timedelta(days=3):%Y-%m-%d}")
    for language, name in NAMES.items():
        page.fill(f"[name=name_{language}]", name)
        page.fill(f"[name=objective_{language}]", f"{name}: 1")
    for code in ("CN-GD", "MO"):
        page.check(f"[name=participants][value={code}]")
    page.fill("[name=lane1_name]", "Lorries")
    page.locator("[name=lane1_modes]").select_option("3")
    page.locator("main form button.btn-primary").click()
    page.wait_for_url(re.compile(r"/operations/[0-9a-f-]{36}/$"))
    operation = page.url.rstrip("/").rpartition("/")[2]
    for code in ("CN-GD", "MO"):
        _deed(steering[code], three[code], operation, "agree")
    _deed(page, three["HK"], operation, "start")
    for code in ("CN-GD", "MO"):
        # Without the word on the page that it runs, its figures would be nobody's.
        _until(steering[code], f"{three[code].url}/board/", lambda board: board.get_by_text("Neap Tide").first)
    return operation


def _deed(page: Page, node: LiveNode, operation: str, name: str) -> None:
    """Do a deed as soon as the operation's page offers it, by its button."""
    link = f"a[href$='/{operation}/{name}/']"
    _until(page, f"{node.url}/operations/{operation}/", lambda found: found.locator(f"main {link}, {link}").first)
    page.locator(link).first.click()
    page.locator("main form button.btn-primary").click()
    page.wait_for_url(f"**/operations/{operation}/")


def _until(page: Page, address: str, wanted: Callable[[Page], Locator]) -> None:
    """Open a page again and again until it holds what is wanted: what is on its way between nodes arrives."""
    end = time.monotonic() + PATIENCE / 1000
    while True:
        page.goto(address)
        if wanted(page).count():
            return
        assert time.monotonic() < end, f"waited in vain at {address}: {page.locator('main').inner_text()[:1500]}"
        time.sleep(0.5)


def _send_tip(page: Page, node: LiveNode) -> None:
    """An officer of Guangdong writes a tip on a lorry, checks it, sends it."""
    page.goto(f"{node.url}/intelligence/tips/new/")
    page.check("[name=peers][value=HK]")
    page.fill("[name=title]", "Lorry with shoes")
    page.fill("[name=plate]", PLATE)
    page.fill("[name=brands]", "Norvaleth")
    page.locator("[name=where_office]").select_option("HK-HZMB")
    page.locator("main form button.btn-primary").click()
    page.wait_for_url("**/check/")
    page.locator("main form button.btn-primary").click()
    page.wait_for_url(re.compile(r"/tips/[0-9a-f-]{36}/$"))


def _seized(page: Page, node: LiveNode) -> Page:
    """From the list of controls to the case of the find; its first line is seized."""
    page.goto(f"{node.url}/controls/")
    page.locator("main a[href^='/controls/']", has_text=PLATE).first.click()
    page.locator("main a[href^='/cases/']").first.click()
    case = page.url
    page.locator("a[href*='/stage/seize/']").first.click()
    page.locator("main form button[type=submit], main form button.btn-primary").first.click()
    page.goto(case)
    return page


def _tile(page: Page, title: str) -> Locator:
    # A note may stand behind the title, such as that several stages are counted.
    return page.locator(".tw-tile", has=page.get_by_role("heading", name=re.compile(rf"^{title}\b")))


def _closed(three: Three, steering: dict[str, Page], operation: str) -> str:
    """End it, gather and freeze the figures, agree, publish; gives the address of the statement."""
    _deed(steering["HK"], three["HK"], operation, "end")
    for code in three:
        _deed(steering[code], three[code], operation, "final")
    _frozen(steering["HK"], three["HK"], operation)
    for code in ("CN-GD", "MO"):
        _deed(steering[code], three[code], operation, "accept")
    _deed(steering["HK"], three["HK"], operation, "publish")
    for code in ("CN-GD", "MO", "HK"):
        address = f"{three[code].url}/operations/{operation}/"
        _until(steering[code], address, lambda page: page.locator("main a[href*='/operations/statements/']").first)
    return str(steering["HK"].locator("main a[href*='/operations/statements/']").first.get_attribute("href"))


def _frozen(page: Page, node: LiveNode, operation: str) -> None:
    """Freeze once the final figures of all have come; until then the node says whose are missing."""
    end = time.monotonic() + PATIENCE / 1000
    while True:
        page.goto(f"{node.url}/operations/{operation}/freeze/")
        page.locator("main form button.btn-primary").click()
        page.wait_for_load_state("load")
        if page.url.endswith(f"/operations/{operation}/"):
            return
        assert time.monotonic() < end, page.locator("main").inner_text()
        time.sleep(0.5)
