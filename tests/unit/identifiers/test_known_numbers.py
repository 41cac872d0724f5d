"""Numbers that the standards and their handbooks print as examples, and what is wrong with their near misses."""

import pytest

from tidewaiter.domain.identifiers import (
    VALIDATORS,
    Check,
    air_waybill,
    check,
    compact,
    container,
    customs_registration,
    eori,
    hk_business_registration,
    hkid,
    macao_bir,
    macao_taxpayer,
    mmsi,
    organisation_code,
    postal_item,
    resident_id,
    ship_number,
    uscc,
    vessel,
)
from tidewaiter.domain.vocabulary import IdentifierType, ReferenceType

CASES = [
    (container, "CSQU3054383", Check.OK),
    (container, "csqu 305438-3", Check.OK),
    (container, "CSQU3054384", Check.WRONG_CHECK_DIGIT),
    (container, "CSQX3054383", Check.WRONG_FORMAT),
    (container, "CSQU305438", Check.WRONG_LENGTH),
    (container, " - ", Check.ABSENT),
    (ship_number, "IMO 9074729", Check.OK),
    (ship_number, "9074729", Check.OK),
    (ship_number, "9074728", Check.WRONG_CHECK_DIGIT),
    (ship_number, "907472", Check.WRONG_LENGTH),
    (ship_number, "907472A", Check.WRONG_FORMAT),
    (air_waybill, "020-12345675", Check.OK),
    (air_waybill, "020-1234 5676", Check.WRONG_CHECK_DIGIT),
    (air_waybill, "020-1234567", Check.WRONG_LENGTH),
    (air_waybill, "0AB-12345675", Check.WRONG_FORMAT),
    (postal_item, "RR 473 124 829 GB", Check.OK),
    (postal_item, "RR473124828GB", Check.WRONG_CHECK_DIGIT),
    (postal_item, "RR473124829", Check.WRONG_LENGTH),
    (postal_item, "R1473124829GB", Check.WRONG_FORMAT),
    (organisation_code, "D2143569-X", Check.OK),
    (organisation_code, "D2143569-1", Check.WRONG_CHECK_DIGIT),
    (uscc, "91350100M000100Y43", Check.OK),
    (uscc, "91350100M000100Y44", Check.WRONG_CHECK_DIGIT),
    (uscc, "91350100I000100Y43", Check.WRONG_FORMAT),
    (uscc, "9135010OM000100Y43", Check.WRONG_FORMAT),
    (uscc, "91350100M000100Y4", Check.WRONG_LENGTH),
    (resident_id, "11010519491231002X", Check.OK),
    (resident_id, "11010519491231002x", Check.OK),
    (resident_id, "110105194912310021", Check.WRONG_CHECK_DIGIT),
    (resident_id, "110105491231002", Check.WRONG_LENGTH),
    (resident_id, "01010519491231002X", Check.WRONG_REGION),
    (resident_id, "11010519490229002X", Check.WRONG_DATE),
    (resident_id, "11010518991231002X", Check.WRONG_DATE),
    (hkid, "A123456(3)", Check.OK),
    (hkid, "G123456(A)", Check.OK),
    (hkid, "A123456(4)", Check.WRONG_CHECK_DIGIT),
    (hkid, "ABC12345(3)", Check.WRONG_FORMAT),
    (hkid, "123456(3)", Check.WRONG_LENGTH),
    (mmsi, "477 123 456", Check.OK),
    (mmsi, "004770001", Check.OK),
    (mmsi, "970012345", Check.OK),
    (mmsi, "177123456", Check.WRONG_FORMAT),
    (mmsi, "47712345", Check.WRONG_LENGTH),
    (hk_business_registration, "12345678", Check.OK),
    (hk_business_registration, "12345678-000-01-27-A", Check.OK),
    (hk_business_registration, "C0001234", Check.OK),
    (hk_business_registration, "CF001234", Check.OK),
    (hk_business_registration, "1C345678", Check.WRONG_FORMAT),
    (hk_business_registration, "1234567", Check.WRONG_LENGTH),
    (macao_bir, "1234567(8)", Check.OK),
    (macao_bir, "A234567(8)", Check.WRONG_FORMAT),
    (macao_taxpayer, "81234567", Check.OK),
    (macao_taxpayer, "01234567", Check.OK),
    (macao_taxpayer, "71234567", Check.WRONG_FORMAT),
    (customs_registration, "4401960A1B", Check.OK),
    (customs_registration, "440A960A1B", Check.WRONG_FORMAT),
    (eori, "GB123456789000", Check.OK),
    (eori, "DE1", Check.OK),
    (eori, "1E1", Check.WRONG_FORMAT),
    (eori, "DE", Check.WRONG_LENGTH),
    (vessel, "IMO9074729", Check.OK),
    (vessel, "IMO9074728", Check.WRONG_CHECK_DIGIT),
    (vessel, "IMO90747", Check.WRONG_LENGTH),
    (vessel, "9074728", Check.WRONG_CHECK_DIGIT),
    (vessel, "MV JADE LANTERN 2", Check.OK),
    (vessel, "", Check.ABSENT),
]


@pytest.mark.parametrize(("module", "text", "expected"), CASES, ids=lambda value: getattr(value, "__name__", None))
def test_example(module, text, expected):
    assert module.check(text) is expected


@pytest.mark.parametrize("year", [1900, 2100])
def test_a_century_without_a_leap_day(year):
    assert resident_id.check(f"110105{year}0229002X") is Check.WRONG_DATE


def test_permanent_residence_card_of_a_foreigner_has_no_province():
    first = "944156" + "19800101" + "123"
    assert resident_id.check(first + resident_id.check_digit(first)) is Check.OK


def test_uscc_with_a_wrong_organisation_code_inside():
    first = "91350100M000100Y5"
    assert uscc.check(first + uscc.check_digit(first)) is Check.WRONG_CHECK_DIGIT


def test_registry_knows_its_types():
    assert check(ReferenceType.CONTAINER, "CSQU3054384") is Check.WRONG_CHECK_DIGIT
    assert check(IdentifierType.HKID, "A123456(3)") is Check.OK
    assert check(IdentifierType.PASSPORT, "whatever") is Check.OK
    assert check(ReferenceType.SEAL, " / ") is Check.ABSENT
    assert compact(ReferenceType.VESSEL, "imo 9074729") == "9074729"
    assert compact(ReferenceType.SEAL, "ab-12") == "AB12"
    assert IdentifierType.PASSPORT not in VALIDATORS
