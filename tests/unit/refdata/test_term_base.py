"""The term base is complete: each key once, each language filled, each source and confidence named."""

import re

import pytest

from tidewaiter.refdata import glossary
from tidewaiter.refdata.errors import UnknownCode
from tidewaiter.refdata.languages import REQUIRED, column
from tidewaiter.refdata.tables import rows

WRITTEN = ("en", "zh_hant", "zh_hans", "pt")
MAINLAND_ONLY = set("们个为这国关货检验单确认证")
HONG_KONG_ONLY = set("們個為這國關貨檢驗單確認證")


def test_each_key_stands_once() -> None:
    keys = [row["key"] for row in rows("glossary")]
    assert len(keys) == len(set(keys)) == len(glossary.keys()) == 366
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", key) for key in keys)


@pytest.mark.parametrize("language", REQUIRED)
def test_every_term_has_a_word(language: str) -> None:
    empty = [row["key"] for row in rows("glossary") if not row[column(language)].strip()]
    assert empty == []


def test_every_term_has_a_definition_a_source_and_a_confidence_in_each_language() -> None:
    for row in rows("glossary"):
        assert row["definition_en"].endswith("."), row["key"]
        sources = dict(part.split("=", 1) for part in row["source"].split(" | "))
        confidence = dict(part.split("=", 1) for part in row["confidence"].split())
        assert set(WRITTEN) <= sources.keys(), row["key"]
        assert set(WRITTEN) <= confidence.keys(), row["key"]
        assert set(confidence.values()) <= {"H", "M", "L"}, row["key"]


def test_each_script_keeps_to_itself() -> None:
    for row in rows("glossary"):
        assert not MAINLAND_ONLY & set(row["zh_hant"] + row["zh_hant_mo"]), row["key"]
        assert not HONG_KONG_ONLY & set(row["zh_hans"]), row["key"]


def test_macao_is_given_only_where_it_differs_and_falls_back() -> None:
    assert glossary.term("consignor", "zh-Hant-MO") == "發貨人"
    assert glossary.term("declarant", "zh-Hant-MO") == glossary.term("declarant", "zh-Hant") == "申報人"


def test_terms_carry_words_definition_and_note() -> None:
    terms = {term.key: term for term in glossary.terms()}
    assert terms.keys() == glossary.keys()
    assert set(terms["consignor"].words) == set(glossary.LANGUAGES)
    assert all(all(term.words.values()) for term in terms.values())
    assert terms["batch"].note


def test_an_unknown_key_is_answered_with_close_ones() -> None:
    with pytest.raises(UnknownCode, match="did you mean consignor"):
        glossary.term("consigner", "en")
