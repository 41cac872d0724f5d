"""Logged probabilities are exact: proved by enumerating every draw, and by drawing many times."""

from collections.abc import Callable
from fractions import Fraction
from itertools import permutations
from math import comb

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tidewaiter.selection.capacity import Capacity
from tidewaiter.selection.lists import select
from tidewaiter.selection.probability import bystander_probability, class_probabilities, hypergeometric


def _listed(order: tuple[int, ...], classes: list[int], share: int, capacity: int, *, fill: bool) -> set[int]:
    """Draw one list the plain way: ``order`` is who has the smallest draw, ``classes`` the class of each candidate."""
    chosen = set(order[:share])
    waiting = sorted((one for one in order if one < len(classes) and one not in chosen), key=lambda one: classes[one])
    chosen |= set(waiting[: capacity - share])
    if fill:
        chosen |= set([one for one in order if one not in chosen and one >= len(classes)][: capacity - len(chosen)])
    return chosen


def _enumerated(classes: list[int], population: int, share: int, capacity: int, *, fill: bool) -> list[Fraction]:
    counts = [0] * population
    orders = list(permutations(range(population)))
    for order in orders:
        for one in _listed(order, classes, share, capacity, fill=fill):
            counts[one] += 1
    return [Fraction(count, len(orders)) for count in counts]


def _computed(classes: list[int], population: int, share: int, capacity: int, *, fill: bool) -> list[float]:
    sizes = [classes.count(one) for one in sorted(set(classes))]
    before = [sum(sizes[:place]) for place in range(len(sizes))]
    of_class = class_probabilities(
        *(
            np.array(column, dtype=np.int64)
            for column in (
                [population] * len(sizes), [share] * len(sizes), [capacity - share] * len(sizes), before, sizes
            )
        )
    )  # fmt: skip
    found = [float(of_class[one]) for one in classes]
    if len(classes) < population:
        others = (
            bystander_probability(population, share, capacity - share, len(classes)) if fill else share / population
        )
        found += [others] * (population - len(classes))
    return found


@pytest.mark.parametrize("fill", [False, True])
@pytest.mark.parametrize("classes", [[], [0], [0, 0, 0], [0, 1, 1], [0, 0, 1, 1], [0, 1, 1, 1, 2], [0, 0, 0, 0, 0, 0]])
def test_equals_the_count_over_all_draws(classes: list[int], fill: bool) -> None:
    population = 6
    for capacity in range(population + 2):
        for share in range(min(capacity, population) + 1):
            expected = _enumerated(classes, population, share, capacity, fill=fill)
            assert _computed(classes, population, share, capacity, fill=fill) == pytest.approx(expected, abs=1e-14)


@given(st.integers(1, 400), st.data())
def test_hypergeometric_terms_match_the_binomial_coefficients(population: int, data: st.DataObject) -> None:
    marked, drawn = data.draw(st.integers(0, population)), data.draw(st.integers(0, population))
    numbers, chances = hypergeometric(population, marked, drawn)
    expected = [
        float(Fraction(comb(marked, int(z)) * comb(population - marked, drawn - int(z)), comb(population, drawn)))
        for z in numbers
    ]
    assert chances.tolist() == pytest.approx(expected, rel=1e-12, abs=1e-300)
    assert float(chances @ numbers) == pytest.approx(marked * drawn / population, rel=1e-12, abs=1e-12)


def test_what_is_certain_has_the_probability_one() -> None:
    # Rounding once gave 1.0000000000000002 for two consignments without a hit that all places left over would reach.
    assert bystander_probability(9, 1, 8, 7) == 1
    for population in range(1, 40):
        for candidates in range(population):
            for share in range(1, population + 1):
                assert bystander_probability(population, share, population - share, candidates) == 1


