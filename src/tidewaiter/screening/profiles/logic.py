"""Questions put together: what is asked of answers that are plain yes or no, as functions compiled once.

An answer is a boolean array, one value for each row or element; answers are found by name.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

__all__ = ["EVERY", "Answer", "Answers", "Logic", "always", "every", "named", "none", "some"]

Answer: TypeAlias = npt.NDArray[np.bool_]
Answers: TypeAlias = Mapping[str, Answer]
Logic: TypeAlias = Callable[[Answers], Answer]
"""Gives an answer from those that it is made of, and changes none of them."""

EVERY = "every"
"""Name of the answer that is always yes."""


def always(size: int) -> Answer:
    """The answer yes, so many times."""
    return np.ones(size, dtype=np.bool_)


def named(name: str) -> Logic:
    """The answer of that name."""
    return lambda answers: answers[name]


def none(part: Logic) -> Logic:
    """Yes where the part says no."""
    return lambda answers: ~part(answers)


def every(parts: Sequence[Logic]) -> Logic:
    """Yes where all parts say yes. Those after the last possible yes are not asked."""
    if len(parts) == 1:
        return parts[0]
    first, second, *others = parts

    def asked(answers: Answers) -> Answer:
        found: Answer = first(answers) & second(answers)
        for other in others:
            if not found.any():
                break
            found &= other(answers)
        return found

    return asked


def some(parts: Sequence[Logic]) -> Logic:
    """Yes where any part says yes."""
    if len(parts) == 1:
        return parts[0]
    first, second, *others = parts

    def asked(answers: Answers) -> Answer:
        found: Answer = first(answers) | second(answers)
        for other in others:
            found |= other(answers)
        return found

    return asked
