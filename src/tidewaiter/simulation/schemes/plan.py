"""Which schemes a world holds, when they run, and which consignments of a day they take."""

import numpy as np

from tidewaiter.simulation.draft import NOTHING, Draft
from tidewaiter.simulation.schemes import hiding, identities, lanes, trading, valuing
from tidewaiter.simulation.schemes.family import EASY, HARD, MEDIUM, Family, Scene, Scheme
from tidewaiter.simulation.seeds import WORLD, stream
from tidewaiter.simulation.traders import Traders

FAMILIES: tuple[Family, ...] = (
    trading.STANDING_TRADER,
    trading.COMPLICIT_BROKER,
    lanes.LANE,
    valuing.UNDERVALUE,
    identities.ROTATING_NETWORK,
    identities.SPLIT_CONSIGNMENTS,
    lanes.TRANSHIPMENT_LAUNDERING,
    hiding.COVER_GOODS,
    hiding.BRAND_OBFUSCATION,
    hiding.COMPONENT_ROUTE,
    hiding.RETURNS_MISUSE,
    trading.COURIER_HOPPING,
    identities.STOREFRONT_MIGRATION,
    lanes.SEASONAL_SURGE,
    lanes.CROSS_BORDER_RELAY,
    trading.DORMANT_REVIVED,
    valuing.MASS_MISMATCH,
)
"""All families, in the order of the research's list of patterns."""
ROLES = tuple(dict.fromkeys(role for family in FAMILIES for role in family.roles))
TACTICS = tuple(dict.fromkeys(tactic for family in FAMILIES for tactic in family.tactics))
_CONSIGNMENTS_A_SCHEME = 60
_MOST_A_FAMILY = 12


def plan(seed: int, rows: int, days: int, prevalence: float, traders: Traders) -> tuple[Scheme, ...]:
    """Choose the schemes of a world. Prepares the entities that they use, so call it once for each table of traders."""
    wanted = rows * prevalence / len(FAMILIES) / _CONSIGNMENTS_A_SCHEME
    count = int(np.clip(round(wanted), 1, _MOST_A_FAMILY)) if prevalence > 0 else 0
    found: list[Scheme] = []
    for family in FAMILIES:
        rng = stream(seed, WORLD, f"plan {family.name}")
        for at in range(count):
            found.append(_scheme(rng, family, at, days, traders, len(found) + 1))
    return tuple(found)


def _scheme(rng: np.random.Generator, family: Family, at: int, days: int, traders: Traders, number: int) -> Scheme:
    length = max(int(days * rng.uniform(*family.span)), 1)
    first = int(rng.integers(0, days - length + 1))
    split = "unseen" if family.unseen else "sealed" if rng.random() < 0.35 else "open"
    return Scheme(
        id=f"S{number:03d}",
        family=family.name,
        tactic=family.tactics[at % len(family.tactics)],
        difficulty=int(rng.choice([EASY, MEDIUM, HARD], p=[0.3, 0.45, 0.25])),
        split=split,
        first=first,
        last=first + length - 1,
        share=family.share * float(rng.lognormal(0, 0.4)),
        cast=family.cast(rng, traders, first, first + length - 1),
    )


def plant(draft: Draft, schemes: tuple[Scheme, ...], seed: int, prevalence: float, traders: Traders) -> None:
    """Let the schemes of a day take their consignments; changes the draft and its truth."""
    running = [(at, scheme) for at, scheme in enumerate(schemes) if scheme.first <= draft.day <= scheme.last]
    if not running or draft.rows == 0:
        return
    rng = stream(seed, draft.day, "schemes")
    scene = Scene(draft, traders, rng)
    by_name = {family.name: family for family in FAMILIES}
    masks = [by_name[scheme.family].fits(scheme, scene) for _, scheme in running]
    total = sum(scheme.share for _, scheme in running)
    for (at, scheme), mask in zip(running, masks, strict=True):
        expected = prevalence * draft.rows * scheme.share / total
        free = np.flatnonzero(mask & (draft.truth.scheme == NOTHING))
        size = min(int(rng.poisson(expected)), len(free) // 2)
        if size == 0:
            continue
        family = by_name[scheme.family]
        if family.close:
            begin = int(rng.integers(0, len(free) - 2 * size + 1))
            free = free[begin : begin + 2 * size]
        rows = np.sort(rng.choice(free, size, replace=False))
        role = family.act(scheme, scene, rows)
        roles = np.array([ROLES.index(one) for one in family.roles])
        draft.truth.scheme[rows] = at
        draft.truth.role[rows] = roles[0 if role is None else role]
        draft.truth.tactic[rows] = TACTICS.index(scheme.tactic)
