"""A world: its parameters, its entities, its plan, and any of its days on its own."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa

from tidewaiter.simulation import background, calendar, rendering, routes, traders


@dataclass(frozen=True)
class Parameters:
    """What decides a world. Two worlds of equal parameters and version are equal byte for byte."""

    rows: int
    days: int
    seed: int
    prevalence: float
    start: date


@dataclass(frozen=True)
class World:
    """What all days share."""

    parameters: Parameters
    counts: np.ndarray
    traders: traders.Traders
    routes: routes.Routes


@dataclass(frozen=True)
class DayBatches:
    """One day as generated: messages (`schemas.CONSIGNMENT`)."""

    day: date
    consignments: pa.RecordBatch


def build(parameters: Parameters) -> World:
    """Build what all days share; takes about a second."""
    table = traders.build(parameters.seed, parameters.rows, parameters.days)
    counts = calendar.counts(parameters.seed, parameters.rows, parameters.days, parameters.start)
    return World(parameters, counts, table, routes.build())


def generate_day(world: World, day_index: int) -> DayBatches:
    """Generate one day alone; the result does not depend on other days having been generated."""
    from datetime import timedelta

    given = world.parameters
    draft = background.draft(given.seed, day_index, given.start, int(world.counts[day_index]), world.traders)
    batch = rendering.originals(draft, given.seed, given.start, world.traders, world.routes)
    return DayBatches(given.start + timedelta(days=day_index), batch)
