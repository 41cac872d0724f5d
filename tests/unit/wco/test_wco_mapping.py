"""Each element of a declaration arrives in its column."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest


@pytest.fixture(scope="module")
def row(read: Callable[..., Any], wrap: Callable[..., str], import_declaration: str) -> dict[str, Any]:
    found: dict[str, Any] = read(wrap(import_declaration)).row
    return found


def refs(row: dict[str, Any], kind: str) -> list[str]:
    return [reference["value"] for reference in row["references"] if reference["type"] == kind]


def party(row: dict[str, Any], role: str) -> dict[str, Any]:
    (found,) = [party for party in row["parties"] if party["role"] == role]
    return found


def test_envelope(row: dict[str, Any]) -> None:
    assert row["administration"] == "HK"
    assert row["function"] == "original"
    assert row["partial"] is False
    assert row["source_file"] == "made/declaration.xml"
    assert row["source_position"] == "line 1"
    assert row["source_rows"] == 1
    assert row["synthetic"] is False
    assert row["consignment_id"] == "HK:functional_reference:GB111111111000/LRN-0001"


def test_time_regime_mode_office(row: dict[str, Any]) -> None:
    assert row["issued_at"] == row["lodged_at"] == datetime(2026, 5, 4, 1, 30, tzinfo=UTC)
    assert row["lodged_offset"] == 480
    assert row["presented_at"] is None
    assert (row["regime"], row["mode"], row["office"]) == ("import", 1, "HKG-OFFICE")


def test_totals(row: dict[str, Any]) -> None:
    assert (row["value"], row["currency"]) == (12500.5, "HKD")
    assert row["gross_mass_kg"] == 1500.0
    assert row["packages"] == 42


def test_references(row: dict[str, Any]) -> None:
    assert refs(row, "functional_reference") == ["LRN-0001"]
    assert refs(row, "declaration_number") == []
    assert refs(row, "vessel") == ["9074729"]
    assert refs(row, "plate") == ["ZZ 12 34"]
    assert refs(row, "container") == ["TWDU1234565"]
    assert refs(row, "seal") == ["SEAL-9"]
    assert refs(row, "ucr") == ["6GB111-DUCR"]
    assert refs(row, "air_waybill") == ["MAWB-1"]
    assert refs(row, "previous_document") == ["ENS-1"]
    assert refs(row, "other") == ["INV-5", "KITE 1-40"]


def test_route_follows_the_itinerary(row: dict[str, Any]) -> None:
    legs = [(leg["sequence"], leg["role"], leg["country"], leg["place"], leg["basis"]) for leg in row["route"]]
    assert legs == [
        (1, "departure", "CN", "CNZUH", "declared"),
        (2, "transit", "VN", None, "declared"),
        (3, "transit", "SG", None, "declared"),
        (4, "destination", "HK", "HKHKG", "declared"),
    ]


def test_parties(row: dict[str, Any]) -> None:
    assert {p["role"] for p in row["parties"]} == {
        "carrier", "declarant", "exporter", "consignee", "importer", "seller", "other",
    }  # fmt: skip
    exporter = party(row, "exporter")
    assert exporter["name"] == "珠海明灯貿易"
    assert exporter["address"] == "8 Lamp Road, Zhuhai, 519000"
    assert (exporter["country"], exporter["phone"]) == ("CN", "+86 756 000 0000")
    assert party(row, "consignee")["name"] == "Kite & Sons"
    assert party(row, "consignee")["identifier_type"] == "local"
    assert party(row, "declarant")["identifier_type"] == "eori"
    assert party(row, "importer")["identifier_type"] == "uscc"


def test_a_holder_who_is_already_a_party_is_not_repeated(row: dict[str, Any]) -> None:
    assert party(row, "other")["identifier"] == "GB222222222000"


def test_goods_items(row: dict[str, Any]) -> None:
    first, second = row["goods"]
    assert first == {
        "sequence": 1,
        "hs": "64041990",
        "description": "Canvas shoes, assorted",
        "brand": None,
        "origin": "CN",
        "quantity": 400.0,
        "unit": "NPR",
        "value": 1500.0,
        "currency": "USD",
        "gross_mass_kg": 900.0,
        "net_mass_kg": 800.0,
        "packages": 42,
        "package_kind": "CT",
    }
    assert (second["sequence"], second["value"], second["currency"]) == (2, 300.0, "HKD")
    assert second["hs"] is None


def test_nothing_here_is_doubtful(row: dict[str, Any]) -> None:
    assert row["flags"] == []


@pytest.mark.parametrize(
    ("kind", "procedure", "regime"),
    [
        ("IMY", "4000", "import"),
        ("EXD", "1040", "export"),
        ("EXA", "3171", "re_export"),
        ("COA", "10", "export"),
        ("COA", "42", "import"),
        ("T1", "", "transit"),
        ("COA", "", None),
    ],
)
def test_regime(
    read: Callable[..., Any], wrap: Callable[..., str], kind: str, procedure: str, regime: str | None
) -> None:
    item = f"<GovernmentProcedure><CurrentCode>{procedure}</CurrentCode></GovernmentProcedure>"
    content = (
        f"<FunctionCode>9</FunctionCode><TypeCode>{kind}</TypeCode><GoodsShipment><GovernmentAgencyGoodsItem>{item}"
        "</GovernmentAgencyGoodsItem></GoodsShipment>"
    )
    assert read(wrap(content)).row["regime"] == regime


def test_item_level_countries_stand_in_for_those_of_the_shipment(
    read: Callable[..., Any], wrap: Callable[..., str]
) -> None:
    item = (
        "<GovernmentAgencyGoodsItem><ExportCountry><ID>{}</ID></ExportCountry><Destination><CountryCode>MO</CountryCode>"
        "</Destination></GovernmentAgencyGoodsItem>"
    )
    content = "<FunctionCode>9</FunctionCode><TypeCode>IMA</TypeCode><GoodsShipment>" + "".join(
        item.format(country) for country in ("CN", "VN", "CN")
    )
    legs = read(wrap(content + "</GoodsShipment>")).row["route"]
    assert [(leg["role"], leg["country"]) for leg in legs] == [
        ("departure", "CN"), ("departure", "VN"), ("destination", "MO"),
    ]  # fmt: skip


def test_the_goods_location_is_the_office_where_no_other_is_named(
    read: Callable[..., Any], wrap: Callable[..., str], import_declaration: str
) -> None:
    without = import_declaration.replace("<SupervisingOffice><ID>HKG-OFFICE</ID></SupervisingOffice>", "")
    assert read(wrap(without)).row["office"] == "HKAUHKGXYZ001"
