"""The probability, before the draw, that a consignment comes onto the list.

Of the ``population`` N of an office and day, the random share takes the k smallest draws. The other C - k places go to
the candidates in order of their class; within a class the smaller draw goes first. Given *which* consignments the
random share took, the draws of the others are still in random order, so one draw can serve both stages.

Take the m candidates of a class and of all classes before it. The random share holds Z of them, Z being hypergeometric
(N, m, k), and the second stage takes min(C - k, m - Z) more. With g(m) = E[min(C - k, m - Z)], a class of T members
that brings the count from m - T to m is given g(m) - g(m - T) places on average, and its members are alike. Hence

    P(selected) = k / N + (g(m) - g(m - T)) / T.

No term is approximated, so the probabilities can serve as weights (Horvitz and Thompson, JASA 1952).
"""

import math
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


def class_probabilities(
    population: Integers, random_share: Integers, places: Integers, before: Integers, members: Integers
) -> Floats:
    """Give the probability of being selected, random share included, for the members of each class.

    One entry a class: consignments N of its stratum, k of the random share, places C - k of the second stage,
    candidates in the classes before it, and its own members (at least one).
    """
    share = random_share / population
    upto = expected_places(population, random_share, places, before + members)
    less = expected_places(population, random_share, places, before)
    return np.clip(share + (upto - less) / members, 0.0, 1.0)


def expected_places(population: Integers, random_share: Integers, places: Integers, first: Integers) -> Floats:
    """Give g(m): the places of the second stage that the ``first`` m candidates of a stratum take on average."""
    found = np.minimum(places, first - first * random_share / population).astype(np.float64)
    # All of them fit whatever the draw, or they fill all places whatever the draw: the line above is exact.
    fewest = np.maximum(0, random_share - (population - first))
    most = np.minimum(random_share, first)
    open_cases = np.flatnonzero((first - fewest > places) & (first - most < places))
    for case in open_cases:
        drawn, chance = hypergeometric(int(population[case]), int(first[case]), int(random_share[case]))
        found[case] = _mean(np.minimum(places[case], first[case] - drawn), chance)
    return found


def bystander_probability(population: int, random_share: int, places: int, candidates: int) -> float:
    """Give the probability for a consignment without a hit where places that are left over go to more random rows.

    Candidates that the random share took leave their place free; what all candidates leave free is drawn from those
    without a hit. There must be such a consignment: ``candidates`` is below ``population``.
    """
    bystanders = population - candidates
    drawn, chance = hypergeometric(population, candidates, random_share)
    taken = random_share - drawn
    left_over = np.maximum(0, places - (candidates - drawn))
    return _mean(np.minimum(bystanders, taken + left_over), chance) / bystanders


def hypergeometric(population: int, marked: int, drawn: int) -> tuple[Integers, Floats]:
    """Give the possible numbers of marked ones among those drawn, and the probability of each.

    Built from the ratios of neighbouring terms, from the likeliest outwards: right to the last places for populations
    of any size, and made of the four basic operations alone, whose results are the same on every processor.
    """
    low, high = max(0, drawn - (population - marked)), min(drawn, marked)
    numbers = np.arange(low, high + 1, dtype=np.int64)
    step = numbers[:-1].astype(np.float64)
    rise = ((marked - step) * (drawn - step)) / ((step + 1) * (population - marked - drawn + step + 1))
    likeliest = int(np.count_nonzero(rise >= 1))  # the ratios fall, so those that rise come first
    below = np.cumprod(1 / rise[:likeliest][::-1])[::-1]
    weight = np.concatenate([below, [1.0], np.cumprod(rise[likeliest:])])
    return numbers, weight / math.fsum(weight)


def _mean(values: npt.NDArray[Any], chances: Floats) -> float:
    """The expectation. What is certain is given exactly: the chances add up to one only as far as rounding allows.

    A dot product may be added up in another order on another machine, ``math.fsum`` is correctly rounded on all.
    """
    least, most = float(values.min()), float(values.max())
    return min(max(math.fsum(values * chances), least), most)
