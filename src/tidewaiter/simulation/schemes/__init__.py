"""Planted schemes: the plan of a world, and what it does to a day."""

from tidewaiter.simulation.schemes.plan import FAMILIES, plan, plant

__all__ = ["FAMILIES", "plan", "plant"]
