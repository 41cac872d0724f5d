"""UN/LOCODE: which codes exist, and what a place is."""

import pytest

from tidewaiter.refdata import countries, places
from tidewaiter.refdata.tables import rows


def test_codes_have_the_form_of_a_locode() -> None:
    assert len(places.codes()) > 115_000
    for code in places.codes():
        assert len(code) == 5
        assert code.isascii()
        assert code.isalnum()
        assert code == code.upper()
    assert {code[:2] for code in places.codes()} - countries.codes() == {"XZ"}  # XZ: international waters


def test_described_places_are_codes_once_and_in_order() -> None:
    described = [row["code"] for row in rows("places")]
    assert described == sorted(set(described))
    assert set(described) <= places.codes()
    assert {row["code"] for row in rows("place_positions")} <= set(described)


def test_the_mainland_hong_kong_and_macao_are_described_whole() -> None:
    near = {code for code in places.codes() if code.startswith(("CN", "HK", "MO"))}
    assert len(near) > 1_500
    assert all(places.find(code) for code in near)


@pytest.mark.parametrize(
    ("code", "name", "functions"),
    [
        ("HKHKG", "Hong Kong", {"port", "airport", "postal"}),
        ("MOMFM", "Macau", {"port", "airport", "postal"}),
        ("CNNSA", "Nansha Pt", {"port"}),
        ("CNYTN", "Yantian Pt", {"port"}),
        ("CNCAN", "Guangzhou Baiyun International Apt", {"airport"}),
        ("NLRTM", "Rotterdam", {"port", "rail", "road", "airport", "postal"}),
    ],
)
def test_a_place(code: str, name: str, functions: set[str]) -> None:
    place = places.find(code)
    assert place is not None
    assert (place.code, place.name, place.country) == (code, name, code[:2])
    assert functions <= place.functions


def test_functions_and_positions_make_sense() -> None:
    for row in rows("places"):
        place = places.find(row["code"])
        assert place is not None
        assert place.functions <= set(places.FUNCTIONS.values())
        assert (place.lat is None) == (place.lon is None)
        if place.lat is not None and place.lon is not None:
            assert -90 <= place.lat <= 90
            assert -180 <= place.lon <= 180


@pytest.mark.parametrize("code", ["HKHKG", "MOMFM", "CNYTN", "CNSHK", "CNNSA", "CNSZX", "CNCAN", "CNHUN"])
def test_main_places_of_the_delta_lie_there(code: str) -> None:
    place = places.find(code)
    assert place is not None
    assert place.lat is not None
    assert place.lon is not None
    assert 21.5 < place.lat < 23.6
    assert 113.0 < place.lon < 114.6


def test_a_code_without_a_description_and_one_that_does_not_exist() -> None:
    bare = next(code for code in sorted(places.codes()) if places.find(code) is None)
    assert not bare.startswith(("CN", "HK", "MO"))
    assert places.find("HKXXX") is None
    assert places.find("") is None


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [
        ("HKHKG", "zh-Hant", "香港"),
        ("HKHKG", "en", "Hong Kong"),
        ("MOMFM", "zh-Hant", "澳門"),
        ("MOMFM", "pt", "Macau"),
        ("CNYTN", "zh-Hans", "Yantian Pt"),
    ],
)
def test_a_place_that_bears_its_territorys_name_bears_it_in_every_language(code: str, language: str, name: str) -> None:
    place = places.find(code)
    assert place is not None
    assert place.name_in(language) == name


def test_macao_is_spelt_as_its_own_administration_spells_it_in_english() -> None:
    macao = places.find("MOMFM")
    assert macao is not None
    assert macao.name == "Macau"
    assert macao.name_in("en") == countries.name("MO", "en")
