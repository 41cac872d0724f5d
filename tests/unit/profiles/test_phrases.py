"""Phrases in free text."""

from collections.abc import Callable

import pytest

Met = Callable[..., list[bool]]


@pytest.mark.parametrize(
    ("phrase", "text", "held"),
    [
        ("sample", "Free SAMPLE of goods", True),
        ("sample", "sampler", False),
        ("sample", "shoe-sample", True),
        ("sample", "樣品sample", True),
        ("sample", "ｓａｍｐｌｅ", True),
        ("cap", "capacitor", False),
        ("cap", "caps and capacitor, cap", True),
        ("樣品", "免費樣品一批", True),
        ("樣品", "免费样品一批", True),
        ("no. 1", "quality NO.  1 shoes", True),
        ("no. 1", "quality no. 12 shoes", False),
        ("gift box", "gift\u3000box", True),
        ("a", "b", False),
    ],
)
def test_words_are_whole_and_chinese_is_anywhere(met: Met, phrase: str, text: str, held: bool) -> None:
    when = f'{{text: description, contains_any: ["{phrase}"]}}'
    assert met(when, {"goods": [{"description": text}]}) == [held]


def test_a_phrase_does_not_run_from_one_text_into_the_next(met: Met) -> None:
    rows = [{"goods": [{"description": "免費樣"}]}, {"goods": [{"description": "品一批"}]}]
    assert met("{text: description, contains_any: [樣品]}", *rows) == [False, False]


def test_many_profiles_share_a_phrase(met: Met) -> None:
    when = "{any: [{text: description, contains_any: [gift, toy]}, {text: brand, contains_any: [gift]}]}"
    rows = [{"goods": [{"description": "a toy"}]}, {"goods": [{"brand": "Gift"}]}, {"goods": [{"brand": "toy"}]}]
    assert met(when, *rows) == [True, True, False]


def test_whole_texts_are_compared_after_folding(met: Met) -> None:
    rows = [{"goods": [{"brand": "ＮＩＭＢＵＳ"}]}, {"goods": [{"brand": "Nimbus Air"}]}]
    assert met("{field: brand, is: Nimbus}", *rows) == [True, False]


def test_text_is_judged_where_other_conditions_leave_it_open(met: Met) -> None:
    """Many rows, so that only those left by the other conditions are searched."""
    rows = [
        {
            "regime": "export" if number % 10 == 0 else "import",
            "goods": [{"description": "gift" if number % 3 else "toy"}],
        }
        for number in range(100)
    ]
    both = "{{all: [{{field: regime, is: export}}, {}]}}"
    gift = "{text: description, contains_any: [gift]}"
    assert met(both.format(gift), *rows) == [number % 10 == 0 and number % 3 != 0 for number in range(100)]
    assert met(both.format(f"{{not: {gift}}}"), *rows) == [number % 30 == 0 for number in range(100)]
