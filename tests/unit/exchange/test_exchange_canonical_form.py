"""Canonical JSON: the quick way and the library's agree, and what has no canonical form is refused."""

import json
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.exchange.objects import Reason, Refused, canonical, digest

WHOLE = st.integers(-(2**53) + 1, 2**53 - 1)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | WHOLE | st.text() | st.floats(-(2**53) + 1, 2**53 - 1),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_it_is_the_form_of_the_library(value: Any) -> None:
    assert canonical(value) == rfc8785.dumps(value)


@given(st.text())
def test_every_character_is_written_as_the_library_writes_it(text: str) -> None:
    assert canonical({"a": text, "B": [text]}) == rfc8785.dumps({"a": text, "B": [text]})


@given(VALUES)
def test_writing_and_reading_again_changes_nothing(value: Any) -> None:
    assert canonical(json.loads(canonical(value))) == canonical(value)


def test_all_control_characters_and_names_beyond_the_first_plane() -> None:
    every = "".join(map(chr, range(0x100))) + "\u2028\u2029\ufeff\U0001f600"
    for value in ({"x": every}, {"\U0001f600": 1, "\ufb33": 2, "z": 3}, [True, 1, 1.0, 1e21, -0.0]):
        assert canonical(value) == rfc8785.dumps(value)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 2**53, {"a": [2**70]}, "\ud800", {"\ud800": 1}, {1: 2}])
def test_what_has_no_canonical_form_is_refused(value: Any) -> None:
    with pytest.raises(Refused) as caught:
        canonical(value)
    assert caught.value.reason is Reason.BAD_FORMAT


def test_a_value_that_holds_itself_is_refused() -> None:
    circle: list[Any] = []
    circle.append(circle)
    with pytest.raises(Refused):
        canonical(circle)


def test_equal_content_has_one_digest() -> None:
    assert digest({"b": 1, "a": "x"}) == digest(json.loads('{ "a": "\\u0078", "b": 1 }'))
    assert digest({"a": 1}) != digest({"a": "1"})
