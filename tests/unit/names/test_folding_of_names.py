"""Names compare by their words in order; nothing that tells two parties apart is taken away."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tidewaiter.names import compact, fold_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CHAN, Tai-man", "chan tai man"),
        ("陳 大 文", "陈大文"),
        ("陳大文", "陈大文"),
        ("粵港·澳貿易（深圳）有限公司", "粤港澳贸易深圳有限公司"),
        ("ABC 貿易 有限公司", "ABC贸易有限公司"),
        ("O’Brien Trading Co., Ltd.", "OBRIEN TRADING CO LTD"),
        ("João da Conceição", "JOAO DA CONCEICAO"),
        ("ＡＢＣ  Ｌｔｄ", "abc ltd"),
        ("陳大\u200b文", "陳大文"),
    ],
)
def test_spellings_of_one_name_fold_alike(one: str, other: str) -> None:
    assert fold_name(one) == fold_name(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Chan Tai Man", "Tai Man Chan"),
        ("Chan Taiman", "Chan Tai Man"),
        ("Gamma Trading Limited", "Gamma Trading"),
        ("Mr Chan", "Chan"),
        ("陳大文先生", "陳大文"),
    ],
)
def test_different_names_stay_apart(one: str, other: str) -> None:
    assert fold_name(one) != fold_name(other)


def test_identifiers_compare_by_letters_and_digits() -> None:
    assert compact("Ｍscu 123456-7") == compact("MSCU1234567")
    assert compact("A123456(7)") == compact("a1234567")
    assert compact("粵Z·1234港") == compact("粤Z1234港")


@settings(deadline=None)
@given(st.text())
def test_a_folded_name_has_single_inner_spaces_only(text: str) -> None:
    folded = fold_name(text)
    assert folded == folded.strip()
    assert "  " not in folded
