"""A quantity: a number and what is counted. Pieces, pairs, sets and kilograms are never one number."""

from dataclasses import dataclass
from decimal import Decimal

from tidewaiter.domain.money import Unlike

COUNTED = frozenset({"H87", "PR", "SET"})
"""Units of UN/ECE Recommendation 20 that count whole things; a pair counts one, and so does a set."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """How much of something. ``unit`` is a code of UN/ECE Recommendation 20, such as H87 (piece), PR, SET, KGM, LTR.

    Raises ValueError for a number below zero, one that is none, a missing unit, or half a piece.
    """

    number: Decimal
    unit: str

    def __post_init__(self) -> None:
        if not self.number.is_finite() or self.number < 0:
            raise ValueError(f"{self.number} is no quantity")
        if not self.unit or self.unit != self.unit.strip().upper():
            raise ValueError(f"{self.unit!r} is no unit of quantity: a code such as H87, PR or KGM is wanted")
        if self.unit in COUNTED and self.number != self.number.to_integral_value():
            raise ValueError(f"{self.number} {self.unit}: what is counted one by one has no fractions")

    def __add__(self, other: "Quantity") -> "Quantity":
        """Add quantities of one unit. Raises Unlike for two."""
        if self.unit != other.unit:
            raise Unlike(("unit",))
        return Quantity(self.number + other.number, self.unit)
