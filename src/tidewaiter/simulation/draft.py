"""A day before it is written: numbers only. Background, schemes and noise all work on it."""

from dataclasses import dataclass, field

import numpy as np

NOTHING = -1
PHONE, ADDRESS, ACCOUNT = 1, 2, 4
"""What of another entity's a consignor uses, as bits of ``shared``."""
BEFORE, FOR, COMPATIBLE, GENUINE, ABSENT = range(5)
"""How a description uses a brand: as the goods' own; "for ..."; "compatible with ..."; "genuine, authorised"; not."""


@dataclass
class Truth:
    """What is really so, a position a consignment: `NOTHING` where it is honest."""

    scheme: np.ndarray
    role: np.ndarray
    tactic: np.ndarray


@dataclass
class Draft:
    """Original declarations of one day. Row arrays have ``rows`` positions, item arrays one a goods item."""

    day: int
    rows: int
    channel: np.ndarray
    outbound: np.ndarray
    regime: np.ndarray
    abroad: np.ndarray
    variant: np.ndarray
    lodged: np.ndarray
    presented: np.ndarray
    consignor: np.ndarray
    consignee: np.ndarray
    agent: np.ndarray
    courier: np.ndarray
    carrier: np.ndarray
    driver: np.ndarray
    platform: np.ndarray
    contact: np.ndarray
    shared: np.ndarray
    drop: np.ndarray
    conveyance: np.ndarray
    currency: np.ndarray
    language: np.ndarray
    owner: np.ndarray
    product: np.ndarray
    heading: np.ndarray
    noun: np.ndarray
    quantity: np.ndarray
    price: np.ndarray
    mass: np.ndarray
    brand: np.ndarray
    surface: np.ndarray
    usage: np.ndarray
    prefix: np.ndarray
    truth: Truth = field(default_factory=lambda: Truth(np.empty(0), np.empty(0), np.empty(0)))

    @property
    def items(self) -> int:
        """Number of goods items."""
        return len(self.owner)

    def first_item(self) -> np.ndarray:
        """Position of each row's first goods item (each row has one at least)."""
        return np.searchsorted(self.owner, np.arange(self.rows))

    def items_of(self, rows: np.ndarray) -> np.ndarray:
        """Positions of the goods items of some rows, in order."""
        chosen = np.zeros(self.rows, bool)
        chosen[rows] = True
        return np.flatnonzero(chosen[self.owner])

    def total(self, values: np.ndarray) -> np.ndarray:
        """Add up an item array over each row."""
        return np.bincount(self.owner, values, minlength=self.rows)
