"""Chance that can be repeated: each question has a stream of its own, so that order and timing change nothing."""

import hashlib
import math
import random
from collections.abc import Mapping, Sequence
from typing import TypeVar

One = TypeVar("One")


def stream(*key: object) -> random.Random:
    """A stream of its own for the words of ``key``; the same words give the same stream everywhere."""
    digest = hashlib.sha256("\x1f".join(str(part) for part in key).encode()).digest()
    return random.Random(int.from_bytes(digest[:8], "big"))  # noqa: S311 - a play, not a secret


def around(chance: random.Random, mean: float, sigma: float) -> float:
    """A log-normal draw with that mean; ``sigma`` is the spread of its logarithm."""
    return math.exp(chance.gauss(math.log(mean) - sigma * sigma / 2, sigma))


def weighted(chance: random.Random, weights: Mapping[One, float]) -> One:
    """One of the keys, by weight."""
    return chance.choices(list(weights), list(weights.values()))[0]


def one_of(chance: random.Random, among: Sequence[One]) -> One:
    """One of them, all alike likely."""
    return among[chance.randrange(len(among))]
