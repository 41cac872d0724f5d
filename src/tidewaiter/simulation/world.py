"""A world: its parameters, its entities, its plan, and any of its days on its own."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pyarrow as pa

from tidewaiter.simulation import (
    background,
    calendar,
    followups,
    inspecting,
    rendering,
    routes,
    schemes,
    traders,
    truth,
)
from tidewaiter.simulation.schemes.family import Scheme

VERSION = 2
"""Raised whenever the same parameters would give other bytes."""


@dataclass(frozen=True)
class Parameters:
    """What decides a world. Two worlds of equal parameters and version are equal byte for byte."""

    rows: int
    """Messages in all: originals and what follows them."""
    days: int
    seed: int
    prevalence: float
    """Share of consignments that belong to planted schemes: an assumption, for the true one is unknown."""
    start: date

    def __post_init__(self) -> None:
        """Refuse what cannot be a world.

        Raises:
            ValueError: with the parameter and what it may be.
        """
        if self.rows < 1 or self.days < 1:
            raise ValueError(f"A world needs at least one row and one day; asked for {self.rows} and {self.days}.")
        if not 0 <= self.prevalence <= 0.2:
            raise ValueError(f"prevalence is a share from 0 to 0.2, not {self.prevalence}.")


@dataclass(frozen=True)
class World:
    """What all days share."""

    parameters: Parameters
    counts: np.ndarray
    traders: traders.Traders
    routes: routes.Routes
    schemes: tuple[Scheme, ...]


@dataclass(frozen=True)
class DayBatches:
    """One day: messages (`schemas.CONSIGNMENT`), controls (`schemas.INSPECTION`), truth (`truth.TRUTH`)."""

    day: date
    consignments: pa.RecordBatch
    inspections: pa.RecordBatch
    truth: pa.RecordBatch


def build(parameters: Parameters) -> World:
    """Build what all days share; takes about a second."""
    given = parameters
    table = traders.build(given.seed, given.rows, given.days)
    planned = schemes.plan(given.seed, given.rows, given.days, given.prevalence, table)
    counts = calendar.counts(given.seed, given.rows, given.days, given.start)
    return World(given, counts, table, routes.build(), planned)


def generate_day(world: World, day_index: int) -> DayBatches:
    """Generate one day alone; the result does not depend on other days having been generated."""
    given = world.parameters
    day = given.start + timedelta(days=day_index)
    messages = int(world.counts[day_index])
    later = followups.count(messages)
    draft = background.draft(given.seed, day_index, given.start, messages - later, world.traders)
    schemes.plant(draft, world.schemes, given.seed, given.prevalence, world.traders)
    originals = rendering.originals(draft, given.seed, given.start, world.traders, world.routes)
    following = followups.follow(originals, given.seed, day_index, later)
    return DayBatches(
        day,
        rendering.numbered([originals, following], day),
        inspecting.inspect(draft, originals, world.schemes, given.seed, day),
        truth.batch(draft, originals.column("consignment_id"), world.schemes),
    )
