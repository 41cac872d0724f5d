"""The published samples, against an independent read of the same XML with ElementTree."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tidewaiter.intake.readers.wco_xml import READER
from tidewaiter.intake.reading import ReadOptions
from tidewaiter.intake.sources import FileSource

pytestmark = pytest.mark.shared

ITEM = "{*}GoodsShipment/{*}GovernmentAgencyGoodsItem"


@pytest.fixture(scope="module")
def samples(shared: Path) -> list[tuple[ElementTree.Element, dict[str, Any]]]:
    """Each valid sample as its declaration element and as the row that the reader makes of it."""
    found = []
    for path in sorted((shared / "samples" / "wco-declarations" / "valid").glob("*.xml")):
        (batch,) = READER.read(FileSource(path, path.name), ReadOptions())
        assert (batch.read, batch.accepted, batch.rejects.num_rows) == (1, 1, 0), path.name
        declaration = next(ElementTree.parse(path).getroot().iter("{urn:wco:datamodel:WCO:DEC-DMS:2}Declaration"), None)
        if declaration is None:
            declaration = next(e for e in ElementTree.parse(path).iter() if e.tag.endswith("}Declaration"))
        found.append((declaration, batch.consignments.to_pylist()[0]))
    assert len(found) == 100
    return found


def texts(element: ElementTree.Element, *paths: str) -> list[str]:
    found = [node.text or "" for path in paths for node in element.findall(path)]
    return [text.strip() for text in found if text.strip()]


def first(element: ElementTree.Element, *paths: str) -> str | None:
    return next(iter(texts(element, *paths)), None)


def references(row: dict[str, Any], *kinds: str) -> set[str]:
    return {reference["value"] for reference in row["references"] if reference["type"] in kinds}


def items(
    samples: list[tuple[ElementTree.Element, dict[str, Any]]],
) -> Iterator[tuple[ElementTree.Element, dict[str, Any]]]:
    for declaration, row in samples:
        yield from zip(declaration.findall(ITEM), row["goods"], strict=True)


def test_functions(samples: Any) -> None:
    for declaration, row in samples:
        code = first(declaration, "{*}FunctionCode")
        expected = {"9": "original", "13": "amendment"}[code or ""]
        if row["version"] is not None:
            expected = "report"
        assert row["function"] == expected
        assert row["partial"] == (code == "13")
        assert row["administration"] == "GB" or row["function"] == "report"


def test_goods_items(samples: Any) -> None:
    seen = 0
    for element, item in items(samples):
        assert item["sequence"] == int(first(element, "{*}SequenceNumeric") or 0)
        assert item["description"] == first(element, "{*}Commodity/{*}Description")
        seen += 1
    assert seen == 103


def test_hs_codes(samples: Any) -> None:
    seen = 0
    for element, item in items(samples):
        codes = [
            first(classification, "{*}ID")
            for classification in element.findall("{*}Commodity/{*}Classification")
            if first(classification, "{*}IdentificationTypeCode") == "TSP"
        ]
        assert item["hs"] == (codes[0] if codes else None)
        seen += bool(codes)
    assert seen >= 85


def test_item_masses_and_values(samples: Any) -> None:
    for element, item in items(samples):
        measure = "{*}Commodity/{*}GoodsMeasure/"
        for name, tag in (("gross_mass_kg", "GrossMassMeasure"), ("net_mass_kg", "NetNetWeightMeasure")):
            text = first(element, f"{measure}{{*}}{tag}")
            assert item[name] == (None if text is None else float(text))
        charge = element.find("{*}Commodity/{*}InvoiceLine/{*}ItemChargeAmount")
        if charge is not None:
            assert (item["value"], item["currency"]) == (float(charge.text or ""), charge.get("currencyID"))
        quantity = first(element, f"{measure}{{*}}TariffQuantity")
        assert item["quantity"] == (None if quantity is None else float(quantity))


def test_item_origins_and_packages(samples: Any) -> None:
    for element, item in items(samples):
        origins = {
            first(origin, "{*}TypeCode"): first(origin, "{*}CountryCode") for origin in element.findall("{*}Origin")
        }
        assert item["origin"] == (origins.get("1") or origins.get("2"))
        counts = [int(text) for text in texts(element, "{*}Packaging/{*}QuantityQuantity")]
        assert item["packages"] == (sum(counts) if counts else None)


def test_totals_and_offices(samples: Any) -> None:
    for declaration, row in samples:
        packages = first(declaration, "{*}TotalPackageQuantity")
        assert row["packages"] == (None if packages is None else int(packages))
        invoice = declaration.find("{*}InvoiceAmount")
        if invoice is None:
            assert row["value"] is None
        else:
            assert (row["value"], row["currency"]) == (float(invoice.text or ""), invoice.get("currencyID"))
        offices = texts(declaration, "{*}ExitOffice/{*}ID", "{*}PresentationOffice/{*}ID", "{*}SupervisingOffice/{*}ID")
        assert row["office"] in offices or not offices


def test_numbers(samples: Any) -> None:
    for declaration, row in samples:
        assert references(row, "functional_reference") == set(texts(declaration, "{*}FunctionalReferenceID"))
        if row["function"] != "report":
            assert references(row, "declaration_number") == set(texts(declaration, "{*}ID"))
        else:
            assert references(row, "declaration_number")


def test_parties(samples: Any) -> None:
    places = {
        "declarant": ["{*}Declarant"],
        "exporter": ["{*}Exporter"],
        "importer": ["{*}GoodsShipment/{*}Importer"],
        "consignee": ["{*}GoodsShipment/{*}Consignee"],
        "carrier": ["{*}Consignment/{*}Carrier"],
        "agent": ["{*}Agent"],
    }
    parts = (("{*}ID", "identifier"), ("{*}Name", "name"), ("{*}Address/{*}CountryCode", "country"))
    for declaration, row in samples:
        for role, paths in places.items():
            named = [p for p in row["parties"] if p["role"] == role]
            for part, column in parts:
                expected = set(texts(declaration, *(f"{path}/{part}" for path in paths)))
                assert {p[column] for p in named if p[column] is not None} == expected
            for line in texts(declaration, *(f"{path}/{{*}}Address/{{*}}Line" for path in paths)):
                assert any(line in (p["address"] or "") for p in named)


def test_containers_seals_documents(samples: Any) -> None:
    for declaration, row in samples:
        equipment = [e for e in declaration.iter() if e.tag.endswith("}TransportEquipment")]
        assert references(row, "container") == {text for e in equipment for text in texts(e, "{*}ID")}
        assert references(row, "seal") == {text for e in equipment for text in texts(e, "{*}Seal/{*}ID")}
        previous = [e for e in declaration.iter() if e.tag.endswith("}PreviousDocument")]
        documents = references(row, "previous_document", "ucr", "master_bill", "house_bill", "air_waybill")
        assert {text for e in previous for text in texts(e, "{*}ID")} <= documents


def test_transport(samples: Any) -> None:
    kinds = {"10": "vessel", "11": "vessel", "30": "plate", "40": "flight", "41": "other"}
    for declaration, row in samples:
        places = [
            "{*}BorderTransportMeans",
            "{*}GoodsShipment/{*}Consignment/{*}ArrivalTransportMeans",
            "{*}GoodsShipment/{*}Consignment/{*}DepartureTransportMeans",
        ]
        mode = first(declaration, *(f"{place}/{{*}}ModeCode" for place in places))
        assert row["mode"] == (None if mode is None else int(mode))
        for place in places:
            for means in declaration.findall(place):
                identifier = first(means, "{*}ID")
                if identifier is not None:
                    assert identifier in references(row, kinds[first(means, "{*}IdentificationTypeCode") or ""])


def test_routes(samples: Any) -> None:
    for declaration, row in samples:
        by_role: dict[str, list[str]] = {}
        for leg in row["route"]:
            by_role.setdefault(leg["role"], []).append(leg["country"])
        assert by_role.get("transit", []) == texts(declaration, "{*}Consignment/{*}Itinerary/{*}RoutingCountryCode")
        for role, place in (("departure", "{*}ExportCountry/{*}ID"), ("destination", "{*}Destination/{*}CountryCode")):
            declared = texts(declaration, f"{{*}}GoodsShipment/{place}")
            at_items = texts(declaration, f"{ITEM}/{place}")
            expected = declared or list(dict.fromkeys(at_items))
            assert by_role.get(role, []) == expected or (not expected and len(by_role[role]) == 1)


def test_each_malformed_file_is_refused_with_its_line(shared: Path) -> None:
    paths = sorted((shared / "samples" / "wco-declarations" / "malformed").glob("*.xml"))
    assert len(paths) == 3
    for path in paths:
        with pytest.raises(ElementTree.ParseError):
            ElementTree.parse(path)
        (batch,) = READER.read(FileSource(path, path.name), ReadOptions())
        assert (batch.read, batch.accepted) == (1, 0)
        (reject,) = batch.rejects.to_pylist()
        assert reject["code"] == "malformed_xml"
        assert reject["source_file"] == path.name
        assert reject["source_position"].startswith("line ")
        assert "Declaration" in reject["raw"]
