"""What a check character must do: accept the number that it was made for, and catch slips."""

import datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tidewaiter.domain.identifiers import (
    Check,
    air_waybill,
    container,
    hkid,
    organisation_code,
    postal_item,
    resident_id,
    ship_number,
    uscc,
)

DIGITS = "0123456789"


def exactly(size, alphabet=DIGITS):
    return st.text(alphabet, min_size=size, max_size=size)


def ending_in_check(module, heads):
    return heads.map(lambda head: head + module.check_digit(head))


organisation_codes = ending_in_check(organisation_code, exactly(8, uscc.ALPHABET))
usccs = ending_in_check(uscc, st.builds("91{}{}".format, exactly(6), organisation_codes))
regions = st.builds("{}{}".format, st.sampled_from(sorted(resident_id.PROVINCES)), exactly(4))
births = st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)).map(lambda day: day.strftime("%Y%m%d"))
resident_ids = ending_in_check(resident_id, st.builds("{}{}{}".format, regions, births, exactly(3)))
hkids = ending_in_check(hkid, st.from_regex(r"[A-Z]{1,2}[0-9]{6}", fullmatch=True))
containers = ending_in_check(container, st.from_regex(r"[A-Z]{3}[UJZ][0-9]{6}", fullmatch=True))
ships = ending_in_check(ship_number, exactly(6))
waybills = exactly(7).map(lambda serial: "020" + serial + air_waybill.check_digit(serial))
postal_items = exactly(8).map(lambda serial: "EA" + serial + postal_item.check_digit(serial) + "MO")

ALL = [
    (container, containers),
    (ship_number, ships),
    (air_waybill, waybills),
    (postal_item, postal_items),
    (organisation_code, organisation_codes),
    (uscc, usccs),
    (resident_id, resident_ids),
    (hkid, hkids),
]
# Only a modulus above the largest difference of two values, without doubled check characters, finds every slip.
STRICT = [(uscc, usccs), (resident_id, resident_ids)]


@pytest.mark.parametrize(("module", "numbers"), ALL, ids=lambda value: getattr(value, "__name__", ""))
@given(data=st.data())
def test_accepts_what_it_made(module, numbers, data):
    assert module.check(data.draw(numbers)) is Check.OK


@pytest.mark.parametrize(("module", "numbers"), ALL, ids=lambda value: getattr(value, "__name__", ""))
@given(data=st.data())
def test_refuses_any_other_check_digit(module, numbers, data):
    number = data.draw(numbers)
    place = 10 if module is postal_item else len(number) - 1
    other = data.draw(st.sampled_from(DIGITS))
    assume(other != number[place])
    assert module.check(number[:place] + other + number[place + 1 :]) is Check.WRONG_CHECK_DIGIT


@pytest.mark.parametrize(("module", "numbers"), STRICT, ids=lambda value: getattr(value, "__name__", ""))
@given(data=st.data())
def test_catches_each_wrong_digit(module, numbers, data):
    number = data.draw(numbers)
    place = data.draw(st.sampled_from([place for place, char in enumerate(number) if char in DIGITS]))
    other = data.draw(st.sampled_from(DIGITS))
    assume(other != number[place])
    assert module.check(number[:place] + other + number[place + 1 :]) is not Check.OK


@pytest.mark.parametrize(("module", "numbers"), STRICT, ids=lambda value: getattr(value, "__name__", ""))
@given(data=st.data())
def test_catches_swapped_neighbours(module, numbers, data):
    number = data.draw(numbers)
    place = data.draw(st.integers(0, len(number) - 2))
    assume(number[place] != number[place + 1])
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert module.check(swapped) is not Check.OK
