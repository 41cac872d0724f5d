"""One consignment that two parties saw counts once, at home; the other party assisted."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.consolidation import Count, Measure, Pair, Record, Reference, attribute, figures_of, total

DAY = date(2023, 8, 24)


def record(ident: str, party: str, *references: str, seized: bool = False, day: date = DAY, items: int = 10) -> Record:
    typed = frozenset(Reference(*reference.split(":", 1)) for reference in references)
    counts = (
        Count(Measure.INSPECTIONS, Decimal(1)),
        Count(Measure.ITEMS, Decimal(items), unit="H87", stage="suspected"),
    )
    return Record(ident, party, day, counts, typed, seized)


def test_the_seizing_party_counts_and_the_other_assisted() -> None:
    guangdong = record("g1", "CN-GD", "house_bill:A1", day=date(2023, 8, 23), items=9)
    hong_kong = record("h1", "HK", "house_bill:A1", seized=True, items=10)
    found = attribute([guangdong, hong_kong])
    assert found.home_of == {"g1": "h1"}
    assert (found.counts("h1"), found.counts("g1")) == (True, False)
    figures = figures_of([guangdong, hong_kong], found)
    assert {(f.key.party, f.key.measure): f.amount for f in figures} == {
        ("CN-GD", Measure.INSPECTIONS): 1,
        ("CN-GD", Measure.ASSISTED): 1,
        ("HK", Measure.INSPECTIONS): 1,
        ("HK", Measure.ITEMS): 10,
    }
    assert next(f.records for f in figures if f.key.measure is Measure.ITEMS) == ("h1",)


def test_between_two_that_seized_the_earlier_counts_then_the_id() -> None:
    early = record("z", "MO", "postal_item:X", seized=True, day=date(2023, 8, 22))
    late = record("a", "HK", "postal_item:X", seized=True)
    assert attribute([late, early]).home_of == {"a": "z"}
    same_day = record("z", "MO", "postal_item:X", seized=True)
    assert attribute([same_day, late]).home_of == {"z": "a"}


def test_all_records_of_the_home_party_count() -> None:
    records = [
        record("h1", "HK", "ucr:U", seized=True),
        record("h2", "HK", "ucr:U", seized=True),
        record("m1", "MO", "ucr:U"),
    ]
    assert attribute(records).home_of == {"m1": "h1"}


def test_three_parties_through_a_chain_count_once() -> None:
    records = [
        record("g", "CN-GD", "house_bill:A"),
        record("h", "HK", "house_bill:A", "courier_tracking:T", seized=True),
        record("m", "MO", "courier_tracking:T"),
    ]
    assert attribute(records).home_of == {"g": "h", "m": "h"}


def test_a_shared_container_is_a_question_for_a_person() -> None:
    records = [record("g", "CN-GD", "container_voyage:C/12"), record("h", "HK", "container_voyage:C/12", seized=True)]
    found = attribute(records)
    assert (found.home_of, found.possible) == ({}, (Pair("g", "h", ("container_voyage",)),))
    found = attribute(records, same=[("h", "g")])
    assert (found.home_of, found.possible) == ({"g": "h"}, ())
    found = attribute(records, different=[("g", "h")])
    assert (found.home_of, found.possible) == ({}, ())


def test_a_person_outweighs_a_shared_reference() -> None:
    records = [record("g", "CN-GD", "house_bill:A"), record("h", "HK", "house_bill:A")]
    assert attribute(records, different=[("h", "g")]).home_of == {}


def test_records_of_one_party_and_empty_references_join_nothing() -> None:
    records = [
        record("h1", "HK", "house_bill:A"),
        record("h2", "HK", "house_bill:A"),
        record("h3", "HK", "ucr: "),
        record("m3", "MO", "ucr: "),
    ]
    assert attribute(records).home_of == {}


def test_a_number_that_everybody_has_joins_nothing_and_is_told() -> None:
    records = [record(f"{party}{n}", party, "house_bill:0") for party in ("HK", "MO") for n in range(30)]
    found = attribute(records)
    assert (found.home_of, found.crowded) == ({}, (Reference("house_bill", "0"),))


@pytest.mark.parametrize(
    ("decisions", "fault"),
    [
        ({"same": [("g", "x")]}, "unknown"),
        ({"same": [("g", "h")], "different": [("h", "g")]}, "both ways"),
        ({"different": [("g", "m")]}, "decided apart"),
    ],
)
def test_decisions_that_cannot_be_are_refused(decisions: dict[str, list[tuple[str, str]]], fault: str) -> None:
    records = [record("g", "CN-GD", "ucr:A"), record("h", "HK", "ucr:A", "ucr:B"), record("m", "MO", "ucr:B")]
    with pytest.raises(ValueError, match=fault):
        attribute(records, **decisions)


def test_an_id_that_stands_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        attribute([record("h", "HK"), record("h", "MO")])


def test_what_is_no_count_is_refused() -> None:
    with pytest.raises(ValueError, match="no count"):
        record("h", "HK", items=-1)


WORLDS = st.lists(
    st.tuples(st.sampled_from(["CN-GD", "HK", "MO"]), st.sampled_from("ABCD"), st.booleans(), st.integers(0, 50)),
    max_size=12,
)


@given(WORLDS, st.randoms(use_true_random=False))
def test_each_consignment_counts_for_one_party_in_whatever_order(
    world: list[tuple[str, str, bool, int]], shuffler: object
) -> None:
    records = [
        record(f"r{n}", party, f"ucr:{reference}", seized=seized, items=amount)
        for n, (party, reference, seized, amount) in enumerate(world)
    ]
    found = attribute(records)
    mixed = list(records)
    shuffler.shuffle(mixed)  # type: ignore[attr-defined]
    assert attribute(mixed) == found
    for reference in "ABCD":
        same = [r for r in records if Reference("ucr", reference) in r.references]
        home = {r.party for r in same if found.counts(r.id)}
        assert len(home) == bool(same)
        assert not any(r.seized for r in same if not found.counts(r.id)) or any(
            r.seized for r in same if found.counts(r.id)
        )
    total(figures_of(records, found))
