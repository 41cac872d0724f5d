"""Numbers that cannot be right are kept and flagged."""

import math

import pytest


def test_negative_numbers(declaration, item, flags_of):
    declaration |= {"gross_mass_kg": -1.0, "net_mass_kg": -2.0, "packages": -1, "value": -5.0}
    measures = ("gross_mass_kg", "net_mass_kg", "packages", "value", "quantity")
    declaration["goods"] = [item | dict.fromkeys(measures, -20)]
    assert flags_of(declaration) == [
        "negative_value:value",
        "negative_mass:gross_mass_kg",
        "negative_mass:net_mass_kg",
        "negative_packages:packages",
        "negative_quantity:goods[1].quantity",
        "negative_value:goods[1].value",
        "negative_mass:goods[1].gross_mass_kg",
        "negative_mass:goods[1].net_mass_kg",
        "negative_packages:goods[1].packages",
    ]


@pytest.mark.parametrize(("net", "doubted"), [(12.0, False), (12.02, False), (12.03, True), (None, False)])
def test_net_above_gross_by_more_than_rounding(declaration, flags_of, net, doubted):
    declaration["goods"][0]["net_mass_kg"] = net
    declaration["net_mass_kg"] = net
    assert flags_of(declaration) == (
        ["net_above_gross:net_mass_kg", "net_above_gross:goods[1].net_mass_kg"] if doubted else []
    )


def test_total_below_the_sum_of_the_items(declaration, item, flags_of):
    declaration["goods"] = [item, item, item | {"gross_mass_kg": None, "net_mass_kg": None}]
    assert flags_of(declaration) == ["mass_total_below_items:gross_mass_kg", "mass_total_below_items:net_mass_kg"]


def test_total_above_the_sum_of_the_items_is_packing(declaration, flags_of):
    declaration |= {"gross_mass_kg": 100.0, "net_mass_kg": 50.0}
    assert flags_of(declaration) == []


@pytest.mark.parametrize("strange", [math.nan, math.inf])
def test_what_is_not_a_number(declaration, flags_of, strange):
    declaration["value"] = strange
    declaration["goods"][0]["quantity"] = strange
    unknown = dict.fromkeys(("quantity", "gross_mass_kg", "net_mass_kg"))
    declaration["goods"].append(declaration["goods"][0] | unknown)
    assert flags_of(declaration) == ["not_a_number:value", "not_a_number:goods[1].quantity"]


@pytest.mark.parametrize("sign", [1, -1])
def test_infinite_masses_are_not_compared(declaration, item, flags_of, sign):
    declaration["goods"] = [item | {"gross_mass_kg": sign * math.inf, "net_mass_kg": sign * math.inf}]
    assert [flag for flag in flags_of(declaration) if not flag.startswith("negative")] == [
        "not_a_number:goods[1].gross_mass_kg",
        "not_a_number:goods[1].net_mass_kg",
    ]


def test_items_without_masses_say_nothing_about_the_total(declaration, item, flags_of):
    declaration["goods"] = [item | {"gross_mass_kg": None, "net_mass_kg": None}]
    assert flags_of(declaration | {"gross_mass_kg": -5.0, "net_mass_kg": None}) == ["negative_mass:gross_mass_kg"]


def test_value_without_currency(declaration, item, flags_of):
    declaration["currency"] = None
    declaration["goods"] = [item | {"currency": None}, item | {"currency": "", "value": 0.0}]
    declaration |= {"gross_mass_kg": None, "net_mass_kg": None}
    assert flags_of(declaration) == ["value_without_currency:value", "value_without_currency:goods[1].value"]


def test_the_currency_of_the_consignment_stands_for_its_items(declaration, flags_of):
    declaration["goods"][0]["currency"] = None
    assert flags_of(declaration) == []


def test_an_amendment_of_the_value_alone_needs_no_currency(declaration, flags_of):
    declaration |= {"function": "amendment", "partial": True, "currency": None}
    assert flags_of(declaration) == []
