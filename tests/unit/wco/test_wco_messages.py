"""What a message does, and which declaration it names."""

from collections.abc import Callable
from typing import Any

import pytest

Read = Callable[..., Any]
Wrap = Callable[..., str]

AMENDMENT = """
<FunctionCode>13</FunctionCode><FunctionalReferenceID>AM-1</FunctionalReferenceID><ID>26HK00000000000001</ID>
<TypeCode>COR</TypeCode>
<AdditionalInformation><StatementDescription>wrong net mass</StatementDescription>
<StatementTypeCode>AES</StatementTypeCode></AdditionalInformation>
<Amendment><ChangeReasonCode>28</ChangeReasonCode><Pointer><SequenceNumeric>1</SequenceNumeric>
<DocumentSectionCode>42A</DocumentSectionCode></Pointer></Amendment>
<GoodsShipment><GovernmentAgencyGoodsItem><SequenceNumeric>2</SequenceNumeric><Commodity><GoodsMeasure>
<NetNetWeightMeasure>7</NetNetWeightMeasure></GoodsMeasure></Commodity></GovernmentAgencyGoodsItem>
<Destination><CountryCode>MO</CountryCode></Destination></GoodsShipment>
"""
CANCELLATION = """
<FunctionCode>13</FunctionCode><ID>26HK00000000000001</ID><TypeCode>INV</TypeCode>
<AdditionalInformation><StatementDescription>lodged twice</StatementDescription></AdditionalInformation>
"""
REPORT = """
<r:DeclarationFullResponse xmlns:r="urn:example:report"><r:FullDeclarationDataDetails>
<r:HighLevelSummaryDetails><r:MRN>26HK00000000000001</r:MRN><r:LRN>LRN-0001</r:LRN><r:VersionID>3</r:VersionID>
<r:CreatedDateTime><r:DateTimeString formatCode="304">20260504120000Z</r:DateTimeString></r:CreatedDateTime>
</r:HighLevelSummaryDetails>
<r:GeneratedConsignmentDetails><r:GoodsArrivalDateTime>
<r:DateTimeString formatCode="304">20260505120000+08</r:DateTimeString></r:GoodsArrivalDateTime>
</r:GeneratedConsignmentDetails>
<r:FullDeclarationObject><r:Declaration><r:FunctionCode>9</r:FunctionCode>
<r:FunctionalReferenceID>LRN-0001</r:FunctionalReferenceID><r:TypeCode>EXA</r:TypeCode>
<r:GoodsShipment><r:GovernmentAgencyGoodsItem><r:SequenceNumeric>1</r:SequenceNumeric>
</r:GovernmentAgencyGoodsItem></r:GoodsShipment></r:Declaration></r:FullDeclarationObject>
</r:FullDeclarationDataDetails></r:DeclarationFullResponse>
"""


def test_an_amendment_carries_only_what_changes(read: Read, wrap: Wrap) -> None:
    row = read(wrap(AMENDMENT)).row
    assert (row["function"], row["partial"]) == ("amendment", True)
    assert row["consignment_id"] == "HK:26HK00000000000001"
    assert {"type": "declaration_number", "value": "26HK00000000000001"} in row["references"]
    (item,) = row["goods"]
    assert {name for name, value in item.items() if value is not None} == {"sequence", "net_mass_kg"}
    assert (item["sequence"], item["net_mass_kg"]) == (2, 7.0)
    (leg,) = row["route"]
    assert (leg["role"], leg["sequence"]) == ("destination", None)
    assert row["flags"] == [{"code": "stated_reason", "field": "wrong net mass"}]
    for name in ("regime", "mode", "office", "lodged_at", "packages", "value", "gross_mass_kg"):
        assert row[name] is None


def test_a_cancellation(read: Read, wrap: Wrap) -> None:
    row = read(wrap(CANCELLATION)).row
    assert (row["function"], row["partial"], row["goods"]) == ("cancellation", True, [])


def test_a_report_bears_both_numbers(read: Read) -> None:
    row = read(REPORT).row
    assert (row["function"], row["partial"], row["version"]) == ("report", False, 3)
    assert row["references"] == [
        {"type": "declaration_number", "value": "26HK00000000000001"},
        {"type": "functional_reference", "value": "LRN-0001"},
    ]
    assert row["administration"] == "HK"  # from the number: the report has no other envelope
    assert row["issued_at"].hour == 12
    assert (row["presented_at"].hour, row["presented_offset"]) == (4, 480)


