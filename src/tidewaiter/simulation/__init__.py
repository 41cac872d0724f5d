"""A synthetic world: declarations of three administrations with planted schemes and sealed truth.

Everything in it is invented and says so. See docs/explanation/the-synthetic-world.md.
"""

from tidewaiter.simulation.world import DayBatches, Parameters, World, build, generate_day
from tidewaiter.simulation.writer import WorldSummary, simulate

__all__ = ["DayBatches", "Parameters", "World", "WorldSummary", "build", "generate_day", "simulate"]
