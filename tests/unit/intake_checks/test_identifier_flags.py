"""References and parties' identifiers are judged by their type."""

import pytest


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        ("container", "CSQU3054384", "wrong_check_digit"),
        ("container", "CSQU305438", "wrong_format"),
        ("air_waybill", "020-12345676", "wrong_check_digit"),
        ("postal_item", "RR473124828GB", "wrong_check_digit"),
        ("postal_item", "473124829", "wrong_format"),
        ("vessel", "IMO 9074728", "wrong_check_digit"),
        ("vessel", "IMO 90747", "wrong_format"),
    ],
)
def test_reference(declaration, flags_of, kind, value, code):
    declaration["references"][1] = {"type": kind, "value": value}
    assert flags_of(declaration) == [f"{code}:references[2].value"]


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        ("uscc", "91350100M000100Y44", "wrong_check_digit"),
        ("prc_resident_id", "11010519491331002X", "wrong_date"),
        ("prc_resident_id", "01010519491231002X", "wrong_region"),
        ("hkid", "A123456(4)", "wrong_check_digit"),
        ("macao_bir", "A234567(8)", "wrong_format"),
        ("eori", "1", "wrong_format"),
    ],
)
def test_party(declaration, flags_of, kind, value, code):
    declaration["parties"][2] |= {"identifier_type": kind, "identifier": value}
    assert flags_of(declaration) == [f"{code}:parties[3].identifier"]


@pytest.mark.parametrize(
    ("kind", "value"),
    [("hkid", None), ("hkid", " "), ("passport", "?"), (None, "A1"), ("container", "A1"), ("new", "A1")],
)
def test_what_has_no_rule_passes(declaration, flags_of, kind, value):
    declaration["parties"][2] |= {"identifier_type": kind, "identifier": value}
    assert flags_of(declaration) == []


def test_what_is_not_a_ship_number_may_be_a_name(declaration, flags_of):
    declaration["references"] = [{"type": "vessel", "value": value} for value in ("IMO STAR", "粵海 12", "12345678")]
    assert flags_of(declaration) == []
