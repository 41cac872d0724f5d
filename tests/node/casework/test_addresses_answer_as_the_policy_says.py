"""Every address of casework and rights for every role, in one's own office and another; bad input comes back kept."""

import json
import uuid

import pytest
from django.test import Client
from django.urls import reverse
from tests.visiting import sign_in

from tidewaiter.node.accounts.roles import Role
from tidewaiter.node.casework import services
from tidewaiter.node.casework.models import Case, Control

from .conftest import World, make_person, picture
from .test_pages_open import Enter

CONTROLS = {"officer", "analyst", "intelligence", "coordinator", "case_officer", "auditor"}
CASES = {"officer", "case_officer", "coordinator", "intelligence", "auditor"}
RECORDERS = {"officer", "case_officer"}
KEEPERS = {"case_officer", "coordinator"}
CASE_OFFICER = {"case_officer"}

# Address, what of the world it is about, who may, and who sees that it is there (else 404).
LISTS = [
    ("casework:controls", CONTROLS),
    ("casework:tasks", RECORDERS),
    ("casework:new_control", RECORDERS),
    ("casework:cases", CASES),
    ("casework:new_case", CASE_OFFICER),
    ("rights:list", CONTROLS),
    ("rights:add", KEEPERS),
    ("rights:add_holder", KEEPERS),
]
THINGS = [
    ("casework:control", "control", (), CONTROLS, CONTROLS),
    ("casework:case", "case", (), CASES, CASES),
    ("casework:paper", "case", (), CASES, CASES),
    ("casework:edit_case", "case", (), CASE_OFFICER, CASES),
    ("casework:act", "case", ("investigate",), CASE_OFFICER, CASES),
    ("casework:status", "case", ("confirm",), CASE_OFFICER, CASES),
    ("casework:record_fact", "case", (), CASE_OFFICER, CASES),
    ("casework:add_line", "case", (), CASE_OFFICER, CASES),
    ("casework:add_exhibit", "case", (), RECORDERS, CASES),
    ("casework:add_photograph", "case", (), RECORDERS, CASES),
    ("casework:propose_disposal", "case", (), CASE_OFFICER, CASES),
    ("casework:persons", "case", (), CASE_OFFICER, CASES),
    ("casework:add_person", "case", (), CASE_OFFICER, CASES),
    ("casework:edit_line", "line", (), CASE_OFFICER, CASES),
    ("casework:void_line", "line", (), CASE_OFFICER, CASES),
    ("casework:add_value", "line", (), CASE_OFFICER, CASES),
    ("casework:stage", "line", ("detain",), RECORDERS, CASES),
    ("casework:exhibit", "exhibit", (), CASES, CASES),
    ("casework:custody", "exhibit", ("seal",), RECORDERS, CASES),
    ("casework:photograph", "photograph", (), CASES, CASES),
    ("casework:original", "photograph", (), CASE_OFFICER, CASES),
]


def things(world: World) -> dict[str, uuid.UUID]:
    case = world.case()
    exhibit = services.add_exhibit(world.officer, case, description="shoe", place="bay 2")
    photograph = services.add_photograph(world.officer, picture(), client_id=uuid.uuid4(), case=case)
    control = case.control
    assert control is not None
    return {
        "case": case.pk,
        "control": control.pk,
        "line": case.lines.get().pk,
        "exhibit": exhibit.pk,
        "photograph": photograph.pk,
    }


def browsers(world: World, role: Role) -> tuple[Client, Client]:
    """Somebody of the office, and somebody of another, each with a browser."""
    own, other = (make_person(f"{role}.{one.code}".lower(), one, role) for one in (world.office, world.other))
    return sign_in(own), sign_in(other)


@pytest.mark.parametrize("role", list(Role))
def test_each_role_gets_what_is_its_own(world: World, role: Role) -> None:
    made = things(world)
    own, other = browsers(world, role)
    for name, allowed in LISTS:
        expected = 200 if role in allowed else 403
        assert own.get(reverse(name)).status_code == expected, name
    for name, thing, more, allowed, seen in THINGS:
        address = reverse(name, args=[made[thing], *more])
        expected = 200 if role in allowed else 403 if role in seen else 404
        assert own.get(address).status_code == expected, name
        assert other.get(address).status_code == 404, name


