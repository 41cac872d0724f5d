"""Two officers see the same lorry and both take it: one has it, the other is told who."""

from playwright.sync_api import Locator, Page, expect
from tests.e2e.conftest import SignIn
from tests.e2e.nodes import LiveNode

_HOLD = """(plate) => {
  const row = [...document.querySelectorAll('.tw-row')].find((one) => one.textContent.includes(plate));
  return Object.fromEntries(new FormData(row.querySelector('form')));
}"""


def test_one_winner_and_a_clear_message(node: LiveNode, sign_in: SignIn) -> None:
    officers = [sign_in(node, name).new_page() for name in ("officer.own", "analyst.own")]
    plate = ""
    addresses = []
    for page in officers:
        page.goto(f"{node.url}/queue/?tab=waiting")
        row = page.locator(".tw-row:has(form[action$='/take'])")
        plate = plate or row.first.locator(".tw-ref").inner_text()
        addresses.append(_row(page, plate).locator("form").get_attribute("action"))
    assert addresses[0] == addresses[1]
    # What both saw is sent by both, as if both had pressed before either page was renewed.
    held = [page.evaluate(_HOLD, plate) for page in officers]
    first, second = (_taken(page, str(addresses[0]), form) for page, form in zip(officers, held, strict=True))
    assert "You have" in first
    assert "OFFICER.OWN" in second
    assert "You have" not in second
    officers[0].goto(f"{node.url}/queue/?tab=mine")
    expect(_row(officers[0], plate)).to_be_visible()
    officers[1].goto(f"{node.url}/queue/?tab=mine")
    expect(_row(officers[1], plate)).to_have_count(0)


def _row(page: Page, plate: str) -> Locator:
    return page.locator(".tw-row", has_text=plate)


def _taken(page: Page, address: str, held: dict[str, str]) -> str:
    """Send the row's form as the page had it; give the words of the answer."""
    answer = page.evaluate(
        """async ([address, held]) => {
             const got = await fetch(address, {method: 'POST', body: new URLSearchParams(held)});
             return await got.text();
           }""",
        [address, held],
    )
    words: str = page.evaluate(
        "(html) => [...new DOMParser().parseFromString(html, 'text/html').querySelectorAll('.tw-toast')]"
        ".map((one) => one.textContent).join(' ')",
        answer,
    )
    return words
