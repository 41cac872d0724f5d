"""Parties and references that are looked for, found by exact comparison after folding."""

from tidewaiter.screening.watchlist.compiled import Watchlist
from tidewaiter.screening.watchlist.screen import screen_watchlist

__all__ = ["Watchlist", "screen_watchlist"]
