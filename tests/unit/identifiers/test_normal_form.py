"""The spelling by which identifiers are compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.domain.identifiers.normal_form import compact


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ＭＳＣＵ　１２３４５６－７", "MSCU1234567"),
        ("ａ１２３４５６（３）", "A1234563"),
        ("020\u201112345675\ufeff", "02012345675"),
        ("粵Z1234港", "粵Z1234港"),
        ("straße", "STRAßE"),
        ("O0", "O0"),
        ("a\x00b", "A\x00B"),
    ],
)
def test_example(text, expected):
    assert compact(text) == expected


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert compact(compact(text)) == compact(text)


@given(st.text())
def test_nothing_is_added(text):
    assert len(compact(text)) <= len(text)
