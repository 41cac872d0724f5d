"""In Chromium at phone width: a control recorded with the connection cut, at most 12 taps and one photo; sent once."""

from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from pytest_django.live_server_helper import LiveServer
from tests.visiting import pass_of

from tidewaiter.node.accounts.models import Person
from tidewaiter.node.casework.models import Control, Photograph
from tidewaiter.node.targeting.models import SelectedConsignment

from .conftest import World, make_world, picture

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def bay(live_server: LiveServer) -> World:
    """A world with a lorry that the officer has taken, announced by a tip."""
    world = make_world()
    world.made["item"] = SelectedConsignment.objects.create(
        administration="HK", office=world.office, state="taken", taken_by=world.officer, origin="neighbour_tip",
        tip="GD-HK-0931", reference="粤Z·K417港", reference_type="plate", references=[["plate", "粤Z·K417港"]],
        category="footwear",
        reasons=[{"kind": "tip", "mark": "Norvaleth", "texts": {"en": "Guangdong says: Norvaleth shoes behind row 2"}}],
    )  # fmt: skip
    return world


def phone(browser: Browser, person: Person, address: str) -> BrowserContext:
    """A phone on which the person has signed in."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True)
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": pass_of(person), "url": address}])
    return context


def home(context: BrowserContext, address: str) -> Page:
    """The page of tasks, once the phone keeps what it needs."""
    page = context.new_page()
    page.goto(f"{address}/controls/tasks/")
    # The sign that an officer waits for, too, before the connection goes.
    expect(page.locator("[data-kept=yes]")).to_be_visible(timeout=40_000)
    return page


def test_without_a_connection_from_opening_to_after_saving(
    browser: Browser, live_server: LiveServer, bay: World, tmp_path: Path
) -> None:
    shot = tmp_path / "load.jpg"
    shot.write_bytes(picture(size=(1600, 1200)))
    context = phone(browser, bay.officer, live_server.url)
    page = home(context, live_server.url)
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    context.set_offline(True)
    page.reload()
    expect(page.locator("[data-task]")).to_have_count(1)
    taps = 0

    def tap(wanted: str) -> None:
        nonlocal taps
        taps += 1
        page.locator(wanted).locator("visible=true").first.click()

    tap("[data-task] a")
    page.wait_for_selector("form[data-ready]")
    tap("[data-next]")
    expect(page.locator("[data-heading]")).to_have_text("What did you find?")
    for _ in range(4):
        tap("[data-more]")
    expect(page.locator("input[name=unit]:checked")).to_have_value("PR")
    tap("[data-next]")
    taps += 1
    page.locator("input[data-shows=load]").set_input_files(shot)
    page.wait_for_selector(".tw-shots li.taken")
    tap("[data-next]")
    expect(page.locator("[data-check]")).to_contain_text("粤Z·K417港")
    tap("[data-save]")
    page.wait_for_url("**/controls/tasks/")
    expect(page.locator("[data-waiting]")).to_contain_text("not yet sent")
    assert taps <= 11
    assert not Control.objects.exists()
    context.set_offline(False)
    page.wait_for_selector("[data-waiting][data-known='0']", state="attached", timeout=40_000)
    page.reload()
    page.wait_for_timeout(500)
    control = Control.objects.get()
    assert (control.subject_label, control.finding, control.quantity, control.unit) == ("粤Z·K417港", "find", 40, "PR")
    assert control.mark == "Norvaleth"
    assert control.right == bay.right
    assert control.case.photographs.get().size == shot.stat().st_size
    assert SelectedConsignment.objects.get().state == "controlled"
    assert not faults
    context.close()


def test_a_picture_cut_in_the_middle_goes_on_where_it_stopped(
    browser: Browser, live_server: LiveServer, bay: World, tmp_path: Path
) -> None:
    shot = tmp_path / "load.png"
    noise = picture("PNG", (700, 500), compress_level=0)
    shot.write_bytes(noise)
    context = phone(browser, bay.officer, live_server.url)
    page = home(context, live_server.url)
    offsets: list[int] = []

    def piece(route: Route) -> None:
        offsets.append(int(route.request.headers["upload-offset"]))
        if len(offsets) == 3:
            route.abort()
        else:
            route.continue_()

    context.route("**/controls/uploads/*-*", piece)
    page.goto(f"{live_server.url}/controls/new/?selection={bay.made['item'].pk}")
    page.wait_for_selector("form[data-ready]")
    page.locator("[data-next='2']").click()
    page.locator("label:has(input[name=finding][value=no_find])").click()
    page.locator("[data-next='3']").click()
    page.locator("input[data-shows=load]").set_input_files(shot)
    page.wait_for_selector(".tw-shots li.taken")
    page.locator("[data-next='4']").click()
    page.locator("[data-save]").click()
    page.wait_for_url("**/controls/tasks/")
    page.wait_for_selector("[data-waiting][data-known='0']", state="attached", timeout=40_000)
    page.reload()
    assert len(offsets) >= 4
    assert offsets == sorted(offsets)
    assert offsets.count(0) == 1
    assert Photograph.objects.get().size == len(noise)
    assert Control.objects.get().finding == "no_find"
    context.close()


def test_signing_out_wipes_the_phone_but_asks_before_it_discards(
    browser: Browser, live_server: LiveServer, bay: World
) -> None:
    context = phone(browser, bay.officer, live_server.url)
    page = home(context, live_server.url)
    context.route("**/controls/send", lambda route: route.abort())
    page.goto(f"{live_server.url}/controls/new/?selection={bay.made['item'].pk}")
    page.wait_for_selector("form[data-ready]")
    page.locator("[data-next='2']").click()
    page.locator("label:has(input[name=finding][value=no_find])").click()
    page.locator("[data-next='3']").click()
    page.locator("[data-next='4']").click()
    page.locator("[data-save]").click()
    page.wait_for_url("**/controls/tasks/")
    expect(page.locator("[data-waiting]")).to_be_visible()
    page.goto(f"{live_server.url}/controls/")
    page.evaluate("document.querySelector('form[action$=\"sign-out/\"]').submit()")
    page.wait_for_url("**/controls/tasks/?unsent=1")
    page.locator("[data-leave-anyway] button").click()
    page.wait_for_url("**/accounts/sign-in/**")
    left = page.evaluate(
        "indexedDB.databases().then((found) => Promise.all(found.map(({ name }) => new Promise((done) => {"
        " const ask = indexedDB.open(name); ask.onsuccess = () => { const held = [...ask.result.objectStoreNames];"
        " const change = ask.result.transaction(held); let n = 0;"
        " for (const one of held) change.objectStore(one).count().onsuccess = ({ target }) => { n += target.result; };"
        " change.oncomplete = () => done(n); }; }))))"
    )
    assert set(left) <= {0}
    assert not page.evaluate("caches.match('/controls/tasks/').then(Boolean)")
    context.close()