def test_a_population_of_millions_keeps_its_accuracy() -> None:
    population, marked, drawn = 3_000_000, 40_000, 25_000
    numbers, chances = hypergeometric(population, marked, drawn)
    mean = drawn * marked / population
    variance = mean * (1 - marked / population) * (population - drawn) / (population - 1)
    assert float(chances @ numbers) == pytest.approx(mean, rel=1e-11)
    assert float(chances @ (numbers - mean) ** 2) == pytest.approx(variance, rel=1e-9)


COLUMNS = ("consignment_id", "status", "probability")
MARKS = st.lists(st.sampled_from(["!w50", "!p50", "!t9", "w80", "w50", "p80", "p50", "t50", "t1"]), max_size=14)


@settings(max_examples=60, deadline=None)
@given(MARKS, st.integers(0, 12), st.integers(0, 20), st.sampled_from([0.05, 0.1, 0.5, 1.0]), st.booleans())
def test_probabilities_add_up_to_the_rows_selected(
    stratum: Callable[..., tuple[pa.Table, pa.Table, pa.Table]],
    marks: list[str],
    others: int,
    capacity: int,
    share: float,
    fill: bool,
) -> None:
    # Without a free place the number selected does not depend on the draw; so the sum over the population equals it.
    population = len(marks) + others
    tables = stratum(marks, population, 11)
    found = select(*tables, capacity=Capacity.uniform(capacity), seed=11, share=share, fill_with_random=fill)
    row = found.strata.to_pylist()[0]
    k, places = row["random_share"], capacity - row["random_share"]
    rows = found.rows.to_pylist()
    total = sum(one["probability"] for one in rows if one["rule"] or one["priority"] is not None)
    if others:
        alone = bystander_probability(population, k, places, len(marks)) if fill else k / population
        total += others * alone
        assert all(one["probability"] == alone for one in rows if one["priority"] is None)
    if fill:
        expected = float(min(capacity, population))
    else:
        drawn, chance = hypergeometric(population, len(marks), k) if population else (np.zeros(1), np.ones(1))
        expected = float(chance @ (k + np.minimum(places, len(marks) - drawn)))
    assert total == pytest.approx(expected, abs=1e-9)
    assert all(0 <= one["probability"] <= 1 for one in rows)


def test_simulation_of_select_agrees(stratum: Callable[..., tuple[pa.Table, pa.Table, pa.Table]]) -> None:
    # Each office is one draw of the same list: its consignments have other ids, therefore other draws.
    marks = ["!w90", "!p40", "w80", "w50", "w50", "p50", "p50", "p50", "t50", "t20"]
    population, capacity, runs = 40, 10, 2000
    parts = [stratum(marks, population, 77, office=f"{number:04d}") for number in range(runs)]
    tables = [pa.concat_tables(column) for column in zip(*parts, strict=True)]
    found = select(*tables, capacity=Capacity.uniform(capacity), seed=77, share=0.4).rows
    counts = np.zeros(population)
    logged = np.full(population, 4 / population)
    for consignment, status, chance in zip(*(found[name].to_pylist() for name in COLUMNS), strict=True):
        number = int(consignment.rsplit(":", 1)[1])
        counts[number] += status == "selected"
        logged[number] = chance
    assert (np.abs(counts / runs - logged) <= 4 * np.sqrt(logged * (1 - logged) / runs) + 1e-12).all()
    # Members of one class have one probability, and it takes the values between the certain and the random share.
    assert logged[3] == logged[4] and len(set(logged[5:8])) == 1
    assert logged[0] == 1 and logged[-1] == 0.1
    assert sum(0.1 < chance < 1 for chance in logged) >= 4


def test_the_example_of_the_documentation() -> None:
    columns = ([1000] * 3, [5] * 3, [45] * 3, [0, 8, 38], [8, 30, 40])
    found = class_probabilities(*(np.array(column, dtype=np.int64) for column in columns))
    assert found.tolist() == pytest.approx([1, 1, 0.18475], abs=1e-15)
    assert float(found @ np.array([8, 30, 40])) + 922 * 0.005 == pytest.approx(50)
