"""Conditions on goods items, parties, legs and references: any of them, or one and the same."""

from collections.abc import Callable

Met = Callable[..., list[bool]]

SHOES_AND_SAMPLES = {
    "goods": [
        {"hs": "640399", "quantity": 10.0, "unit": "PR", "value": 900.0, "currency": "USD"},
        {"hs": "610910", "quantity": 10.0, "unit": "H87", "value": 10.0, "currency": "USD"},
    ]
}
CHEAP = "{field: value_per_piece, below: 5, currency: USD}"


def test_outside_a_block_each_condition_may_be_met_by_another_item(met: Met) -> None:
    assert met(f"{{all: [{{field: hs, prefix: 6403}}, {{item: {CHEAP}}}]}}", SHOES_AND_SAMPLES) == [True]


def test_inside_a_block_one_item_meets_all(met: Met) -> None:
    assert met(f"{{item: {{all: [{{field: hs, prefix: 6403}}, {CHEAP}]}}}}", SHOES_AND_SAMPLES) == [False]
    assert met(f"{{item: {{all: [{{field: hs, prefix: 6109}}, {CHEAP}]}}}}", SHOES_AND_SAMPLES) == [True]


def test_not_outside_and_inside_a_block_are_two_questions(met: Met) -> None:
    rows = [{"goods": [{"hs": "640399"}, {"hs": "610910"}]}, {"goods": [{"hs": "610910"}]}]
    assert met("{not: {field: hs, prefix: 64}}", *rows) == [False, True]  # no item has it
    assert met("{item: {not: {field: hs, prefix: 64}}}", *rows) == [True, True]  # some item has it not


def test_a_bare_name_means_the_consignment_first_and_the_element_inside_its_block(met: Met) -> None:
    row = {"gross_mass_kg": 100.0, "goods": [{"gross_mass_kg": 1.0}]}
    assert met("{field: gross_mass_kg, above: 50}", row) == [True]
    assert met("{item: {field: gross_mass_kg, above: 50}}", row) == [False]
    assert met("{field: item.gross_mass_kg, below: 50}", row) == [True]


def test_parties_and_shorthands_of_their_roles(met: Met) -> None:
    rows = [
        {"parties": [{"role": "consignor", "country": "CN"}, {"role": "consignee", "country": "US"}]},
        {"parties": [{"role": "consignor", "country": "US"}, {"role": "consignee", "country": "CN"}]},
        {"parties": [{"role": "consignor", "country": "HK"}, {"role": "consignor", "country": "CN"}]},
    ]
    assert met("{field: consignor.country, is: CN}", *rows) == [True, False, True]
    assert met("{party: {all: [{field: role, is: consignor}, {field: country, is: CN}]}}", *rows) == [True, False, True]
    assert met("{field: party.country, is: CN}", *rows) == [True, True, True]


def test_any_transit_leg_counts(met: Met) -> None:
    row = {"route": [{"role": "transit", "country": "HK"}, {"role": "transit", "country": "AE"}]}
    assert met("{field: transit.country, is: AE}", row) == [True]
    assert met("{not: {field: transit.country, is: AE}}", row) == [False]
    assert met("{leg: {all: [{field: role, is: transit}, {field: country, in: [HK, SG]}]}}", row) == [True]


def test_norway_needs_no_quotes_and_hs_keeps_its_nought(met: Met) -> None:
    row = {"goods": [{"hs": "090121", "origin": "NO"}]}
    assert met("{field: origin, is: NO}", row) == [True]
    assert met("{field: hs, prefix: 0901}", row) == [True]
    assert met("{field: hs, is: 0901}", row) == [False]


def test_references_by_kind_and_beginning(met: Met) -> None:
    row = {"references": [{"type": "container", "value": "ABCU1234560"}, {"type": "seal", "value": "77"}]}
    assert met("{reference: {all: [{field: type, is: container}, {field: value, prefix: ABCU}]}}", row) == [True]
    assert met("{reference: {all: [{field: type, is: seal}, {field: value, prefix: ABCU}]}}", row) == [False]
