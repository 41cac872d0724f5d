"""Exchange rates and capacity of the synthetic world."""

import csv
from pathlib import Path

from tidewaiter.simulation.background import CURRENCIES
from tidewaiter.simulation.places import CHANNELS
from tidewaiter.simulation.rendering import PER_DOLLAR
from tidewaiter.simulation.world import World

_SHARE_OF_TRAFFIC = 0.01


def write_rates(path: Path, world: World) -> None:
    """Write the rates with which the world's values were made: units of a currency per US dollar."""
    day = world.parameters.start.isoformat()
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["currency", "per_usd", "date", "source", "synthetic"])
        for currency, rate in zip(CURRENCIES, PER_DOLLAR, strict=True):
            writer.writerow([currency, f"{rate:g}", day, "synthetic world", "true"])


def write_capacity(path: Path, world: World) -> None:
    """Write each office's controls a day: about one in a hundred of its ordinary traffic, two at least.

    The format has no room for a note, so the first line is one for an administration named SYNTHETIC, with none.
    """
    weights: dict[tuple[str, str], float] = {}
    for channel in CHANNELS:
        key = (str(channel.administration), channel.office)
        weights[key] = weights.get(key, 0.0) + channel.weight
    whole = sum(weights.values())
    a_day = world.parameters.rows / world.parameters.days
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["administration", "office", "day", "capacity"])
        writer.writerow(["SYNTHETIC", "*", "*", 0])
        for (administration, office), weight in weights.items():
            writer.writerow([administration, office, "*", max(2, round(a_day * weight / whole * _SHARE_OF_TRAFFIC))])
        for administration in sorted({key[0] for key in weights}):
            writer.writerow([administration, "*", "*", 2])
