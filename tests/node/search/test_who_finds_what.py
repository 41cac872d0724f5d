"""Nobody finds, counts or guesses what they may not see."""

import pytest

from tidewaiter.node.search import kinds, lake
from tidewaiter.node.search.queries import answer, search, suggestions

pytestmark = pytest.mark.django_db


def found(world, text, **options):
    return {who: [one.title for one in search(person, text, **options)] for who, person in world.people.items()}


def test_offices_and_those_above_find_their_records(world):
    world.add("River bag", office="HK-RIVER-TRADE")
    world.add("Airport bag", office="HK-AIRPORT-CARGO", days=1)
    assert found(world, "bag") == {
        "river": ["River bag"],
        "airport": ["Airport bag"],
        "whole": ["Airport bag", "River bag"],
        "secret": [],
        "other": [],
    }


def test_a_record_of_the_whole_node_is_found_in_every_office_by_its_roles(world):
    world.add("Bag of all", office=None)
    assert found(world, "bag") == {
        "river": ["Bag of all"], "airport": ["Bag of all"], "whole": ["Bag of all"], "secret": [], "other": []
    }  # fmt: skip


def test_a_restricted_record_is_found_by_those_alone_that_it_is_restricted_to(world):
    world.add("Bag of somebody", restricted=True)
    assert {who for who, titles in found(world, "bag").items() if titles} == {"secret"}


def test_what_others_see_takes_no_place_in_a_list(world):
    world.add("River bag")
    for number in range(30):
        world.add(f"Airport bag {number}", office="HK-AIRPORT-CARGO", days=1)
    shown = answer(world.people["river"], "bag")
    assert (shown.count, shown.more) == (1, "")


def test_a_closed_account_finds_nothing(world, make_lake):
    world.add("River bag 17")
    make_lake({"references": [{"type": "house_bill", "value": "TWH17"}]})
    person = world.people["river"]
    person.is_active = False
    person.save()
    person.forget_reach()
    assert answer(person, "bag").count == answer(person, "TWH17").count == 0
    assert suggestions(person, "TWH17") == []


def test_a_kind_of_which_no_app_tells_is_not_found(world):
    world.add("River bag")
    kind = kinds.find("live.event")
    kinds.forget("live.event")
    assert found(world, "bag")["whole"] == []
    kinds.register(kind)
    assert found(world, "bag")["whole"] == ["River bag"]


def test_consignments_of_the_lake_are_found_by_who_reaches_their_office(world, make_lake):
    bill = {"references": [{"type": "vessel", "value": "Pearl Star"}]}
    make_lake(
        {**bill, "office": "HK-RIVER-TRADE"},
        {**bill, "office": "HK-AIRPORT-CARGO"},
        {**bill, "office": "an office of yesterday"},
        bill,
    )
    seen = {
        who: sorted(one.consignment_id for one in answer(person, "pearl star").consignments)
        for who, person in world.people.items()
    }
    assert seen == {
        "river": ["HK:0"], "airport": ["HK:1"], "whole": ["HK:0", "HK:1", "HK:2", "HK:3"], "secret": [], "other": []
    }  # fmt: skip


def test_a_lake_without_roles_is_searched_by_nobody(world, make_lake):
    make_lake({"references": [{"type": "house_bill", "value": "TWH17"}]})
    (source,) = lake.sources()
    lake.register("tests", lake.Source(folders=source.folders, url=source.url, seen_by=frozenset()))
    assert answer(world.people["whole"], "TWH17").count == 0
