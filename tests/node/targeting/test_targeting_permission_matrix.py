"""Every address of targeting, for every role, at one's own office and at another's."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tidewaiter.node.accounts.models import Person
from tidewaiter.node.accounts.roles import Role
from tidewaiter.node.targeting.models import SavedView, ScreeningRun, SelectedConsignment
from tidewaiter.node.targeting.urls import urlpatterns

READERS = {Role.OFFICER, Role.ANALYST, Role.COORDINATOR, Role.INTELLIGENCE, Role.CASE_OFFICER, Role.AUDITOR}
HANDS = {Role.OFFICER, Role.ANALYST, Role.COORDINATOR}
DESK = {Role.ANALYST, Role.COORDINATOR}
RUNS = {Role.ANALYST, Role.COORDINATOR, Role.AUDITOR}
REJECTS = {Role.ANALYST, Role.AUDITOR}
ANALYSTS = {Role.ANALYST}

PAGES: dict[str, tuple[str, str, set[Role]]] = {
    "queue": ("get", "", READERS), "queue_export": ("get", "", READERS), "find": ("get", "", READERS),
    "line": ("get", "item", READERS), "peek": ("get", "item", READERS), "expected": ("get", "item", READERS),
    "take": ("post", "item", HANDS), "assign": ("post", "item", DESK), "give_back": ("post", "item", HANDS),
    "send": ("post", "item", HANDS), "release": ("post", "item", HANDS), "reopen": ("post", "item", DESK),
    "view_save": ("post", "", READERS), "view_share": ("post", "view", set()), "view_delete": ("post", "view", set()),
    "runs": ("get", "", RUNS), "start": ("get", "", ANALYSTS), "criteria": ("get", "", RUNS),
    "run": ("get", "run", RUNS), "rejects_overview": ("get", "", REJECTS), "rejects": ("get", "run", REJECTS),
    "rejects_export": ("get", "run", REJECTS), "mend": ("get", "run", ANALYSTS),
    "mend_upload": ("post", "run", ANALYSTS), "consignment": ("get", "message", READERS),
}  # fmt: skip
"""Name of the address -> how it is asked, about what, and the roles that may."""

OF_HOLDER = {"give_back", "send", "release"}
OFFICE_BOUND = {name for name, (_method, about, _roles) in PAGES.items() if about}


def test_the_matrix_names_every_address() -> None:
    assert {one.name for one in urlpatterns} == set(PAGES)


@pytest.fixture
def things(line: Callable[..., SelectedConsignment], analyst: Person) -> dict[str, list[object]]:
    """A line, a run and a view of the bridge."""
    run = ScreeningRun.objects.create(
        number="R-1", office_id="HK-HZMB", state="done", counts={"rejected": 0, "read": 0}
    )
    view = SavedView.objects.create(person=analyst, office_id="HK-HZMB", name="V", query="")
    item = line()
    return {"": [], "item": [item.pk], "run": [run.pk], "view": [view.pk], "message": [run.pk, "M-1"]}


@pytest.mark.parametrize("role", [*Role, None])
@pytest.mark.parametrize("office", ["HK-HZMB", "HK-KWAI-CHUNG"])
def test_answers_as_the_policy_says(
    browser: Callable[[Person], Client],
    staff: Callable[..., Person],
    things: dict[str, list[object]],
    role: Role | None,
    office: str,
) -> None:
    person = staff("somebody", role, office)
    client = browser(person)
    for name, (method, about, roles) in PAGES.items():
        held = {"state": "taken", "taken_by": person} if name in OF_HOLDER else {"state": "waiting", "taken_by": None}
        SelectedConsignment.objects.update(**held)
        answer = getattr(client, method)(reverse(f"targeting:{name}", args=things[about]))
        may = role in roles and (office == "HK-HZMB" or name not in OFFICE_BOUND)
        # Nothing stands in this run's lake, so that its one message is answered as one that nobody may see.
        allowed = {404} if name == "consignment" else {200, 302, 422}
        refused = {403, 404}
        assert answer.status_code in (allowed if may else refused), (name, role, office, answer.status_code)


def test_who_is_not_signed_in_is_sent_to_sign_in(things: dict[str, list[object]]) -> None:
    for name, (method, about, _roles) in PAGES.items():
        answer = getattr(Client(), method)(reverse(f"targeting:{name}", args=things[about]))
        assert answer.status_code == 302, name
        assert "/sign-in/" in answer["Location"], name


def test_the_count_in_the_frame_tells_nothing_of_other_offices(
    browser: Callable[[Person], Client], staff: Callable[..., Person], line: Callable[..., SelectedConsignment]
) -> None:
    line("SECRET-PLATE")
    page = browser(staff("elsewhere", Role.OFFICER, "HK-KWAI-CHUNG")).get("/queue/").content.decode()
    assert "SECRET-PLATE" not in page
    assert "0 waiting" in page


def test_a_declaration_of_another_office_is_answered_like_one_that_does_not_exist(
    browser: Callable[[Person], Client], staff: Callable[..., Person], done_run: ScreeningRun
) -> None:
    item = SelectedConsignment.objects.filter(run=done_run, office="HK-KWAI-CHUNG").first()
    assert item is not None
    client = browser(staff("elsewhere", Role.OFFICER, "HK-HZMB"))
    hidden = client.get(reverse("targeting:consignment", args=[done_run.pk, item.message_id]))
    absent = client.get(reverse("targeting:consignment", args=[done_run.pk, "no-such-message"]))
    assert (hidden.status_code, absent.status_code) == (404, 404)
    found = client.get(reverse("targeting:find"), {"reference": item.reference}).content.decode()
    assert item.consignment_id not in found
