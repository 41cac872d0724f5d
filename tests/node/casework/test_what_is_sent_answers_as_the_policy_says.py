"""What pages and phones send, for every role, at one's own office and another; bad input comes back kept and told."""

import hashlib
import json
import uuid
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override

from tidewaiter.node.accounts.models import Person
from tidewaiter.node.accounts.roles import Role
from tidewaiter.node.casework import services
from tidewaiter.node.casework.models import Case, Control, Disposal, Photograph, Upload

from .conftest import World, picture
from .test_addresses_answer_as_the_policy_says import CASE_OFFICER, CASES, RECORDERS, browsers, payload
from .test_pages_open import Enter

JSON = "application/json"


@pytest.mark.parametrize("role", list(Role))
def test_disposals_and_voided_facts(world: World, role: Role) -> None:
    case = world.case()
    own, other = browsers(world, role)
    fact = services.record_event(world.case_officer, case, kind="notice_sent", day=timezone.localdate())

    def proposed() -> Disposal:
        return services.propose_disposal(world.case_officer, case, outcome="destroyed")

    actions = {"approve": {}, "refuse": {"reason": "r"}, "hold": {"reason": "r"}, "withdraw": {"reason": "r"}}
    expected = 302 if role in CASE_OFFICER else 403 if role in CASES else 404
    for action, sent in actions.items():
        disposal = proposed()
        address = reverse("casework:disposal", args=[disposal.pk, action])
        assert other.get(address).status_code == other.post(address, sent).status_code == 404, action
        assert own.post(address, sent).status_code == expected, action
        disposal.refresh_from_db()
        assert (disposal.state == "proposed") is (expected != 302)
    approved = services.change_disposal(world.second, proposed(), "approve")
    address = reverse("casework:disposal", args=[approved.pk, "carry_out"])
    sent = {"carried_out_on": str(timezone.localdate()), "witness": "NG P, audit", "confirmed": "yes"}
    assert other.post(address, sent).status_code == 404
    assert own.post(address, sent).status_code == expected
    held = services.change_disposal(world.second, proposed(), "hold", reason="court")
    assert own.post(reverse("casework:disposal", args=[held.pk, "resume"])).status_code == expected
    address = reverse("casework:void_fact", args=[fact.pk])
    assert other.post(address, {"reason": "wrong"}).status_code == 404
    assert own.post(address, {"reason": "wrong"}).status_code == expected
    fact.refresh_from_db()
    assert (fact.voided_at is not None) is (expected == 302)


