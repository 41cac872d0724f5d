"""The vectorised checks say what the scalar ones say, whatever the column looks like."""

import itertools

import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.domain.identifiers import VALIDATORS, Check, resident_id, ship_number
from tidewaiter.intake.checks.check_digits import COLUMN_CHECKS, resident_ids, ship_numbers

GOOD = [
    "CSQU3054383",
    "9074729",
    "IMO 9074729",
    "020-12345675",
    "RR473124829GB",
    "91350100M000100Y43",
    "11010519491231002X",
    "441900200002290010",
    "A123456(3)",
    "AB1234569",
    "G123456(A)",
    "12345678-000-01-27-A",
    "C0001234",
    "81234567",
    "4401960A1B",
    "GB123456789000",
    "IMO",
    "IMO1234",
]


@st.composite
def near_misses(draw):
    """A good number with up to two characters changed, put in or taken out, as a careless hand does."""
    text = draw(st.sampled_from(GOOD))
    for _ in range(draw(st.integers(0, 2))):
        place = draw(st.integers(0, len(text)))
        put = draw(
            st.sampled_from(["", " ", "-", "0", "1", "7", "X", "I", "a", "８", "（", "港", "\x00", "é", "𠮷", "?"])
        )
        text = text[:place] + put + text[place + draw(st.integers(0, 1)) :]
    return text


texts = st.one_of(near_misses(), st.text("0123456789ABCXZ -", max_size=20), st.text(max_size=20))
shaped = {
    "container": r"[A-Z]{3}[UJZ][0-9]{7}",
    "air_waybill": r"[0-9]{11}",
    "postal_item": r"[A-Z]{2}[0-9]{9}[A-Z]{2}",
    "vessel": r"(IMO)?[0-9]{7}",
    "uscc": r"91[0-9]{6}[0-9A-H]{8}[0-9X][0-9A-HJ-NP-RTUWXY]",
    "prc_resident_id": r"[1-9][1-5][0-9]{4}(18|19|20|21)[0-9]{2}[01][0-9][0-3][0-9]{4}[0-9X]",
    "hkid": r"[A-Z]{1,2}[0-9]{6}\([0-9A]\)",
    "hk_br": r"[0-9A-Z]{2}[0-9]{6}([0-9]{7}[0-9A-Z])?",
    "macao_bir": r"[0-9]{7}\([0-9]\)",
    "macao_taxpayer": r"[0-9]{8}",
    "customs_registration": r"[0-9]{4}[0-9A-Z]{6}",
    "eori": r"[A-Z0-9]{2}[0-9A-Z]{0,16}",
}


def test_each_scalar_check_has_its_column_form():
    assert COLUMN_CHECKS.keys() == VALIDATORS.keys()
    assert shaped.keys() == set(map(str, VALIDATORS))


@pytest.mark.parametrize("kind", VALIDATORS, ids=str)
@given(data=st.data())
def test_agrees_with_the_scalar_form(kind, data):
    like = st.from_regex(shaped[kind], fullmatch=True)
    values = data.draw(st.lists(st.none() | texts | like, max_size=12))
    expected = [VALIDATORS[kind].check(value or "") for value in values]
    assert COLUMN_CHECKS[kind](pa.array(values, pa.string())).tolist() == expected


@given(st.lists(texts))
def test_ship_numbers_agree(values):
    assert ship_numbers(pa.array(values, pa.string())).tolist() == [ship_number.check(value) for value in values]


@pytest.mark.parametrize("kind", VALIDATORS, ids=str)
def test_every_container_of_strings_is_read(kind):
    values = [None, "", *GOOD, "港A123456", *reversed(GOOD)]
    expected = [VALIDATORS[kind].check(value or "") for value in values]
    column = COLUMN_CHECKS[kind]
    assert column(pa.array(values, pa.large_string())).tolist() == expected
    assert column(pa.array(values, pa.string_view())).tolist() == expected
    assert column(pa.array(values).dictionary_encode()).tolist() == expected
    assert column(pa.chunked_array([values[:3], [], values[3:]], pa.string())).tolist() == expected
    assert column(pa.chunked_array([], pa.string())).tolist() == []
    assert column(pl.Series(values)).tolist() == expected
    assert column(pa.array(values)[3:-2]).tolist() == expected[3:-2]
    assert column(pa.array([], pa.string())).tolist() == []
    assert column(pa.nulls(3, pa.string())).tolist() == [Check.ABSENT] * 3


def test_a_uniform_column_takes_the_short_way_to_the_same_answer():
    assert ship_numbers(pa.array(["9074729"] * 5 + ["9074728"])).tolist() == [Check.OK] * 5 + [Check.WRONG_CHECK_DIGIT]


def test_the_calendar_of_birthdays():
    births = itertools.product([1899, 1900, 1999, 2000, 2024, 2100, 2101], range(14), range(33))
    heads = [f"440100{year}{month:02}{day:02}123" for year, month, day in births]
    numbers = [head + resident_id.check_digit(head) for head in heads]
    statuses = resident_ids(pa.array(numbers)).tolist()
    assert statuses == [resident_id.check(number) for number in numbers]
    assert statuses.count(Check.OK) == 365 * 5 + 2
