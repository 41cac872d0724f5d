"""The Harmonized System of 2022: which codes exist, and short labels."""

import pytest

from tidewaiter.refdata import hs
from tidewaiter.refdata.languages import LANGUAGES, REQUIRED
from tidewaiter.refdata.tables import rows


def test_the_edition_of_2022_is_whole() -> None:
    assert (len(hs.chapters()), len(hs.headings()), len(hs.codes())) == (96, 1228, 5612)
    assert {code[:4] for code in hs.codes()} == hs.headings()
    assert {code[:2] for code in hs.headings()} == hs.chapters()
    assert all(len(code) == 6 and code.isdigit() for code in hs.codes())


@pytest.mark.parametrize("code", ["851713", "852411", "854911", "240412", "880621", "640411", "711311", "950300"])
def test_codes_in_force(code: str) -> None:
    assert code in hs.codes()


@pytest.mark.parametrize("code", ["851712", "852580", "851770", "770000", "990000", "640499", ""])
def test_codes_not_in_force(code: str) -> None:
    assert code not in hs.codes()


def test_every_chapter_has_a_label_in_every_language() -> None:
    for code in hs.chapters():
        assert all(hs.label(code, language) for language in LANGUAGES), code


def test_every_heading_has_its_own_label_in_english() -> None:
    for row in rows("hs_headings"):
        assert row["en"], row
        assert len(row["en"]) <= 60, row


@pytest.mark.parametrize(
    ("code", "language", "label"),
    [
        ("64", "en", "Footwear"),
        ("64", "pt", "Calçado"),
        ("6404", "en", "Footwear, textile uppers"),
        ("640411", "en", "Footwear, textile uppers"),
        ("6404119000", "en", "Footwear, textile uppers"),
        ("640411", "zh-Hans", "鞋靴"),
        ("640411", "zh-Hant-MO", "鞋履"),
    ],
)
def test_labels(code: str, language: str, label: str) -> None:
    assert hs.label(code, language) == label


@pytest.mark.parametrize("code", ["", "6", "77", "6499", "640499", "64999", "990000"])
def test_an_unknown_code_has_no_label(code: str) -> None:
    assert hs.label(code) is None


def test_required_languages_are_columns_of_the_chapters() -> None:
    assert {language.lower().replace("-", "_") for language in REQUIRED} <= rows("hs_chapters")[0].keys()
