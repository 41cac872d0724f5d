"""Every page opens for those who may see it, in each language, within a fixed number of queries."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tidewaiter.node.accounts.models import Person
from tidewaiter.node.casework import services
from tidewaiter.node.casework.models import Case

from .conftest import World, picture

Enter = Callable[[Person], Client]
LANGUAGES = ("en", "zh-hant", "zh-hans", "pt", "zh-hant-mo")


def full_case(world: World) -> Case:
    """A case with everything on it."""
    case = world.case(right=world.right)
    line = case.lines.get()
    for basis, currency in (("STREET", "HKD"), ("GENUINE_RETAIL", "HKD"), ("DECLARED", "USD")):
        services.add_value(
            world.case_officer, line, basis=basis, currency=currency, amount=Decimal("1200.50"), method="shop price",
            valued_on=timezone.localdate(),
        )  # fmt: skip
    exhibit = services.add_exhibit(world.officer, case, description="shoe", place="B2-14", seal_number="HK 0447 118")
    services.add_photograph(world.officer, picture(), client_id=exhibit.pk, exhibit=exhibit)
    services.record_event(world.case_officer, case, kind="notice_served", day=date(2026, 11, 18), proof="EMS 12")
    services.propose_disposal(world.case_officer, case, outcome="destroyed", line=line)
    services.add_person(world.case_officer, case, name="CHAN X", arrested_on=timezone.localdate())
    return case


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_open_in_each_language(world: World, enter: Enter, language: str) -> None:
    case = full_case(world)
    Person.objects.filter(pk=world.case_officer.pk).update(language=language)
    world.case_officer.refresh_from_db()
    browser = enter(world.case_officer)
    line, exhibit = case.lines.get(), case.exhibits.get()
    control = case.control
    assert control is not None
    pages = [
        reverse("casework:cases"),
        reverse("casework:case", args=[case.pk]),
        reverse("casework:paper", args=[case.pk]),
        reverse("casework:persons", args=[case.pk]),
        reverse("casework:exhibit", args=[exhibit.pk]),
        reverse("casework:controls"),
        reverse("casework:control", args=[control.pk]),
        reverse("casework:tasks"),
        reverse("casework:new_control"),
        reverse("casework:new_case"),
        reverse("casework:edit_case", args=[case.pk]),
        reverse("casework:add_line", args=[case.pk]),
        reverse("casework:edit_line", args=[line.pk]),
        reverse("casework:add_value", args=[line.pk]),
        reverse("casework:stage", args=[line.pk, "confirm"]),
        reverse("casework:add_exhibit", args=[case.pk]),
        reverse("casework:custody", args=[exhibit.pk, "store"]),
        reverse("casework:record_fact", args=[case.pk]),
        reverse("casework:propose_disposal", args=[case.pk]),
        reverse("casework:add_photograph", args=[case.pk]),
        reverse("casework:act", args=[case.pk, "void"]),
        reverse("casework:status", args=[case.pk, "confirm"]),
        reverse("rights:list"),
        reverse("rights:right", args=[world.right.pk]),
        reverse("rights:add"),
        reverse("rights:add_holder"),
    ]
    for page in pages:
        answer = browser.get(page)
        assert answer.status_code == 200, page
        text = answer.content.decode()
        assert " style=" not in text, page
        assert "<script>" not in text, page
