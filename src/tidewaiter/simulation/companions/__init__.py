"""What administrations hold beside their consignments: lists, terms, profiles, intelligence, rates, capacity."""

from pathlib import Path

from tidewaiter.simulation.companions import intelligence, profiles, tables, terms, watchlist
from tidewaiter.simulation.world import World

__all__ = ["write_companions"]


def write_companions(out: Path, world: World, *, entries: int, term_count: int, profile_count: int) -> None:
    """Write all companion files of a world below ``out``; each says in its own words that it is synthetic."""
    watchlist.write(out / "watchlist.csv", world, entries)
    terms.write(out / "terms.csv", world, term_count)
    profiles.write(out / "profiles.yaml", world, profile_count)
    intelligence.write(out / "intelligence.jsonl", world)
    tables.write_rates(out / "rates.csv", world)
    tables.write_capacity(out / "capacity.csv", world)
