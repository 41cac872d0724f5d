"""The page of the queue: tabs, filters, views, the sheet, and what a page renews of itself."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tidewaiter.node.accounts.models import Person
from tidewaiter.node.accounts.roles import Role
from tidewaiter.node.targeting import services
from tidewaiter.node.targeting.models import SavedView, SelectedConsignment
from tidewaiter.node.targeting.queries.filters import Choice

Line = Callable[..., SelectedConsignment]
Staff = Callable[..., Person]
Browser = Callable[[Person], Client]
QUEUE = "/queue/"


@pytest.fixture
def officer(staff: Staff) -> Person:
    """An officer at the bridge."""
    return staff("officer", Role.OFFICER, "HK-HZMB")


def test_tabs_count_what_they_show(officer: Person, line: Line) -> None:
    line("A1", origin="random", kinds="|random|")
    line("A2", lane="OP3-L1")
    line("A3", tip="GD-1", due_at=timezone.now() + timedelta(hours=1))
    services.take(officer, line("A4"))
    released = services.release(officer, services.take(officer, line("A5")), reason="seen")
    line("A6", superseded_by=released)
    counts = SelectedConsignment.objects.visible_to(officer).counts(officer)
    assert counts == {
        "waiting": 3, "lanes": 1, "neighbours": 1, "random": 1, "hand": 1, "mine": 1, "coming": 1, "released": 1
    }  # fmt: skip
    for tab, count in counts.items():
        assert Choice(tab=tab).lines(officer).count() == count, tab


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"region": "europe"}, {"EU"}),
        ({"category": "footwear"}, {"EU"}),
        ({"kind": "watchlist"}, {"US"}),
        ({"mode": "courier"}, {"US"}),
        ({"mode": "road", "kind": "profile"}, {"EU"}),
        ({"office": "HK-KWAI-CHUNG"}, {"KC"}),
        ({"region": "nowhere"}, {"EU", "US", "KC"}),
    ],
)
def test_filters(analyst: Person, line: Line, given: dict[str, str], found: set[str]) -> None:
    line("EU", destination="NL", category="footwear", mode=3)
    line("US", destination="US", category="watches", mode=4, courier=True, kinds="|watchlist|")
    line("KC", office="HK-KWAI-CHUNG", destination="CN", mode=1)
    assert set(Choice.of(given).lines(analyst).values_list("reference", flat=True)) == found


def test_tips_first_then_what_passes_next(officer: Person, line: Line) -> None:
    now = timezone.now()
    line("LATE", due_at=now + timedelta(hours=5), priority=90)
    line("SOON", due_at=now + timedelta(hours=1))
    line("TIP", tip="GD-1", due_at=now + timedelta(hours=9))
    assert [one.reference for one in Choice().lines(officer)] == ["TIP", "SOON", "LATE"]


def test_the_sheet_runs_nothing(browser: Browser, officer: Person, line: Line) -> None:
    line("=HYPERLINK(1)", goods="@SUM(A1)", references=[["plate", "=HYPERLINK(1)"]])
    answer = browser(officer).get(reverse("targeting:queue_export"))
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[1][0] == "'=HYPERLINK(1)"
    assert rows[1][6].startswith("'@")


def test_taking_by_the_button_renews_the_queue_and_names_the_winner(
    browser: Browser, officer: Person, staff: Staff, line: Line
) -> None:
    rival = staff("rival", Role.OFFICER, "HK-HZMB")
    item = line()
    address = reverse("targeting:take", args=[item.pk])
    head = {"HTTP_HX_REQUEST": "true"}
    won = browser(officer).post(address, {"next": "/queue/?tab=waiting"}, **head).content.decode()
    assert 'id="queue"' in won
    assert "You have 粤Z·K417港 now." in won
    lost = browser(rival).post(address, {"next": "/queue/"}, **head).content.decode()
    assert "OFFICER took 粤Z·K417港 at" in lost


def test_an_action_leads_to_no_other_site(browser: Browser, officer: Person, line: Line) -> None:
    address = reverse("targeting:take", args=[line().pk])
    answer = browser(officer).post(address, {"next": "https://elsewhere.example/"})
    assert answer["Location"] == QUEUE
    assert browser(officer).post(address, {"next": "//elsewhere.example/"})["Location"] == QUEUE


def test_releasing_without_a_reason_says_so(browser: Browser, officer: Person, line: Line) -> None:
    item = services.take(officer, line())
    client = browser(officer)
    answer = client.post(reverse("targeting:release", args=[item.pk]), {"reason": " "}, follow=True)
    item.refresh_from_db()
    assert item.state == "taken"
    assert "tw-toast" in answer.content.decode()


def test_views_are_kept_shared_and_deleted(browser: Browser, officer: Person, staff: Staff) -> None:
    colleague = staff("colleague", Role.OFFICER, "HK-HZMB")
    stranger = staff("stranger", Role.OFFICER, "HK-KWAI-CHUNG")
    client = browser(officer)
    client.post(
        reverse("targeting:view_save"), {"name": "Shoes", "category": "footwear", "tab": "waiting", "evil": "1"}
    )
    view = SavedView.objects.get()
    assert view.query == "category=footwear"
    assert not SavedView.objects.visible_to(colleague).exists()
    client.post(reverse("targeting:view_share", args=[view.pk]), {"shared": "1"})
    assert SavedView.objects.visible_to(colleague).exists()
    assert not SavedView.objects.visible_to(stranger).exists()
    assert browser(colleague).post(reverse("targeting:view_delete", args=[view.pk])).status_code == 403
    assert client.post(reverse("targeting:view_delete", args=[view.pk])).status_code == 302
    assert not SavedView.objects.exists()


def test_queries_do_not_grow_with_the_queue(
    browser: Browser, officer: Person, line: Line, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    client = browser(officer)
    for number in range(30):
        line(f"R{number}", goods="shoes")
    with django_assert_max_num_queries(28):  # type: ignore[attr-defined]
        client.get(QUEUE)
