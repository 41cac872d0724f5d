"""The seeded draw: stable for ever, uniform, and the same in every order, batch and string type."""

import math

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.selection.draw import draws

MASK = (1 << 64) - 1
GOLDEN = 0x9E3779B97F4A7C15


def _mix(value: int) -> int:
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & MASK
    return value ^ (value >> 31)


def _one_at_a_time(seed: int, text: str) -> float:
    """The same draw in plain integers, for ids of up to 128 bytes."""
    data = text.encode()
    state = _mix((len(data) * GOLDEN & MASK) ^ _mix((seed + GOLDEN) & MASK))
    for start in range(0, len(data), 8):
        state = _mix(((state + GOLDEN) & MASK) ^ int.from_bytes(data[start : start + 8], "little"))
    return (state >> 11) * 2.0**-53


def test_splitmix_matches_its_published_sequence() -> None:
    # The first outputs of SplitMix64 from seed 0 are quoted in many implementations of the paper.
    assert [_mix(GOLDEN), _mix(2 * GOLDEN & MASK)] == [0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4]


def test_known_draws_never_change() -> None:
    # A change here changes every inspection list that was ever drawn: runs could no longer be repeated.
    ids = pa.array(["", "A", "decl.csv:1", "粤Z·K417港", "x" * 128, "x" * 129])
    assert draws(7, ids).tolist() == [
        0.4558970808054451,
        0.2591649793413937,
        0.6636783278802321,
        0.7985654860599743,
        0.8321403561251965,
        0.9645973288468648,
    ]


@given(st.integers(0, MASK), st.lists(st.text(max_size=30), max_size=20))
def test_bulk_equals_one_at_a_time(seed: int, texts: list[str]) -> None:
    found = draws(seed, pa.array(texts, pa.string()))
    assert found.tolist() == [_one_at_a_time(seed, text) for text in texts]


@given(st.lists(st.text(max_size=200), min_size=1, max_size=30))
def test_order_batches_and_string_types_do_not_matter(texts: list[str]) -> None:
    whole = draws(3, pa.array(texts, pa.string()))
    order = np.random.default_rng(len(texts)).permutation(len(texts))
    shuffled = pa.array([texts[place] for place in order], pa.string())
    assert (draws(3, shuffled) == whole[order]).all()
    halves = pa.chunked_array([pa.array(texts[:5], pa.string()), pa.array(texts[5:], pa.string())])
    assert (draws(3, halves) == whole).all()
    assert (draws(3, pa.array(texts, pa.large_string())) == whole).all()
    assert (draws(3, pa.array(texts, pa.string_view())) == whole).all()
    assert (draws(3, pa.array(texts, pa.string()).slice(1)) == whole[1:]).all()


def test_blocks_do_not_matter() -> None:
    ids = pa.array([f"MO-2026-{number}" for number in range(70_000)])
    assert (draws(1, ids)[40_000:40_010] == draws(1, ids.slice(40_000, 10))).all()


@pytest.mark.parametrize("seed", [0, 1, 2**64 - 1])
def test_draws_of_consecutive_numbers_are_uniform(seed: int) -> None:
    count = 200_000
    found = draws(seed, pa.array([f"{number:018d}" for number in range(count)]))
    assert found.min() >= 0 and found.max() < 1
    # Kolmogorov-Smirnov distance; the 0.1 % point is 1.95 / sqrt(n), and the input is fixed.
    distance = np.abs(np.sort(found) - (np.arange(count) + 0.5) / count).max()
    assert distance < 1.95 / math.sqrt(count)
    cells = np.bincount((found * 1000).astype(int), minlength=1000)
    chi_square = float(((cells - count / 1000) ** 2 / (count / 1000)).sum())
    assert abs(chi_square - 999) < 4 * math.sqrt(2 * 999)


def test_seeds_and_neighbours_have_nothing_in_common() -> None:
    ids = pa.array([f"HK{number:09d}" for number in range(50_000)])
    one, two = draws(1, ids), draws(2, ids)
    limit = 4 / math.sqrt(len(ids))
    assert abs(np.corrcoef(one, two)[0, 1]) < limit
    assert abs(np.corrcoef(one[:-1], one[1:])[0, 1]) < limit
    assert np.unique(np.r_[one, two]).size == 100_000


@pytest.mark.parametrize("length", [7, 8, 9, 128, 129, 5000])
def test_every_byte_counts_and_zero_bytes_are_not_padding(length: int) -> None:
    base = ["a" * length, "a" * (length - 1) + "b", "b" + "a" * (length - 1), "a" * length + "\0", "a" * (length - 1)]
    assert np.unique(draws(5, pa.array(base))).size == len(base)


def test_refuses_what_cannot_be_drawn() -> None:
    with pytest.raises(ValueError, match="1 of 2 ids are null"):
        draws(1, pa.array(["a", None]))
    with pytest.raises(TypeError, match="int64"):
        draws(1, pa.array([1, 2]))
    for seed in (-1, 1 << 64):
        with pytest.raises(ValueError, match="whole number from 0"):
            draws(seed, pa.array(["a"]))


def test_nothing_gives_nothing() -> None:
    assert draws(1, pa.array([], pa.string())).size == 0
    assert draws(1, pa.chunked_array([], pa.string())).size == 0
