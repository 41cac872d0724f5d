"""Families about figures: value a piece, and mass against the goods declared."""

import numpy as np

from tidewaiter.simulation.schemes.family import Family, Scene, Scheme, nobody


def _dear_goods(scheme: Scheme, scene: Scene) -> np.ndarray:
    del scheme
    return np.asarray(scene.risky & scene.categories("footwear", "bags", "watches", "apparel", "electronics"))


def _lower(scheme: Scheme, scene: Scene, rows: np.ndarray) -> None:
    items = scene.draft.items_of(scene.showing(scheme, rows))
    low, high = (0.1, 0.35) if scheme.tactic == "pin_money" else (0.25, 0.6)
    scene.draft.price[items] *= scene.rng.uniform(low, high, len(items))


UNDERVALUE = Family("undervalue", ("pin_money", "just_low"), nobody, _dear_goods, _lower)
"""Declared far below what such goods cost. One honest row in twelve is low, too."""


def _any_goods(scheme: Scheme, scene: Scene) -> np.ndarray:
    del scheme
    return np.asarray(scene.prone & (scene.kind != "passenger"))


def _other_mass(scheme: Scheme, scene: Scene, rows: np.ndarray) -> None:
    items = scene.draft.items_of(scene.showing(scheme, rows))
    factor = scene.rng.uniform(1.9, 3.6, len(items))
    scene.draft.mass[items] *= factor if scheme.tactic == "too_heavy" else 1 / factor


MASS_MISMATCH = Family("mass_mismatch", ("too_heavy", "too_light"), nobody, _any_goods, _other_mass)
"""The mass is that of other goods than the code declared. Honest packaging varies, sometimes as widely."""
