"""Codes on no list are kept and flagged."""

import pytest

from tidewaiter.intake.checks.code_lists import is_hs, is_hs_shaped


def test_a_sound_declaration_has_no_flags(declaration, flags_of):
    assert flags_of(declaration) == []


def test_unknown_codes(declaration, item, flags_of):
    declaration |= {"regime": "smuggling", "mode": 12, "package_kind": "??", "currency": "XYZ"}
    declaration["route"][1] |= {"country": "QQ", "place": "QQQQQ"}
    declaration["parties"][1] |= {"country": "cn"}
    declaration["goods"] = [item, item | {"origin": "ZZ", "unit": "PAIRS", "currency": "YYY", "package_kind": "XX"}]
    declaration |= {"gross_mass_kg": None, "net_mass_kg": None}
    assert flags_of(declaration) == [
        "unknown_regime:regime",
        "unknown_mode:mode",
        "unknown_package_kind:package_kind",
        "unknown_currency:currency",
        "unknown_country:route[2].country",
        "unknown_place:route[2].place",
        "unknown_country:parties[2].country",
        "unknown_country:goods[2].origin",
        "unknown_unit:goods[2].unit",
        "unknown_currency:goods[2].currency",
        "unknown_package_kind:goods[2].package_kind",
    ]


@pytest.mark.parametrize("absent", [None, ""])
def test_an_absent_code_is_not_an_unknown_one(declaration, flags_of, absent):
    declaration |= {"regime": absent, "mode": None, "package_kind": absent}
    declaration["route"][0] |= {"country": absent, "place": absent}
    declaration["goods"][0] |= {"hs": absent, "unit": absent, "origin": absent}
    assert flags_of(declaration) == []


@pytest.mark.parametrize(
    ("code", "flags"),
    [
        ("640399", []),
        ("6403990012", []),
        ("6403999", []),
        ("6403", []),
        ("64", []),
        ("9801009000", []),
        ("99", []),
        ("640398", ["unknown_hs:goods[1].hs"]),
        ("6499", ["unknown_hs:goods[1].hs"]),
        ("77", ["unknown_hs:goods[1].hs"]),
        ("64039", ["hs_format:goods[1].hs"]),
        ("640", ["hs_format:goods[1].hs"]),
        ("6", ["hs_format:goods[1].hs"]),
        ("64039900123", ["hs_format:goods[1].hs"]),
        ("6403.99", ["hs_format:goods[1].hs"]),
        ("٦٤٠٣٩٩", ["hs_format:goods[1].hs"]),
    ],
)
def test_hs(declaration, flags_of, code, flags):
    declaration["goods"][0]["hs"] = code
    assert flags_of(declaration) == flags


def test_hs_functions():
    assert is_hs_shaped("64")
    assert is_hs("6403990000")
    assert not is_hs("6402")
