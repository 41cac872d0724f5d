"""Words are found in any of the languages, and one database finds what the other finds."""

import sqlite3
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tidewaiter.names.fold import fold_text
from tidewaiter.names.shadow_text import LONGEST_TOKEN, Term, shadow_text, terms, tokens

# Letters since Unicode 8 that the tokenizer of SQLite does not know as such: vowel signs of New Tai Lue, Vedic marks.
UNKNOWN = frozenset(map(chr, [*range(0x19B0, 0x19CA), 0x1CF2, 0x1CF3]))
WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cn", "Co")).filter(lambda character: character not in UNKNOWN)
    | st.sampled_from("檢獲检获冒牌海關澳門 中山éÇãõ ABCabc019-/·.'"),
    max_size=24,
)

TEXTS = [
    "香港海關檢獲冒牌手袋 3,000 個",
    "拱北海关查获假冒运动鞋",
    "Counterfeit handbags, Macao ferry terminal; case HK-2026/0017",
    "Calçado contrafeito apreendido em Macau, matrícula MX-12-34, São João",
    "粵Z·K417港 lorry at the boundary",
]


def found(query: str) -> list[int]:
    """The numbers of the texts that have every term of the query."""
    asked = terms(query)
    return [number for number, text in enumerate(TEXTS) if asked and has_all(asked, set(tokens(text)))]


def has_all(asked: list[Term], held: set[str]) -> bool:
    return all(held.issuperset(term.words) or (term.whole is not None and term.whole in held) for term in asked)


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("海關", [0, 1]),
        ("海关 假冒", [1]),
        ("检获", [0]),
        ("牌", [0]),
        ("关香", []),
        ("calcado", [3]),
        ("SAO JOAO", [3]),
        ("Ｍａｃａｏ", [2]),
        ("hk20260017", [2]),
        ("HK-2026/0017", [2]),
        ("粤ZK417港", [4]),
        ("粤Z·K417港", [4]),
        ("mx1234", [3]),
        ("hand", []),
        ("  · - ", []),
        ("", []),
    ],
)
def test_words_of_any_language_are_found(query: str, numbers: list[int]) -> None:
    assert found(query) == numbers


@pytest.mark.parametrize(
    ("one", "other"),
    [("contrafacção", "contrafação"), ("objecto", "objeto"), ("excepção", "exceção"), ("ACÇÃO", "acao")],
)
def test_portuguese_is_found_in_either_spelling(one: str, other: str) -> None:
    for text, query in ((one, other), (other, one), (one, one)):
        assert has_all(terms(query), set(tokens(text)))


def test_the_tokens_of_a_text() -> None:
    assert shadow_text("檢獲假鞋 Nº HB-12 l'água") == "检 获 假 鞋 检获 获假 假鞋 no hb 12 hb12 lagua"


def test_a_sentence_is_no_reference() -> None:
    assert "2026年5月1日检获" not in shadow_text("2026年5月1日檢獲").split()
    assert terms("第3號 lane")[0].whole == "第3号"
    assert terms("lane")[0] == Term(("lane",), None, True)
    assert not terms("lane 海關")[-1].starts_word


@given(WORDS)
def test_a_text_is_found_by_itself(text: str) -> None:
    assert has_all(terms(text), set(tokens(text)))


@given(WORDS, WORDS, WORDS)
def test_a_text_is_found_by_any_stretch_of_it(before: str, piece: str, after: str) -> None:
    assert has_all(terms(piece), set(tokens(f"{before} {piece} {after}")))


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=12), st.data())
def test_chinese_is_found_by_any_part_of_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert has_all(terms(text[start:end]), set(tokens(text)))


@given(WORDS)
def test_tokens_are_folded_and_hold_letters_and_digits_alone(text: str) -> None:
    for token in tokens(text):
        assert 0 < len(token) <= LONGEST_TOKEN
        assert all(unicodedata.category(character)[0] in "LN" for character in token), token
        assert fold_text(token) == token


@given(WORDS)
def test_the_index_of_sqlite_takes_each_token_as_it_is(text: str) -> None:
    shadow = shadow_text(text)
    with_index = sqlite3.connect(":memory:")
    with_index.execute("create virtual table held using fts5(shadow, tokenize = 'unicode61 remove_diacritics 0')")
    with_index.execute("create virtual table seen using fts5vocab(held, 'row')")
    with_index.execute("insert into held values (?)", [shadow])
    seen = {term for (term,) in with_index.execute("select term from seen")}
    with_index.close()
    assert seen == set(shadow.split())


def test_a_very_long_word_is_cut_on_both_sides() -> None:
    word = "a" * 500
    assert shadow_text(word) == "a" * LONGEST_TOKEN
    assert terms(word)[0].words == ("a" * LONGEST_TOKEN,)


@given(st.text(st.sampled_from("檢獲冒牌海關"), min_size=2, max_size=8))
def test_traditional_and_simplified_are_one(text: str) -> None:
    simplified = text.translate(str.maketrans("檢獲關", "检获关"))
    assert shadow_text(text) == shadow_text(simplified)
    assert terms(text) == terms(simplified)
    assume(len(set(text)) == len(text))
    assert set(map("".join, pairwise(simplified))) <= set(shadow_text(text).split())
