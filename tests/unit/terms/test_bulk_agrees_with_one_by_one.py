"""What is judged in bulk comes out as if every place were judged by itself, text by text. All brands are invented."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tidewaiter.domain.vocabulary import MatchManner
from tidewaiter.names import fold_text
from tidewaiter.names.characters import is_word_character
from tidewaiter.screening.terms import Term, Terms
from tidewaiter.screening.terms.disguise import judge
from tidewaiter.screening.terms.plain import UNDECIDED, PlainForms

Found = tuple[str, int, int, int, str, str]

ROWS: list[dict[str, str]] = [
    {"term": "Nikora", "unless": "compatible with|fit|适用于"},
    {"term": "nikora", "unless": "for"},
    {"term": "NIKORA Run"},
    {"term": "Vel-mar", "unless": "fit"},
    {"term": "(velno)"},
    {"term": ".vq"},
    {"term": "d&q", "unless": "D&Q fit"},
    {"term": "尼柯拉", "unless": "适用于"},
    {"term": "尼柯"},
    {"term": "飛馬"},
    {"term": "calçado"},
    {"term": "ﬁnora"},
    {"term": "\uffffnoraq"},
    {"term": "velno", "match": "anywhere"},
    {"term": "ÿvelno"},
]
TERMS, PROBLEMS = Terms.from_rows(row | {"term_id": f"T{at}", "kind": "brand"} for at, row in enumerate(ROWS))
WORDS = [row["term"] for row in ROWS] + [phrase for row in ROWS for phrase in row.get("unless", "").split("|")]
OTHERS = ["n i k o r a", "N1kora", "飞马", "calc\u0327ado", "outfit", " ", "", "\u0301", ".", ", ", "é", "鞋", "x", "2"]
ODD = ["\uffff", "\ufffe", "\u200b", "ＮＩＫＯＲＡ", "™"]
PIECES = st.sampled_from([*WORDS, *map(str.upper, WORDS), *map(fold_text, WORDS), *OTHERS, *ODD])
TEXTS = st.lists(PIECES, max_size=7).map("".join) | st.lists(PIECES, max_size=5).map(" ".join)


def undecided(_: PlainForms, __: Any, number: Any, first: Any, last: Any) -> Any:
    return first, last, np.full(number.size, UNDECIDED)


def one_by_one(terms: Terms, texts: list[str | None]) -> Iterator[Found]:
    """Judge each place where a term may stand by itself: the reference for `Terms.find`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PlainForms, "judge", undecided)
        candidates = terms._matcher.candidates(pa.array(texts, pa.string()))
    exact: set[tuple[int, int]] = set()
    for number, row, start, end, _ in zip(*(array.tolist() for array in candidates), strict=True):
        term, text = terms.term(number), texts[row]
        assert text is not None
        verdict = judge(term, text, start, end)
        if (number, row) in exact or verdict is None or cancelled(term, text):
            continue
        manner, first, last = verdict
        if manner is MatchManner.EXACT:
            exact.add((number, row))
        yield term.term_id, row, first, last, str(manner), text[first:last]


def cancelled(term: Term, text: str) -> bool:
    folded = fold_text(text)
    for phrase in map(fold_text, term.unless):
        for start in range(len(folded)):
            before, after = folded[:start][-1:], folded[start + len(phrase) :][:1]
            open_before = not (before and is_word_character(before) and is_word_character(phrase[0]))
            open_after = not (after and is_word_character(after) and is_word_character(phrase[-1]))
            if folded.startswith(phrase, start) and open_before and open_after:
                return True
    return False


def in_bulk(terms: Terms, texts: list[str | None]) -> list[Found]:
    found = terms.find(pa.array(texts, pa.string()))
    return [(term.term_id, row, start, end, str(manner), words) for term, row, start, end, manner, words in found]


def test_the_terms_are_usable() -> None:
    assert PROBLEMS == []
    assert [term.text for term in TERMS] == [row["term"] for row in ROWS]


@settings(deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=6, unique=True))
@example(["velno", "ÿvelno", "\uffffnoraq", "noraq", "\ufffenoraq é", "(velno", "velno)", "a(velno)"])
@example(["Nikora nikora Nikora N i k o r a", "NIKORA Nikora", "é Nikora compatible with", "outfit nikora"])
def test_every_find_is_what_judging_one_by_one_gives(texts: list[str | None]) -> None:
    assert in_bulk(TERMS, texts) == list(one_by_one(TERMS, texts))


@settings(deadline=None)
@given(st.lists(st.none() | TEXTS, min_size=1, max_size=4), st.integers(2, 3))
def test_repeated_texts_give_the_same_in_each_row(texts: list[str | None], times: int) -> None:
    every = texts * times
    assert sorted(in_bulk(TERMS, every)) == sorted(one_by_one(TERMS, every))
