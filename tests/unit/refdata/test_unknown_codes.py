"""An unknown code is answered with what comes close, or with what there is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.refdata import closed_lists, countries, glossary, regions, units
from tidewaiter.refdata.errors import UnknownCode


def test_close_codes_are_named() -> None:
    with pytest.raises(UnknownCode, match="unknown region code 'nort_america': did you mean north_america"):
        regions.members("nort_america")


@pytest.mark.parametrize("written", ["North America", "north-america", "NORTH_AMERICA", " north_america "])
def test_another_way_of_writing_gives_the_one_code(written: str) -> None:
    with pytest.raises(UnknownCode) as caught:
        regions.members(written)
    assert caught.value.close == ("north_america",)


def test_a_short_list_is_shown_whole() -> None:
    with pytest.raises(UnknownCode, match="known are: CR, DE, EXPO, GI"):
        closed_lists.name("right_type", "qqqq", "en")


def test_a_long_list_is_not_shown() -> None:
    with pytest.raises(UnknownCode, match="none of the 1756 known codes comes close"):
        units.unit_name("?????", "en")


def test_an_unknown_language_is_refused_everywhere() -> None:
    for call in (
        lambda: countries.name("FR", "fr"),
        lambda: regions.name("europe", "fr"),
        lambda: glossary.term("consignor", "zh_Hant"),
        lambda: closed_lists.name("right_type", "TM", "zh"),
    ):
        with pytest.raises(UnknownCode, match="unknown language code"):
            call()


@given(st.text(max_size=30))
def test_any_text_gets_an_answer(code: str) -> None:
    try:
        regions.members(code)
    except UnknownCode as error:
        assert error.code == code
        assert set(error.close) <= set(regions.codes())
