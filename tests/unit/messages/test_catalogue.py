"""The catalogue of sentences: complete, consistent, and in the manner of each language."""

import re
from datetime import date

import pytest

from tidewaiter.domain.vocabulary import (
    ControlChannel,
    IdentifierType,
    MatchManner,
    PartyRole,
    ReferenceType,
    SelectionOrigin,
)
from tidewaiter.refdata import glossary, messages
from tidewaiter.refdata.errors import UnknownCode
from tidewaiter.refdata.languages import LANGUAGES, REQUIRED, column
from tidewaiter.refdata.tables import rows

ROWS = rows("messages")
CHINESE = ("zh_hant", "zh_hans", "zh_hant_mo")


def test_columns_and_keys() -> None:
    assert list(ROWS[0]) == ["key", "en", "zh_hant", "zh_hans", "zh_hant_mo", "pt"]
    assert len({row["key"] for row in ROWS}) == len(ROWS)
    assert all(re.fullmatch(r"[a-z]+(\.[a-z_]+)+", row["key"]) for row in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["key"])
def test_four_languages_are_complete_and_their_placeholders_agree(row: dict[str, str]) -> None:
    wanted = messages.placeholders(row["en"])
    for language in LANGUAGES:
        words = row[column(language)]
        if language in REQUIRED:
            assert words.strip()
        if words:
            assert words == words.strip()
            assert messages.placeholders(words) == wanted
    assert row["zh_hant_mo"] != row["zh_hant"], "Macao's column is filled only where it differs"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["key"])
def test_each_language_is_written_in_its_manner(row: dict[str, str]) -> None:
    for name in CHINESE:
        assert not re.search(r"[,;:!?()]|\.(?!csv)| ", row[name]), "full-width punctuation and no spaces"
    for words in row.values():
        assert not re.search("[「」“”«»]", words), "quotation marks are set by `quoted`, each language has its own"
    assert not re.search(r"网络|質量|信息|視頻|文件夾|軟件|上傳|網路|仿冒|資訊", row["zh_hant"] + row["zh_hant_mo"])
    # Portuguese in the spelling before 1990.
    assert not re.search(
        r"(?i)\b(seleç|seleci|inspeç|inspet|objet|eletr|exat|ação\b|fatura|direto|contrafaç)", row["pt"]
    )


@pytest.mark.parametrize(
    ("prefix", "vocabulary"),
    [
        ("party", PartyRole),
        ("reference", ReferenceType),
        ("identifier", IdentifierType),
        ("channel", ControlChannel),
        ("origin", SelectionOrigin),
        ("reason.manner", [manner for manner in MatchManner if manner is not MatchManner.RULE]),
    ],
)
def test_every_code_that_a_reason_or_list_may_name_has_its_word(prefix: str, vocabulary: list[str]) -> None:
    assert not [code for code in vocabulary if not messages.has(f"{prefix}.{code}")]


@pytest.mark.parametrize(
    ("key", "term"),
    [
        *((f"party.{role}", role) for role in ("consignor", "consignee", "exporter", "importer", "declarant")),
        *((f"party.{role}", role) for role in ("carrier", "driver")),
        ("party.marketplace", "online_platform"),
        ("party.courier", "courier_company"),
        *((f"reference.{kind}", kind) for kind in ("house_bill", "master_bill", "air_waybill", "container", "seal")),
        ("reference.plate", "licence_plate"),
        ("channel.documentary", "documentary_check"),
        ("channel.non_intrusive", "nii"),
        ("channel.physical", "physical_exam"),
        ("column.office", "customs_office"),
        ("column.capacity", "capacity"),
        ("column.value", "declared_value"),
        ("origin.watchlist", "watchlist"),
        ("origin.random", "random_selection"),
    ],
)
def test_words_are_those_of_the_term_base(key: str, term: str) -> None:
    for language in LANGUAGES:
        if (key, language) in {("party.marketplace", "en"), ("column.office", "en"), ("origin.random", "en")}:
            continue  # the English label is shorter where the context says the rest
        expected = glossary.term(term, language)
        assert messages.text(key, language).casefold().removesuffix(" company") in expected.casefold()


def test_numbers_dates_and_text_stand_in_the_manner_of_the_language() -> None:
    values = {"count": 12345, "office": "{office} & Co", "day": date(2025, 11, 3)}
    found = {language: messages.text("alarm.overflow", language, **values) for language in LANGUAGES}
    assert found["en"] == "12,345 mandatory hits exceed capacity at {office} & Co on 3 November 2025"
    assert found["zh-Hant"] == found["zh-Hant-MO"]
    assert found["zh-Hant"] == "{office} & Co（2025年11月3日）有12,345批必須查驗的付運貨物超出檢查能力"
    assert found["zh-Hans"] == "{office} & Co（2025年11月3日）有12345票必查货物超出查验能力"
    assert found["pt"].startswith("{office} & Co, 3 de Novembro de 2025: 12\N{NO-BREAK SPACE}345 remessas de controlo")


def test_one_of_a_kind_has_its_own_sentence() -> None:
    found = messages.text("alarm.overflow", "en", count=1, office="Port", day="an unknown day")
    assert found == "1 mandatory hit exceeds capacity at Port on an unknown day"


def test_macao_has_its_own_words_and_borrows_the_rest() -> None:
    assert messages.text("party.consignor", "zh-Hant-MO") == "發貨人"
    assert messages.text("party.consignee", "zh-Hant-MO") == messages.text("party.consignee", "zh-Hant")


def test_quotation_marks_of_each_language_and_within_them() -> None:
    assert [messages.quoted("X", language) for language in LANGUAGES] == ['"X"', "「X」", "“X”", "“X”", "“X”"]
    assert messages.quoted('X" is clear, "', "en") == "\"X' is clear, '\""
    assert messages.quoted("甲」乙", "zh-Hant") == "「甲』乙」"


def test_what_is_missing_raises() -> None:
    with pytest.raises(messages.MessageError, match=r"no message 'reason\.hunch'"):
        messages.text("reason.hunch", "en")
    with pytest.raises(messages.MessageError, match=r"'reason\.source' needs a value for grading, source"):
        messages.text("reason.source", "pt", sentence="x")
    with pytest.raises(UnknownCode):
        messages.text("column.rank", "fr")
    with pytest.raises(UnknownCode):
        messages.quoted("x", "fr")


def test_keys_by_prefix() -> None:
    assert "column.rank" in messages.keys("column.")
    assert len(messages.keys()) == len(ROWS)
