"""What a planted scheme is, and what a family of them must be able to do.

A scheme never adds rows: it takes honest consignments that already fit it and changes only what the scheme is about, so
that every other column keeps the background's own distribution.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tidewaiter.simulation import people
from tidewaiter.simulation.brands import BRANDS
from tidewaiter.simulation.catalogue import CATEGORIES, CATEGORY_OF
from tidewaiter.simulation.draft import Draft
from tidewaiter.simulation.places import CHANNELS, PARCEL_CHANNEL, country
from tidewaiter.simulation.seeds import uniform
from tidewaiter.simulation.traders import Traders

_POPULAR = ("US", "US", "US", "GB", "DE", "AE", "CA", "BR")
EASY, MEDIUM, HARD = 1, 2, 3
_KINDS = np.array([c.kind for c in CHANNELS])
_BRANDED = np.array([any(brand.category == category for brand in BRANDS) for category in CATEGORIES])
_INWARD = 0.5
"""Share of incoming parcels that a scheme without a sender of its own may take."""
_MISDECLARED = 0.35
"""Share of other goods that may hide counterfeits: the description is false, so any heading will do."""


@dataclass(frozen=True)
class Cast:
    """Who and what a scheme uses: entities by role, and its own numbers."""

    entities: dict[str, np.ndarray]
    number: int = 0


@dataclass(frozen=True)
class Scheme:
    """One planted scheme. ``first`` to ``last`` are days of the world, both included."""

    id: str
    family: str
    tactic: str
    difficulty: int
    split: str
    first: int
    last: int
    share: float
    cast: Cast

    @property
    def shown(self) -> float:
        """Share of its consignments in which the tell is visible at all."""
        return {EASY: 0.95, MEDIUM: 0.8, HARD: 0.6}[self.difficulty]


@dataclass
class Scene:
    """A day's draft with what most families ask of it."""

    draft: Draft
    traders: Traders
    rng: np.random.Generator

    @cached_property
    def first(self) -> np.ndarray:
        """Position of each row's first item."""
        return self.draft.first_item()

    @cached_property
    def kind(self) -> np.ndarray:
        """Kind of traffic of each row."""
        return np.asarray(_KINDS[self.draft.channel])

    @cached_property
    def parcel(self) -> np.ndarray:
        """Whether each row is a parcel."""
        return np.asarray(PARCEL_CHANNEL[self.draft.channel])

    @cached_property
    def prone(self) -> np.ndarray:
        """Whether each row may be counterfeit: goods of a branded category, or goods that may be misdeclared."""
        branded = _BRANDED[CATEGORY_OF[self.draft.product[self.first]]]
        return np.asarray(branded | (uniform(self.draft.conveyance, 301) < _MISDECLARED))

    @cached_property
    def risky(self) -> np.ndarray:
        """Whether each row is a parcel that may be counterfeit: any that leaves, and some that come in."""
        inward = ~self.draft.outbound & (uniform(self.draft.conveyance, 302) < _INWARD)
        return np.asarray(self.parcel & self.prone & (self.draft.outbound | inward))

    @cached_property
    def export(self) -> np.ndarray:
        """Whether each row is an outgoing parcel that may be counterfeit."""
        return np.asarray(self.draft.outbound & self.parcel & self.prone)

    @cached_property
    def company_sends(self) -> np.ndarray:
        """Whether a company sends each row."""
        return np.asarray(self.draft.consignor < people.PERSON)

    def categories(self, *names: str) -> np.ndarray:
        """Say which rows have a first item of one of the categories."""
        wanted = np.isin(np.arange(len(CATEGORIES)), [CATEGORIES.index(name) for name in names])
        return np.asarray(wanted[CATEGORY_OF[self.draft.product[self.first]]])

    def showing(self, scheme: Scheme, rows: np.ndarray) -> np.ndarray:
        """Draw the rows in which the scheme's tell is visible."""
        return rows[self.rng.random(len(rows)) < scheme.shown]


Casting = Callable[[np.random.Generator, Traders, int, int], Cast]
Fitting = Callable[[Scheme, Scene], np.ndarray]
Acting = Callable[[Scheme, Scene, np.ndarray], np.ndarray | None]


@dataclass(frozen=True)
class Family:
    """A family of schemes.

    ``cast`` chooses and prepares the entities, given the first and last day; ``fits`` gives a mask of the rows that a
    scheme may take; ``act`` changes the rows taken and may give each one's position in ``roles``.
    """

    name: str
    tactics: tuple[str, ...]
    cast: Casting
    fits: Fitting
    act: Acting
    roles: tuple[str, ...] = ("consignment",)
    unseen: bool = False
    span: tuple[float, float] = (0.45, 0.95)
    share: float = 1.0
    close: bool = False
    """Whether a day's consignments lie close together in time."""


def nobody(rng: np.random.Generator, traders: Traders, first: int, last: int) -> Cast:
    """Cast nobody: the scheme moves among other people's consignments."""
    del traders, first, last
    return Cast({}, int(rng.integers(0, 1 << 30)))


def unchanged(scheme: Scheme, scene: Scene, rows: np.ndarray) -> None:
    """Change nothing: what tells is which consignments they are."""
    del scheme, scene, rows


def popular(rng: np.random.Generator) -> int:
    """Draw a country abroad that gets much honest traffic as well."""
    return country(str(rng.choice(_POPULAR)))


def busy(
    rng: np.random.Generator, traders: Traders, size: int, *, kinds: tuple[str, ...] = ("courier", "post")
) -> np.ndarray:
    """Choose traders of some kinds of traffic that also have honest business of their own."""
    start, stop = traders.spans["local"]
    channel = traders.channel[start:stop]
    fit = np.flatnonzero(np.isin(_KINDS[channel], kinds) & (traders.born[start:stop] == 0))
    ranked = fit[np.argsort(-traders.activity[start:stop][fit], kind="stable")]
    upper = ranked[len(ranked) // 50 : max(len(ranked) // 6, size + len(ranked) // 50 + 1)]
    return start + rng.choice(upper, min(size, len(upper)), replace=False)