def test_a_wrapper_says_when_the_message_was_received(read: Read, wrap: Wrap) -> None:
    content = "<FunctionCode>9</FunctionCode><TypeCode>EXA</TypeCode><ID>N1</ID>"
    document = (
        '<v1:submitDeclarationRequest xmlns:v1="urn:example:request"><v1:requestCommon>'
        "<v1:receiptDate>2026-05-04T09:58:03.500+01:00</v1:receiptDate></v1:requestCommon>"
        f"<v1:requestDetail>{wrap(content)}</v1:requestDetail></v1:submitDeclarationRequest>"
    )
    row = read(document).row
    assert row["lodged_at"].isoformat() == "2026-05-04T08:58:03.500000+00:00"
    assert row["lodged_offset"] == 60


@pytest.mark.parametrize(
    ("code", "kind", "function", "partial"),
    [
        ("9", "IMA", "original", False),
        ("1", "IMA", "cancellation", True),
        ("4", "IMA", "amendment", True),
        ("5", "IMA", "amendment", True),  # a replacement without goods takes nothing away
        ("13", "cor", "amendment", True),
        ("13", "INV", "cancellation", True),
    ],
)
def test_functions(read: Read, wrap: Wrap, code: str, kind: str, function: str, partial: bool) -> None:
    content = f"<FunctionCode>{code}</FunctionCode><TypeCode>{kind}</TypeCode><ID>N1</ID>"
    row = read(wrap(content)).row
    assert (row["function"], row["partial"]) == (function, partial)


def test_a_replacement_with_goods_is_whole(read: Read, wrap: Wrap, import_declaration: str) -> None:
    row = read(wrap(import_declaration.replace("<FunctionCode>9<", "<FunctionCode>5<"))).row
    assert (row["function"], row["partial"]) == ("amendment", False)


@pytest.mark.parametrize(("code", "kind"), [("13", "XYZ"), ("99", "IMA"), ("", "COR")])
def test_a_message_that_is_not_known_is_refused(read: Read, wrap: Wrap, code: str, kind: str) -> None:
    reject = read(wrap(f"<FunctionCode>{code}</FunctionCode><TypeCode>{kind}</TypeCode><ID>N1</ID>")).reject
    assert reject["code"] == "unknown_message"
    assert kind in reject["message"]
    assert "N1" in reject["raw"]


def test_without_a_function_the_type_makes_it_an_original(read: Read, wrap: Wrap) -> None:
    row = read(wrap("<TypeCode>IMA</TypeCode><ID>N1</ID>")).row
    assert row["function"] == "original"
    assert {"code": "no_function", "field": "function"} in row["flags"]


@pytest.mark.parametrize(
    "content", ["<FunctionCode>13</FunctionCode><TypeCode>COR</TypeCode>", "<FunctionCode>9</FunctionCode>"]
)
def test_a_message_about_nothing_is_refused(read: Read, wrap: Wrap, content: str) -> None:
    assert read(wrap(content)).reject["code"] == "no_identity"


def test_the_options_name_the_administration_where_the_message_does_not(read: Read) -> None:
    bare = "<Declaration><FunctionCode>9</FunctionCode><ID>N1</ID></Declaration>"
    assert read(bare, administration="MO").row["administration"] == "MO"
    assert read(bare).row["administration"] == "ZZ"


def test_several_declarations_in_one_file(read: Read, wrap: Wrap, import_declaration: str) -> None:
    document = f"<all>{wrap(import_declaration, 'HK')}\n\n{wrap(CANCELLATION, 'MO')}{wrap(AMENDMENT, 'HK')}</all>"
    rows = read(document).rows
    assert [row["function"] for row in rows] == ["original", "cancellation", "amendment"]
    assert [row["administration"] for row in rows] == ["HK", "MO", "HK"]
    assert len({row["message_id"] for row in rows}) == 3
    assert rows[1]["source_position"] > rows[0]["source_position"]


def test_batches_hold_what_is_asked_for(read: Read, wrap: Wrap) -> None:
    document = "<all>" + wrap(CANCELLATION) * 5 + "</all>"
    assert [batch.accepted for batch in read(document, batch_rows=2).batches] == [2, 2, 1]


def test_a_refused_message_does_not_cost_its_neighbours(read: Read, wrap: Wrap) -> None:
    reading = read(f"<all>{wrap(CANCELLATION)}{wrap('<FunctionCode>77</FunctionCode>')}{wrap(CANCELLATION)}</all>")
    assert len(reading.rows) == 2
    assert [reject["code"] for reject in reading.rejects] == ["unknown_message"]