@pytest.mark.parametrize("role", list(Role))
def test_what_a_phone_sends(world: World, role: Role) -> None:
    own, other = browsers(world, role)
    may, address = role in RECORDERS, reverse("casework:send_control")
    for browser, expected in ((own, {True: 201, False: 422}[may]), (other, 422)):
        answer = browser.post(address, json.dumps(payload(world)), content_type=JSON)
        assert answer.status_code == expected
        assert browser.get(address).status_code == 405
        assert browser.get(reverse("casework:session")).json()["person"]
    assert Control.objects.count() == int(may)
    # Pictures belong to who recorded the control, whatever the others' roles.
    entry = world.entry()
    services.record_control(world.officer, entry)
    content, mine = picture(), uuid.uuid4()
    begun = {
        "id": str(mine), "control": str(entry.client_id), "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }  # fmt: skip
    for browser in (own, other):
        answer = browser.post(reverse("casework:begin_upload"), json.dumps(begun), content_type=JSON)
        assert answer.status_code == 422
    services.begin_upload(
        world.officer, upload_id=mine, control_client_id=entry.client_id, size=len(content), sha256=begun["sha256"]
    )  # type: ignore[arg-type]
    piece = reverse("casework:upload", args=[mine])
    for browser in (own, other):
        assert browser.get(piece).status_code == 404
        assert browser.put(piece, content, headers={"Upload-Offset": "0"}).status_code == 404
        assert browser.post(reverse("casework:begin_upload"), json.dumps(begun), content_type=JSON).status_code == 403
    assert not Photograph.objects.exists()


def test_pieces_of_a_picture_by_their_addresses(world: World, enter: Enter) -> None:
    entry, content, pk = world.entry(), picture(), uuid.uuid4()
    services.record_control(world.officer, entry)
    browser, begin = enter(world.officer), reverse("casework:begin_upload")
    for wrong in ("{", "[]", json.dumps({"id": "no"}), json.dumps({"id": str(pk), "control": 1, "size": "x"})):
        assert browser.post(begin, wrong, content_type=JSON).status_code == 400
    sent = {
        "id": str(pk), "control": str(entry.client_id), "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }  # fmt: skip
    assert browser.post(begin, json.dumps({**sent, "size": 10**9}), content_type=JSON).status_code == 422
    assert browser.post(begin, json.dumps(sent), content_type=JSON).json()["received"] == 0
    address = reverse("casework:upload", args=[pk])
    for offset in ("", "-1", "x", "9" * 20):
        assert browser.put(address, b"x", headers={"Upload-Offset": offset}).status_code == 400
    assert browser.put(address, content[:9], headers={"Upload-Offset": "5"}).status_code == 409
    assert browser.put(address, content[:9], headers={"Upload-Offset": "0"}).json()["received"] == 9
    assert browser.put(address, content[9:], headers={"Upload-Offset": "9"}).json()["done"]
    assert browser.delete(address).status_code == 405
    assert Upload.objects.get().photograph is not None


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans", "pt"])
def test_bad_input_on_disposal_custody_and_photograph_forms(world: World, enter: Enter, language: str) -> None:
    case = world.case()
    exhibit = services.add_exhibit(world.officer, case, description="shoe", place="bay 2")
    proposed = services.propose_disposal(world.second, case, outcome="destroyed")
    approved = services.change_disposal(
        world.case_officer, services.propose_disposal(world.second, case, outcome="donated"), "approve"
    )
    Person.objects.filter(pk=world.case_officer.pk).update(language=language)
    world.case_officer.refresh_from_db()
    browser = enter(world.case_officer)
    bad = SimpleUploadedFile("x.jpg", b"no picture at all", "image/jpeg")
    day = str(timezone.localdate())
    tried = [
        ("propose_disposal", [case.pk], {"outcome": "eaten", "note": "typed words"}, ""),
        ("disposal", [proposed.pk, "refuse"], {"reason": ""}, ""),
        ("disposal", [approved.pk, "carry_out"], {"carried_out_on": "2999-01-01", "witness": "typed words"},
         "Say on which day it was carried out; it cannot lie in the future."),
        ("disposal", [approved.pk, "carry_out"], {"carried_out_on": day, "witness": "typed words", "cost": "5"},
         "A cost has an amount and a currency, or neither."),
        ("custody", [exhibit.pk, "seal"], {"place": "typed words", "seal_number": " "}, ""),
        ("custody", [exhibit.pk, "seal"], {"place": "typed words", "seal_number": "S1", "at": "2999-01-01T10:00"},
         "This time lies in the future."),
        ("custody", [exhibit.pk, "seal"], {"place": "typed words", "seal_number": "S1", "at": "2001-01-01T10:00"},
         "This step lies before the last one. Look at the time."),
        ("add_photograph", [case.pk], {"caption": "typed words"}, ""),
        ("add_photograph", [case.pk], {"caption": "typed words", "photograph": bad},
         "This is no picture that can be read. Send a JPEG, PNG or WebP."),
    ]  # fmt: skip
    for name, args, typed, said in tried:
        answer = browser.post(reverse(f"casework:{name}", args=args), {**typed, "confirmed": "yes"})
        text = answer.content.decode()
        assert answer.status_code == 422, (name, typed)
        assert "data-errors" in text, (name, typed)
        assert "reason" in typed or "typed words" in text, (name, typed)
        with override(language):
            assert gettext(said) in text if said else True, (name, typed)
            assert not said or language == "en" or gettext(said) != said
    assert not Photograph.objects.exists()


def test_pictures_come_with_the_form_where_no_script_runs(world: World, enter: Enter) -> None:
    browser, address = enter(world.officer), reverse("casework:new_control")
    plain = {name: value for name, value in payload(world, note="typed words").items() if name != "references"}
    bad = SimpleUploadedFile("x.jpg", b"no picture", "image/jpeg")
    answer = browser.post(address, {**plain, "photograph_load": bad})
    assert answer.status_code == 422
    assert "typed words" in answer.content.decode()
    assert not Control.objects.exists()
    for _ in range(2):
        files = {
            "photograph_load": SimpleUploadedFile("a.jpg", picture(), "image/jpeg"),
            "photograph_mark": SimpleUploadedFile("b.png", picture("PNG"), "image/png"),
        }
        assert browser.post(address, {**plain, **files}).status_code == 302
    control = Control.objects.get()
    assert sorted(control.photographs.values_list("shows", flat=True)) == ["load", "mark"]
    assert 'enctype="multipart/form-data"' in browser.get(address).content.decode()


def test_the_handling_of_a_case_is_chosen_on_its_form(world: World, enter: Enter) -> None:
    case = world.case()
    browser, address = enter(world.case_officer), reverse("casework:edit_case", args=[case.pk])
    kept = {"title": "shoes", "detected_at": "2026-11-20T10:00", "arrests": "0"}
    assert browser.post(address, {**kept, "tlp": "purple"}).status_code == 422
    assert browser.post(address, {**kept, "tlp": "amber+strict"}).status_code == 302
    assert "TLP:AMBER+STRICT" in browser.get(reverse("casework:case", args=[case.pk])).content.decode()
    assert Case.objects.get().tlp == "amber+strict"


def test_the_law_of_the_neighbours_stands_beside(world: World, enter: Enter) -> None:
    page = enter(world.case_officer).get(reverse("casework:case", args=[world.case().pk]))
    beside = {one.administration: one.stated for one in page.context["neighbours"]}
    assert set(beside) == {"CN-GD", "MO"}
    assert [one.code for one in beside["MO"]] == ["MO.CASE.NO_DAY_COUNT"]
    assert beside["CN-GD"] == ()


def test_ten_times_as_much_asks_no_more_queries(world: World, enter: Enter) -> None:
    case = world.case()
    browser = enter(world.case_officer)
    pages = [reverse(f"casework:{name}") for name in ("controls", "cases", "tasks")]
    pages.append(reverse("casework:case", args=[case.pk]))

    def more(times: int) -> None:
        for number in range(times):
            world.case()
            line = services.add_line(
                world.case_officer, case, category="footwear", description="shoes", right_type="TM",
                infringement="counterfeit_mark", quantity=Decimal(3), unit="PR",
            )  # fmt: skip
            services.add_value(
                world.case_officer, line, basis="STREET", currency="HKD", amount=Decimal(number + 1), method="shop",
                valued_on=timezone.localdate(),
            )  # fmt: skip
            services.add_exhibit(world.officer, case, description="shoe", place="bay", line=line)
            services.propose_disposal(world.second, case, outcome="destroyed", line=line)
            services.record_event(world.case_officer, case, kind="notice_sent", day=timezone.localdate())
            services.add_photograph(world.officer, picture(), client_id=uuid.uuid4(), case=case)

    more(1)
    few = asked(browser, pages)
    more(9)
    assert asked(browser, pages) == few


def asked(browser: Client, pages: list[str]) -> dict[str, int]:
    """The queries of each page, asked a second time."""
    found = {}
    for page in pages:
        browser.get(page)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(page).status_code == 200
        found[page] = len(queries)
    return found
