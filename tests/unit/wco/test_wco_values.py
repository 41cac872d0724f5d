"""Texts as values; doubtful ones are kept where they can be, and flagged."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from tidewaiter.intake.wco.values import moment, number

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "code", "when", "offset"),
    [
        ("20260504120000Z", "304", NOON, 0),
        ("20260504200000+08", "304", NOON, 480),
        ("20260504200000+0800", "304", NOON, 480),
        ("202605042000+08", "303", NOON, 480),
        ("20260504063000-05:30", None, NOON, -330),
        ("202605041200Z0000", "205", NOON, 0),
        ("202605042000Z+0800", "205", NOON, 480),
        ("202605042000Z0800", "205", NOON, 480),
        ("20260504", "102", datetime(2026, 5, 4, tzinfo=UTC), None),
        ("202605041200", "203", NOON, None),
        ("20260504120000", "204", NOON, None),
        ("260504", "101", datetime(2026, 5, 4, tzinfo=UTC), None),
        ("2026-05-04T20:00:00.000+08:00", None, NOON, 480),
    ],
)
def test_times(text: str, code: str | None, when: datetime, offset: int | None) -> None:
    assert moment(text, code) == (when, offset, False)


@pytest.mark.parametrize(
    "text", ["", "soon", "20260230", "20261301", "20260504250000Z", "2026050412", "260504", "99999999", "00000101"]
)
def test_impossible_times(text: str) -> None:
    assert moment(text, "204")[0] is None


@pytest.mark.parametrize("text", ["20260504120000+99", "20260504120000+0860"])
def test_an_offset_that_no_place_has_is_doubted(text: str) -> None:
    assert moment(text, "304") == (NOON, None, True)


def test_the_first_moment_of_all_cannot_be_moved_back() -> None:
    assert moment("00010101000000+08", "304") == (None, None, True)


@pytest.mark.parametrize("text", ["", "1,5", "1_0", "nan", "inf", "1e3", "0x1", "１２", "1.2.3", "9" * 400])
def test_not_a_number(text: str) -> None:
    assert number(text) is None


@pytest.mark.parametrize(("text", "value"), [("1", 1.0), ("+2.50", 2.5), (".5", 0.5), ("-3", -3.0), ("1.", 1.0)])
def test_numbers(text: str, value: float) -> None:
    assert number(text) == value


@pytest.mark.parametrize(
    ("element", "flag"),
    [
        ("<TotalPackageQuantity>many</TotalPackageQuantity>", ("not_a_number", "packages")),
        ("<TotalPackageQuantity>4.5</TotalPackageQuantity>", ("cut_decimals", "packages")),
        ("<TotalPackageQuantity>99999999999</TotalPackageQuantity>", ("not_a_number", "packages")),
        ('<TotalGrossMassMeasure unitCode="LTR">4</TotalGrossMassMeasure>', ("unknown_unit", "gross_mass_kg")),
        ("<AcceptanceDateTime>20260231</AcceptanceDateTime>", ("wrong_date", "lodged_at")),
        ("<AcceptanceDateTime>20260228</AcceptanceDateTime>", ("no_offset", "lodged_at")),
        ("<BorderTransportMeans><ModeCode>12</ModeCode></BorderTransportMeans>", ("unknown_mode", "mode")),
        ("<ID>N2</ID>", ("repeated_element", "number")),
    ],
)
def test_doubtful_values(
    read: Callable[..., Any], wrap: Callable[..., str], element: str, flag: tuple[str, str]
) -> None:
    row = read(wrap(f"<FunctionCode>9</FunctionCode><TypeCode>IMA</TypeCode><ID>N1</ID>{element}")).row
    assert [(found["code"], found["field"]) for found in row["flags"]] == [flag]


def test_a_time_without_offset_is_that_of_the_administration(
    read: Callable[..., Any], wrap: Callable[..., str]
) -> None:
    content = "<FunctionCode>9</FunctionCode><ID>N1</ID><AcceptanceDateTime>202605042000</AcceptanceDateTime>"
    at_home, elsewhere = (read(wrap(content, country)).row for country in ("MO", "GB"))
    assert (at_home["lodged_at"], at_home["lodged_offset"]) == (NOON, 480)
    assert (elsewhere["lodged_at"].hour, elsewhere["lodged_offset"]) == (20, None)


def test_negative_and_odd_values_arrive_as_declared_for_the_checks_to_doubt(
    read: Callable[..., Any], wrap: Callable[..., str]
) -> None:
    item = (
        "<SequenceNumeric>1</SequenceNumeric><Commodity><Classification><ID>banana</ID></Classification><GoodsMeasure>"
        "<GrossMassMeasure>-4</GrossMassMeasure></GoodsMeasure></Commodity><Origin><CountryCode>q9</CountryCode></Origin>"
    )
    content = f"<GoodsShipment><GovernmentAgencyGoodsItem>{item}</GovernmentAgencyGoodsItem></GoodsShipment>"
    (found,) = read(wrap(f"<FunctionCode>9</FunctionCode>{content}")).row["goods"]
    assert (found["hs"], found["gross_mass_kg"], found["origin"]) == ("banana", -4.0, "Q9")
