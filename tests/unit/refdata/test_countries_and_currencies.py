"""Countries and currencies have codes by ISO and names in every language."""

import pytest

from tidewaiter.refdata import countries, currencies
from tidewaiter.refdata.errors import UnknownCode
from tidewaiter.refdata.languages import LANGUAGES
from tidewaiter.refdata.tables import rows


def test_the_three_places_are_countries_of_their_own() -> None:
    assert {"CN", "HK", "MO", "US"} <= countries.codes()
    assert not {"CN-GD", "XX", "UK", "EU", ""} & countries.codes()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_country_and_currency_has_a_name(language: str) -> None:
    for code in countries.codes():
        assert countries.name(code, language) not in {"", code}
    for code in currencies.codes():
        assert currencies.name(code, language) not in {"", code}


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [
        ("HK", "en", "Hong Kong"),
        ("MO", "pt", "Macau"),
        ("CN", "zh-Hant", "中國內地"),
        ("CN", "zh-Hant-MO", "中國內地"),
        ("FR", "zh-Hans", "法国"),
        ("EG", "pt", "Egipto"),
        ("TW", "zh-Hans", "中国台湾"),
    ],
)
def test_names_of_countries(code: str, language: str, name: str) -> None:
    assert countries.name(code, language) == name


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [("MOP", "pt", "pataca"), ("HKD", "zh-Hant", "港元"), ("CNY", "en", "renminbi"), ("EUR", "zh-Hans", "欧元")],
)
def test_names_of_currencies(code: str, language: str, name: str) -> None:
    assert currencies.name(code, language) == name


def test_own_names_belong_to_codes_that_exist() -> None:
    assert {row["code"] for row in rows("country_names")} <= countries.codes()
    assert {row["code"] for row in rows("currency_names")} <= currencies.codes()


def test_unknown_codes() -> None:
    with pytest.raises(UnknownCode, match="unknown country code 'UK'"):
        countries.name("UK", "en")
    with pytest.raises(UnknownCode, match="unknown currency code 'RMB'"):
        currencies.name("RMB", "en")
