"""How much arrives on which day, and at what hour. All three administrations keep UTC+8."""

from datetime import date, timedelta

import numpy as np

from tidewaiter.simulation.seeds import WORLD, stream

OFFSET_MINUTES = 480
DAY_US = 86_400_000_000
_WEEK = (1.04, 1.08, 1.08, 1.06, 1.03, 0.9, 0.78)
_NEW_YEAR = {2024: (2, 10), 2025: (1, 29), 2026: (2, 17), 2027: (2, 6), 2028: (1, 26), 2029: (2, 13), 2030: (2, 3)}
"""First day of the lunar year (Hong Kong Observatory's conversion tables)."""


def weight(day: date) -> float:
    """Give a day's share of traffic against an ordinary day."""
    factor = _WEEK[day.weekday()]
    month_day = (day.month, day.day)
    if (10, 1) <= month_day <= (10, 7):
        factor *= 0.65
    elif (5, 1) <= month_day <= (5, 3):
        factor *= 0.8
    elif (11, 11) <= month_day <= (11, 16):
        factor *= 1.7
    elif (6, 18) <= month_day <= (6, 20):
        factor *= 1.35
    elif (11, 25) <= month_day <= (12, 18):
        factor *= 1.25
    elif (12, 25) <= month_day <= (12, 26):
        factor *= 0.8
    if day.year in _NEW_YEAR:
        since = (day - date(day.year, *_NEW_YEAR[day.year])).days
        if -1 <= since <= 6:
            factor *= 0.45
    return factor


def counts(seed: int, rows: int, days: int, start: date) -> np.ndarray:
    """Share the rows out over the days; the shares add up to ``rows`` exactly."""
    shape = np.array([weight(start + timedelta(days=at)) for at in range(days)])
    shape *= stream(seed, WORLD, "calendar").normal(1, 0.02, days).clip(0.9, 1.1)
    exact = shape / shape.sum() * rows
    whole = np.floor(exact).astype(np.int64)
    short = rows - int(whole.sum())
    whole[np.argsort(whole - exact, kind="stable")[:short]] += 1
    return np.asarray(whole)


def midnight(day: date) -> int:
    """Give the local midnight that begins a day, in microseconds of UTC since 1970."""
    return (day - date(1970, 1, 1)).days * DAY_US - OFFSET_MINUTES * 60_000_000


def hours(rng: np.random.Generator, rows: int) -> np.ndarray:
    """Draw times of lodging within a day in microseconds, sorted: office hours, and the platforms' uploads at night."""
    kind = rng.random(rows)
    night = rng.normal(22.5, 2.2, rows) % 24
    hour = np.where(kind < 0.55, rng.normal(14, 3.2, rows) % 24, np.where(kind < 0.85, night, rng.random(rows) * 24))
    return np.asarray(np.sort((hour * 3_600_000_000).astype(np.int64).clip(0, DAY_US - 1)))
