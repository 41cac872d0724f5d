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
    first, second = (_taken(page, plate, str(address)) for page, address in zip(officers, addresses, strict=True))
    assert "You have" in first
    assert "OFFICER.OWN" in second
    assert "You have" not in second
    officers[0].goto(f"{node.url}/queue/?tab=mine")
    expect(_row(officers[0], plate)).to_be_visible()
    officers[1].goto(f"{node.url}/queue/?tab=mine")
    expect(_row(officers[1], plate)).to_have_count(0)


def _row(page: Page, plate: str) -> Locator:
    return page.locator(".tw-row", has_text=plate)


def _taken(page: Page, plate: str, address: str) -> str:
    """Send the row's form as the page had it; give the words of the answer."""
    held = page.evaluate(_HOLD, plate)
    token = page.evaluate("document.querySelector('[name=csrfmiddlewaretoken]').value")
    answer = page.evaluate(
        """async ([address, held, token]) => {
             const body = new URLSearchParams({...held, csrfmiddlewaretoken: token});
             const got = await fetch(address, {method: 'POST', body, headers: {'X-CSRFToken': token}});
             return await got.text();
           }""",
        [address, held, token],
    )
    words: str = page.evaluate(
        "(html) => [...new DOMParser().parseFromString(html, 'text/html').querySelectorAll('.tw-toast')]"
        ".map((one) => one.textContent).join(' ')",
        answer,
    )
    return words