def test_nobody_who_is_not_signed_in_gets_anything_but_the_worker(world: World, client: Client) -> None:
    assert client.get(reverse("casework:cases")).status_code == 302
    answer = client.get(reverse("casework:worker"))
    assert answer.status_code == 200
    assert "Choi" not in answer.content.decode()


def payload(world: World, **more: object) -> dict[str, object]:
    return {
        "client_id": str(uuid.uuid4()), "office": world.office.pk, "subject": "vehicle", "subject_label": "ZK417",
        "kind": "physical", "extent": "part", "finding": "find", "category": "footwear", "quantity": "1,240",
        "unit": "PR", "references": [{"type": "plate", "value": "ZK417"}], **more,
    }  # fmt: skip


def test_a_phone_that_sends_twice_gets_the_same_answer(world: World, enter: Enter) -> None:
    browser, sent = enter(world.officer), payload(world)
    answers = [
        browser.post(reverse("casework:send_control"), json.dumps(sent), content_type="application/json")
        for _ in range(3)
    ]
    assert [answer.status_code for answer in answers] == [201, 200, 200]
    assert answers[0].json() == answers[1].json() == answers[2].json()
    assert Control.objects.get().quantity == 1240
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"quantity": ""}, 422),
        ({"quantity": "many"}, 422),
        ({"kind": "glance"}, 422),
        ({"subject_label": ""}, 422),
        ({"references": "no list"}, 422),
        ({"office": "HK-RIVER-TRADE"}, 422),
        ({"client_id": "no id"}, 422),
    ],
)
def test_bad_input_of_a_phone_is_told_field_by_field(
    world: World, enter: Enter, wrong: dict[str, object], status: int
) -> None:
    sent = json.dumps(payload(world, **wrong))
    answer = enter(world.officer).post(reverse("casework:send_control"), sent, content_type="application/json")
    assert answer.status_code == status
    assert set(answer.json()["errors"]) & (set(wrong) | {"__all__"})
    assert not Control.objects.exists()


def test_what_is_no_json_is_refused(world: World, enter: Enter) -> None:
    for body in ("{", "[]", '"x"', ""):
        answer = enter(world.officer).post(reverse("casework:send_control"), body, content_type="application/json")
        assert answer.status_code in {400, 422}


def test_bad_input_on_forms_is_kept_and_told(world: World, enter: Enter) -> None:
    made = things(world)
    browser = enter(world.case_officer)
    cases = [
        ("casework:add_line", "case", {"description": "typed words", "quantity": "no number"}),
        ("casework:add_value", "line", {"method": "typed words", "amount": "x"}),
        ("casework:record_fact", "case", {"kind": "notice_served", "day": "2026-11-01", "note": "typed words"}),
        ("casework:add_exhibit", "case", {"description": "typed words"}),
        ("casework:edit_case", "case", {"title": "typed words", "arrests": "-1"}),
        ("casework:add_person", "case", {"note": "typed words"}),
        ("casework:void_line", "line", {"reason": ""}),
    ]
    for name, thing, typed in cases:
        address = reverse(name, args=[made[thing]])
        answer = browser.post(address, {**typed, "confirmed": "yes"})
        assert answer.status_code == 422, name
        text = answer.content.decode()
        assert "data-errors" in text, name
        assert "reason" in typed or "typed words" in text, name


def test_a_form_is_checked_before_it_is_sent(world: World, enter: Enter) -> None:
    case = world.case()
    browser, address = enter(world.case_officer), reverse("casework:add_line", args=[case.pk])
    typed = {
        "category": "watches", "description": "wrist watches", "right_type": "TM", "infringement": "counterfeit_mark",
        "quantity": "12", "unit": "H87",
    }  # fmt: skip
    answer = browser.post(address, typed)
    assert answer.status_code == 200
    assert case.lines.count() == 1
    assert "wrist watches" in browser.post(address, {**typed, "change": "yes"}).content.decode()
    assert browser.post(address, {**typed, "confirmed": "yes"}).status_code == 302
    assert case.lines.count() == 2
