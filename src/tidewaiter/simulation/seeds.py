"""Counter-based random streams: each day and purpose has its own, so that any day regenerates alone.

Philox (Salmon et al., SC 2011) is keyed with the world's seed, the day and the purpose; nothing is drawn in sequence
across days. `mix` gives the attributes of things that exist only as a number, such as a private buyer.
"""

import zlib

import numpy as np

WORLD = -1
"""The day of streams that belong to the world as a whole."""

_MASK = (1 << 64) - 1


def stream(seed: int, day: int, purpose: str) -> np.random.Generator:
    """Give the stream of one purpose on one day (counted from 0; `WORLD` for the world's own tables)."""
    key = np.array([seed & _MASK, ((day + 1) << 32) | zlib.crc32(purpose.encode())], dtype=np.uint64)
    return np.random.Generator(np.random.Philox(key=key))


def mix(ids: np.ndarray, salt: int) -> np.ndarray:
    """Hash numbers to uint64 (the finaliser of SplitMix64), differently for each salt."""
    with np.errstate(over="ignore"):
        x = ids.astype(np.uint64) + np.uint64((salt * 0x9E3779B97F4A7C15 + 0x632BE59BD9B4E019) & _MASK)
        x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(x ^ (x >> np.uint64(31)))


def pick(ids: np.ndarray, salt: int, size: int) -> np.ndarray:
    """Hash numbers to positions in ``[0, size)``."""
    return (mix(ids, salt) % np.uint64(size)).astype(np.int64)


def uniform(ids: np.ndarray, salt: int) -> np.ndarray:
    """Hash numbers to floats in [0, 1)."""
    return np.asarray((mix(ids, salt) >> np.uint64(11)).astype(np.float64) / float(1 << 53))


def weighted(rng: np.random.Generator, weights: np.ndarray, size: int) -> np.ndarray:
    """Draw positions with the given weights (they need not add up to 1)."""
    steps = np.cumsum(weights)
    found = np.searchsorted(steps, rng.random(size) * steps[-1], side="right")
    return np.asarray(np.minimum(found, len(steps) - 1))
