"""Why a row was rejected is told in the reader's language: every reason, with its place and its field."""

import pytest
from django.utils import translation

from tidewaiter.intake import rejects
from tidewaiter.node.targeting.rejects_in_words import SENTENCES, sentence

LANGUAGES = ("zh-hant", "zh-hans", "zh-hant-mo", "pt")


def test_every_reason_has_the_sentence_of_the_reader() -> None:
    with translation.override("en"):
        told = {code: str(words) for code, words in SENTENCES.items()}
    assert told == {reason.value: words for reason, words in rejects.SENTENCES.items()}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", rejects.Reason)
def test_every_reason_has_words_in_every_language(reason: rejects.Reason, language: str) -> None:
    with translation.override(language):
        told = sentence(reason.value, "", "")
    assert told and told != rejects.SENTENCES[reason]


@pytest.mark.parametrize(
    ("language", "position", "words"),
    [
        ("en", "12", "Row 12: A quotation mark is not closed."),
        ("en", "line 12", "Line 12: A quotation mark is not closed."),
        ("en", "", "A quotation mark is not closed."),
        ("en", "inner.csv", "A quotation mark is not closed."),
        ("zh-hant", "12", "第12行：引號沒有結束。"),
        ("zh-hans", "line 12", "第12行：引号未闭合。"),
        ("pt", "12", "Linha 12: Há aspas por fechar."),
    ],
)
def test_a_sentence_says_where(language: str, position: str, words: str) -> None:
    with translation.override(language):
        assert sentence("unclosed_quote", position, "a quotation mark is not closed") == words


@pytest.mark.parametrize(
    ("code", "message", "words"),
    [
        (
            "missing_column",
            'the mapping own needs the columns "a", "b", which are not there',
            '欄位對應需要"a", "b"一欄，但該欄不存在。',
        ),
        ("duplicate_header", 'the header has more than one column "a"', '欄位對應所用的"a"一欄重複出現。'),
        ("duplicate_key", 'the key "a" occurs twice in one object', '同一物件內"a"鍵重複。'),
        ("missing_required", "required but null: day, draw", "缺少day, draw的必需值。"),
        ("missing_required", "no administration is named; give one with the input", "缺少必需的值。"),
    ],
)
def test_a_sentence_names_the_field(code: str, message: str, words: str) -> None:
    with translation.override("zh-hant"):
        assert sentence(code, "", message) == words


def test_a_reason_that_is_new_shows_what_the_reader_said() -> None:
    assert sentence("another_reason", "3", "the tide is out") == "the tide is out"
