"""An old phone with a weak link: twelve taps and a photograph, nothing typed twice, nothing sent twice."""

import time
from pathlib import Path

from playwright.sync_api import Route, expect
from tests.e2e.conftest import SignIn
from tests.e2e.nodes import LiveNode
from tests.e2e.phone import PATIENCE, Hand, photograph, sent, tasks

MOST_TAPS = 12


def test_without_a_connection_from_the_task_to_after_saving(node: LiveNode, sign_in: SignIn, tmp_path: Path) -> None:
    before = node.inside("count")
    phone = sign_in(node, "officer.own", width=360, height=740)
    page = tasks(phone, node)
    reference = _reference(page.locator("[data-task]").first.inner_text())
    phone.set_offline(True)
    page.reload()
    expect(page.locator("[data-task]").first).to_contain_text(reference)
    hand = Hand(page)
    hand.record(reference, photograph(tmp_path), category="footwear", finding="find")
    assert hand.taps <= MOST_TAPS
    expect(page.locator("[data-waiting]")).to_contain_text(reference)
    assert node.inside("count") == before
    phone.set_offline(False)
    sent(page)
    page.reload()
    sent(page)
    after = node.inside("count")
    assert {name: after[name] - before[name] for name in ("control", "case", "photograph")} == {
        "control": 1, "case": 1, "photograph": 1,
    }  # fmt: skip


def test_a_picture_that_is_cut_off_goes_on_and_arrives_once(node: LiveNode, sign_in: SignIn, tmp_path: Path) -> None:
    before = node.inside("count")
    phone = sign_in(node, "officer.own", width=360, height=740)
    cut: list[str] = []

    def piece(route: Route) -> None:
        if not cut and route.request.method == "PUT":
            cut.append(route.request.url)
            phone.set_offline(True)
            route.abort("connectionfailed")
        else:
            route.continue_()

    phone.route("**/controls/uploads/*-*", piece)
    page = tasks(phone, node)
    reference = _reference(page.locator("[data-task]").first.inner_text())
    Hand(page).record(reference, photograph(tmp_path), finding="no_find")
    end = time.monotonic() + PATIENCE / 1000
    while not cut:
        assert time.monotonic() < end, "no part of the picture was sent"
        page.wait_for_timeout(100)
    expect(page.locator("[data-waiting]")).to_contain_text(reference, timeout=PATIENCE)
    page.reload()
    expect(page.locator("[data-waiting]")).to_contain_text(reference)
    phone.set_offline(False)
    sent(page)
    after = node.inside("count")
    assert {name: after[name] - before[name] for name in ("control", "photograph")} == {"control": 1, "photograph": 1}


def _reference(words: str) -> str:
    """The plate in the words of a task."""
    return next(word for word in words.split() if word.startswith("粤"))
