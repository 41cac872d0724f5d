"""Each page of tips and of the roster answers, in every language, and does what its buttons say."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tidewaiter.exchange.signing import SigningKey
from tidewaiter.node.accounts.models import Person
from tidewaiter.node.intelligence import services
from tidewaiter.node.intelligence.models import DutyShift, Tip

Browser = Callable[[Person], Client]


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans", "pt", "zh-hant-mo"])
def test_every_page_answers(
    language: str, arrive: Any, draft: Any, make_person: Callable[..., Person], browser: Browser
) -> None:
    person = make_person("coordinator")
    Person.objects.update(language=language)
    theirs, ours = arrive(), draft(person)
    client = browser(Person.objects.get(pk=person.pk))
    pages = [reverse("intelligence:tips") + f"?show={show}" for show in ("received", "sent", "drafts")]
    pages += [reverse(f"intelligence:{name}") for name in ("create", "roster", "times")]
    pages += [reverse(f"intelligence:{name}", args=[theirs.pk]) for name in ("tip", "pass_on", "answer")]
    pages += [reverse(f"intelligence:{name}", args=[ours.pk]) for name in ("tip", "check", "edit")]
    pages += [reverse("partners:lanes"), reverse("partners:stop", args=["CN-GD"])]
    assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)


def test_written_checked_and_sent_by_the_pages(
    gd_key: SigningKey, make_person: Callable[..., Person], browser: Browser
) -> None:
    client = browser(make_person("analyst"))
    until = (timezone.localtime() + timedelta(hours=3)).strftime("%Y-%m-%dT%H:%M")
    given = {"peers": ["CN-GD"], "title": "Lorry", "plate": "粤Z·M208港", "asked": "control", "tlp": "amber",
             "caveats": ["lead_only"], "expires_at": until, "where_office": "CN-GD-SHENZHEN-WENJINDU"}  # fmt: skip
    answer = client.post(reverse("intelligence:create"), given)
    tip = Tip.objects.get()
    assert answer.url == reverse("intelligence:check", args=[tip.pk])
    page = client.get(answer.url).content.decode()
    assert "粤Z·M208港" in page
    assert "LEAD-ONLY" in page
    assert client.post(answer.url).status_code == 302
    tip.refresh_from_db()
    assert (tip.state, tip.where_office, tip.mode) == ("sent", "CN-GD-SHENZHEN-WENJINDU", 3)


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    gd_key: SigningKey, make_person: Callable[..., Person], browser: Browser
) -> None:
    given = {"title": "Lorry", "asked": "control", "tlp": "amber", "expires_at": "yesterday"}
    answer = browser(make_person("analyst")).post(reverse("intelligence:create"), given)
    assert answer.status_code == 422
    assert b'value="Lorry"' in answer.content
    assert answer.content.count(b"tw-errors") == 1
    assert not Tip.objects.exists()


def test_acknowledged_and_answered_by_the_pages(
    arrive: Callable[..., Tip], make_person: Callable[..., Person], browser: Browser
) -> None:
    tip, client = arrive(), browser(make_person("officer", "HK-HZMB"))
    client.post(reverse("intelligence:acknowledge", args=[tip.pk]))
    client.post(reverse("intelligence:acknowledge", args=[tip.pk]))
    given = {"outcome": "find", "items": "118", "reference": "HK-1", "credit": "on"}
    assert client.post(reverse("intelligence:answer", args=[tip.pk]), given).status_code == 302
    tip.refresh_from_db()
    assert tip.state == "answered"
    assert tip.result is not None
    assert tip.result["outcome"] == "find"


def test_who_may_not_see_tips_gets_no_page(
    arrive: Callable[..., Tip], make_person: Callable[..., Person], browser: Browser
) -> None:
    tip, client = arrive(), browser(make_person("administrator"))
    assert client.get(reverse("intelligence:tips")).status_code == 403
    assert client.get(tip.get_absolute_url()).status_code == 404
    auditor = browser(make_person("auditor"))
    assert auditor.get(tip.get_absolute_url()).status_code == 200
    assert auditor.post(reverse("intelligence:acknowledge", args=[tip.pk])).status_code == 403


def test_the_roster_is_kept_by_its_page(make_person: Callable[..., Person], browser: Browser) -> None:
    officer, client = make_person("officer", "HK-HZMB"), browser(make_person("intelligence"))
    at = timezone.localtime()
    given = {"office": "HK-HZMB", "person": str(officer.pk), "starts_at": at.strftime("%Y-%m-%dT%H:%M"),
             "ends_at": (at + timedelta(hours=8)).strftime("%Y-%m-%dT%H:%M")}  # fmt: skip
    assert client.post(reverse("intelligence:roster"), given).status_code == 302
    shift = DutyShift.objects.get()
    assert shift.person == officer
    assert client.post(reverse("intelligence:roster"), given).status_code == 422
    client.post(reverse("intelligence:cancel_shift", args=[shift.pk]))
    assert not DutyShift.objects.standing().exists()


def test_the_frame_shows_what_waits(
    arrive: Callable[..., Tip], make_person: Callable[..., Person], browser: Browser
) -> None:
    officer = make_person("officer", "HK-HZMB")
    tip = arrive()
    page = browser(officer).get(reverse("intelligence:tips")).content.decode()
    assert "1 tip waits" in page
    assert f"Tip {tip.number} waits" in page
    services.acknowledge(officer, tip)
    assert f"Tip {tip.number} waits" not in browser(officer).get(reverse("intelligence:tips")).content.decode()
