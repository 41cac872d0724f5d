"""The places of the true bits, wherever the column begins in its memory."""

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.screening.profiles.bits import true_places


@given(st.lists(st.booleans(), max_size=70), st.integers(0, 20), st.integers(0, 20))
def test_true_places_are_those_of_the_list(values: list[bool], before: int, after: int) -> None:
    around = pl.Series([True] * before + values + [True] * after, dtype=pl.Boolean)
    found = true_places(around.slice(before, len(values)))
    assert found.tolist() == np.flatnonzero(values).tolist()
