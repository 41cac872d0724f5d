"""python-stdnum as an independent opinion."""

import datetime

import stdnum.cn.ric
import stdnum.cn.uscc
import stdnum.imo
import stdnum.iso6346
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.domain.identifiers import container, organisation_code, resident_id, ship_number, uscc


@given(st.from_regex(r"[A-Z]{3}[UJZ][0-9]{7}", fullmatch=True))
def test_container(number):
    assert container.check(number).ok == stdnum.iso6346.is_valid(number)


@given(st.from_regex(r"[0-9]{7}", fullmatch=True))
def test_ship_number(number):
    assert ship_number.check(number).ok == stdnum.imo.is_valid(number)


@given(st.text(uscc.ALPHABET, min_size=8, max_size=8), st.sampled_from(uscc.ALPHABET))
def test_uscc(organisation, end):
    number = "91440300" + organisation + organisation_code.check_digit(organisation)
    assert uscc.check_digit(number) == stdnum.cn.uscc.calc_check_digit(number)
    assert uscc.check(number + end).ok == stdnum.cn.uscc.is_valid(number + end)


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2020, 12, 31)), st.from_regex(r"[0-9]{3}", fullmatch=True))
def test_check_character_of_a_resident_id(born, sequence):
    first = f"440100{born:%Y%m%d}{sequence}"
    assert resident_id.check_digit(first) == stdnum.cn.ric.calc_check_digit(first + "?")
    for end in resident_id.CHECK_CHARACTERS:
        assert resident_id.check(first + end).ok == stdnum.cn.ric.is_valid(first + end)


# A code without years of validity there: that library also asks whether the county existed at birth.
@given(st.from_regex(r"440100(19|20)[0-9]{6}", fullmatch=True))
def test_birthday_of_a_resident_id(region_and_birth):
    number = region_and_birth + "123" + resident_id.check_digit(region_and_birth + "123")
    assert resident_id.check(number).ok == stdnum.cn.ric.is_valid(number)
