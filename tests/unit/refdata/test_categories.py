"""Product categories: which HS code belongs where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.refdata import hs
from tidewaiter.refdata.categories import PRODUCT_CATEGORIES, category_of
from tidewaiter.refdata.languages import LANGUAGES


def test_the_categories_of_the_term_base() -> None:
    assert len(PRODUCT_CATEGORIES) == 28
    assert next(iter(PRODUCT_CATEGORIES)) == "apparel"
    assert list(PRODUCT_CATEGORIES)[-1] == "other"
    for category in PRODUCT_CATEGORIES.values():
        assert set(category.names) == set(LANGUAGES)
        assert all(category.names.values())


def test_every_prefix_stands_for_codes_and_belongs_to_one_category() -> None:
    prefixes = [prefix for category in PRODUCT_CATEGORIES.values() for prefix in category.hs]
    assert len(prefixes) == len(set(prefixes))
    assert set(prefixes) <= hs.chapters() | hs.headings() | hs.codes()


@pytest.mark.parametrize(
    ("code", "category"),
    [
        ("640411", "footwear"),
        ("610910", "apparel"),
        ("420310", "apparel"),
        ("420221", "leather_bags"),
        ("910211", "watches"),
        ("711319", "jewellery"),
        ("900410", "eyewear"),
        ("851713", "mobile_phones"),
        ("851779", "phone_accessories"),
        ("851762", "consumer_electronics"),
        ("852351", "electronic_components"),
        ("852349", "optical_media"),
        ("853224", "electronic_components"),
        ("330300", "perfume_cosmetics"),
        ("300490", "pharmaceuticals"),
        ("950300", "toys_collectibles"),
        ("950450", "games"),
        ("220830", "alcohol"),
        ("854340", "tobacco"),
        ("848210", "hardware_tools"),
        ("482110", "labels_packaging"),
        ("010121", "other"),
        ("6404110000", "footwear"),
        ("64", "footwear"),
        ("", "other"),
        ("6", "other"),
    ],
)
def test_category_of(code: str, category: str) -> None:
    assert category_of(code) == category


@given(st.text(alphabet="0123456789", max_size=10))
def test_any_code_has_a_category_and_further_digits_do_not_change_it(code: str) -> None:
    found = category_of(code)
    assert found in PRODUCT_CATEGORIES
    if len(code) >= 6:
        assert category_of(code[:6]) == found
