"""Telephone numbers as people write them, in E.164."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.domain.identifiers import Check, phone


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("139 0000 1234", "CN", "+8613900001234"),
        ("+86 139-0000-1234", None, "+8613900001234"),
        ("0086 13900001234", "HK", "+8613900001234"),
        ("86 13900001234", "CN", "+8613900001234"),
        ("(020) 8123 4567", "CN", "+862081234567"),
        ("+86 (0)20 8123 4567", "CN", "+862081234567"),
        ("0756-8123456", "CN", "+867568123456"),
        ("010-81234567", "CN", "+861081234567"),
        ("2345 6789", "HK", "+85223456789"),
        ("852-2345-6789", "HK", "+85223456789"),
        ("６１２３　４５６７", "HK", "+85261234567"),
        ("6612 3456", "MO", "+85366123456"),
        ("+853 2812 3456 ext. 12", "MO", "+85328123456"),
        ("2345 6789", None, None),
        ("2345 6789", "CN", None),
        ("2345 678", "HK", None),
        ("+0 2345 6789", "HK", None),
        ("no phone", "HK", None),
        ("", "HK", None),
        ("+", None, None),
        ("+" + "1" * 16, None, None),
    ],
)
def test_e164(text, country, expected):
    assert phone.e164(text, country) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("+852 2345 6789", Check.OK),
        ("0755-8123 4567 轉 8", Check.OK),
        ("", Check.ABSENT),
        ("+", Check.ABSENT),
        ("12345", Check.WRONG_LENGTH),
        ("1" * 16, Check.WRONG_LENGTH),
        ("call me", Check.WRONG_FORMAT),
        ("+0 2345 6789", Check.WRONG_FORMAT),
    ],
)
def test_check(text, expected):
    assert phone.check(text) is expected


numbers = st.one_of(
    st.from_regex(r"(0?1[3-9][0-9]{9}|0[2-9][0-9]{8,10}|[2-9][0-9]{7})", fullmatch=True),
    st.from_regex(r"(\+|00)(86|852|853)[0-9]{8,11}", fullmatch=True),
)


@given(numbers, st.sampled_from(["CN", "HK", "MO"]))
def test_agrees_with_phonenumbers_on_valid_numbers(text, country):
    try:
        parsed = phonenumbers.parse(text.replace("00", "+", 1) if text.startswith("00") else text, country)
    except phonenumbers.NumberParseException:
        return
    if phonenumbers.is_valid_number(parsed):
        expected = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
        assert phone.e164(text, country) == expected


@given(st.text())
def test_any_text_is_answered(text):
    number = phone.e164(text, "HK")
    assert number is None or phone.e164(number) == number
    assert isinstance(phone.check(text), Check)
