"""References are looked up in the lakes of the node's runs, and shown once, as what people work on where they do."""

import pytest

from tidewaiter.lake.reference_index import build
from tidewaiter.node.search import lake
from tidewaiter.node.search.queries import answer, suggestions

pytestmark = pytest.mark.django_db


def bill(value, **more):
    return {"references": [{"type": "house_bill", "value": value}], "office": "HK-RIVER-TRADE", **more}


def test_a_reference_leads_straight_to_its_consignment(world, make_lake):
    make_lake(bill("TWH-0017"), bill("TWH-0018"))
    found = answer(world.people["river"], "twh 0017")
    assert [one.title for one in found.consignments] == ["TWH-0017"]
    assert (found.consignments[0].kind, found.consignments[0].office) == (
        "house bill",
        "River Trade Terminal, Tuen Mun",
    )
    assert found.straight == "/consignments/HK:0/"


def test_a_reference_of_several_is_a_list(world, make_lake):
    make_lake(bill("TWH-0017"), bill("TWH-0017"))
    found = answer(world.people["river"], "TWH-0017")
    assert len(found.consignments) == 2
    assert found.straight == ""


def test_the_latest_run_comes_first_and_a_consignment_once(world, make_lake):
    make_lake(bill("TWH-0017", consignment_id="HK:a"))
    make_lake(bill("TWH-0017", consignment_id="HK:b"), bill("TWH-0017", consignment_id="HK:a"))
    make_lake(bill("TWH-0017", consignment_id="HK:c"))
    found = answer(world.people["river"], "TWH-0017").consignments
    assert [one.consignment_id for one in found] == ["HK:c", "HK:a", "HK:b"]


def test_what_people_work_on_is_shown_in_place_of_the_consignment(world, make_lake):
    make_lake(bill("TWH-0017"), bill("TWH-0018"))
    made = world.add("Case 5", consignment_id="HK:0")
    found = answer(world.people["river"], "TWH-0017")
    assert [(one.title, one.url) for one in found.consignments] == [("Case 5", f"/cases/{made.pk}/")]
    assert found.straight == f"/cases/{made.pk}/"
    assert answer(world.people["airport"], "TWH-0017").count == 0


def test_a_record_that_is_found_by_its_words_too_is_shown_once(world, make_lake):
    make_lake(bill("TWH-0017"))
    made = world.add("Case 5", text=["TWH-0017"], consignment_id="HK:0")
    found = answer(world.people["river"], "TWH-0017")
    assert (found.consignments, [one.title for one in found.records]) == ([], ["Case 5"])
    assert found.straight == f"/cases/{made.pk}/"


def test_the_number_of_a_record_leads_straight_to_it_and_a_word_does_not(world):
    made = world.add("HK-2026/0017", summary="bag 0018")
    assert answer(world.people["river"], "hk20260017").straight == f"/cases/{made.pk}/"
    assert answer(world.people["river"], "bag").straight == ""
    assert answer(world.people["river"], "0018").straight == ""


def test_an_index_that_cannot_be_used_is_told_and_the_rest_is_searched(world, make_lake):
    broken = make_lake(bill("TWH-0017"))
    make_lake(bill("TWH-0018"))
    next(broken.glob("administration=*")).write_bytes(b"")
    for reference, count in (("TWH-0018", 1), ("TWH-0017", 0)):
        found = answer(world.people["river"], reference)
        assert (found.complete, found.count, found.straight) == (False, count, "")


def test_an_index_of_another_key_is_told(world, make_lake):
    folder = make_lake(bill("TWH-0017"))
    build(folder.parent / "result-0", folder, b"the secret of another node")
    assert not answer(world.people["river"], "TWH-0017").complete


def test_an_index_that_was_built_anew_is_used(world, make_lake):
    folder = make_lake(bill("TWH-0017"))
    assert answer(world.people["river"], "TWH-0017").count == 1
    root = folder.parent / "result-0"
    next((root / "consignment").rglob("*.parquet")).unlink()
    build(root, folder, lake.key())
    assert answer(world.people["river"], "TWH-0017").count == 0


def test_suggestions_hold_both(world, make_lake):
    make_lake(bill("TWH-0017"))
    world.add("TWH letters")
    assert [one.title for one in suggestions(world.people["river"], "twh-0017")] == ["TWH-0017"]
    assert [one.title for one in suggestions(world.people["river"], "twh")] == ["TWH letters"]
