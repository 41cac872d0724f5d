"""Units, kinds of package and modes of transport."""

import pytest

from tidewaiter.domain.vocabulary import TransportMode
from tidewaiter.refdata import units
from tidewaiter.refdata.errors import UnknownCode
from tidewaiter.refdata.languages import LANGUAGES


def test_units_that_trade_uses() -> None:
    assert {"H87", "PR", "SET", "KGM", "GRM", "TNE", "LTR", "MTR", "MTK", "C62", "EA", "DZN", "NAR"} <= units.units()
    assert "PCE" not in units.units()
    assert all(code.isascii() and code.isalnum() and 1 < len(code) <= 3 for code in units.units())


def test_kinds_of_package() -> None:
    assert {"CT", "BG", "PX", "BX", "PK", "CS", "PC", "NE"} <= units.packages()
    assert all(len(code) == 2 and code.isascii() for code in units.packages())


def test_modes_are_those_of_the_vocabulary() -> None:
    assert units.modes() == frozenset(TransportMode)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_a_name(language: str) -> None:
    assert all(units.unit_name(code, language) for code in units.units())
    assert all(units.package_name(code, language) for code in units.packages())
    assert all(units.mode_name(code, language) for code in units.modes())


def test_names() -> None:
    assert units.unit_name("PR", "zh-Hans") == "双"
    assert units.unit_name("KGM", "pt") == "quilograma"
    assert units.unit_name("Z11", "pt") == "hanging container"
    assert units.package_name("CT", "zh-Hant-MO") == "紙箱"
    assert units.mode_name(1, "zh-Hant-MO") == "海路"
    assert units.mode_name("courier", "pt") == "Correio rápido"


def test_unknown_codes() -> None:
    with pytest.raises(UnknownCode, match="unknown unit code 'kgm': did you mean KGM"):
        units.unit_name("kgm", "en")
    with pytest.raises(UnknownCode, match="unknown transport mode code '12'"):
        units.mode_name(12, "en")
