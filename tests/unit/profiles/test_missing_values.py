"""What is not known is neither met nor not met."""

from collections.abc import Callable

import pytest

Met = Callable[..., list[bool]]


def test_a_missing_value_meets_neither_a_comparison_nor_its_opposite(met: Met) -> None:
    rows = [{"courier": True}, {"courier": False}, {"courier": None}]
    assert met("{field: courier, is: true}", *rows) == [True, False, False]
    assert met("{not: {field: courier, is: true}}", *rows) == [False, True, False]
    assert met("{not: {not: {field: courier, is: true}}}", *rows) == [True, False, False]


def test_missing_asks_for_absence_and_is_always_known(met: Met) -> None:
    rows = [{"courier": True}, {"courier": None}]
    assert met("{field: courier, missing: true}", *rows) == [False, True]
    assert met("{field: courier, missing: false}", *rows) == [True, False]
    assert met("{not: {field: courier, missing: true}}", *rows) == [True, False]


def test_silent_consignments_can_be_taken_in_on_purpose(met: Met) -> None:
    when = "{any: [{not: {field: courier, is: true}}, {field: courier, missing: true}]}"
    assert met(when, {"courier": True}, {"courier": False}, {"courier": None}) == [False, True, True]


def test_what_is_known_settles_all_and_any(met: Met) -> None:
    # regime is known, courier is not
    row = {"regime": "export", "courier": None}
    assert met("{any: [{field: regime, is: export}, {field: courier, is: true}]}", row) == [True]
    assert met("{not: {all: [{field: regime, is: import}, {field: courier, is: true}]}}", row) == [True]
    assert met("{all: [{field: regime, is: export}, {field: courier, is: true}]}", row) == [False]
    assert met("{not: {all: [{field: regime, is: export}, {field: courier, is: true}]}}", row) == [False]


@pytest.mark.parametrize("office", ["", None])
def test_empty_text_counts_as_missing(met: Met, office: str | None) -> None:
    assert met("{field: office, missing: true}", {"office": office}) == [True]
    assert met("{not: {field: office, is: A}}", {"office": office}) == [False]


def test_a_number_that_is_none_counts_as_missing(met: Met) -> None:
    rows = [{"gross_mass_kg": float("nan")}, {"gross_mass_kg": 3.0}]
    assert met("{field: gross_mass_kg, missing: true}", *rows) == [True, False]
    assert met("{field: gross_mass_kg, above: 1}", *rows) == [False, True]


def test_a_leg_that_is_not_there_is_one_missing_value(met: Met) -> None:
    rows = [
        {"route": [{"role": "destination", "country": "US"}]},
        {"route": [{"role": "destination", "country": "JP"}]},
        {"route": [{"role": "origin", "country": "CN"}]},
        {"route": None},
    ]
    assert met("{field: destination.country, region: north_america}", *rows) == [True, False, False, False]
    assert met("{not: {field: destination.country, region: north_america}}", *rows) == [False, True, False, False]
    assert met("{field: destination.country, missing: true}", *rows) == [False, False, True, True]


def test_without_elements_a_block_is_not_met_and_its_opposite_is(met: Met) -> None:
    when = "{reference: {field: type, is: house_bill}}"
    rows = [{"references": [{"type": "house_bill", "value": "H1"}]}, {"references": []}, {"references": None}]
    assert met(when, *rows) == [True, False, False]
    assert met(f"{{not: {when}}}", *rows) == [False, True, True]


def test_a_block_with_an_element_of_which_too_little_is_known_is_not_ruled_out(met: Met) -> None:
    when = "{item: {field: hs, prefix: 6403}}"
    rows = [
        {"goods": [{"hs": "610910"}, {"hs": "640399"}]},
        {"goods": [{"hs": "610910"}, {"hs": None}]},
        {"goods": [{"hs": "610910"}]},
    ]
    assert met(when, *rows) == [True, False, False]
    assert met(f"{{not: {when}}}", *rows) == [False, False, True]
