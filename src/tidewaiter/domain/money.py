"""A value of goods: an amount is nothing without its currency, its basis, its date and how it was found.

A street price and a genuine retail price of the same watch are two different facts; so are two currencies.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

_CURRENCY = re.compile(r"[A-Z]{3}")
_CENT = Decimal("0.01")
_LIMIT = Decimal(10) ** 16


class ValueBasis(StrEnum):
    """What an amount is the price of. The codes are those of the closed list ``value_basis``."""

    GENUINE_RETAIL = "GENUINE_RETAIL"
    MSRP = "MSRP"
    STREET = "STREET"
    DECLARED = "DECLARED"
    PURCHASE_COST = "PURCHASE_COST"
    UNSTATED = "UNSTATED"


class Unlike(ValueError):
    """Two things that must not be added. ``differing`` names what differs: ``currency``, ``basis``, ``unit``."""

    def __init__(self, differing: tuple[str, ...]) -> None:
        self.differing = differing
        super().__init__(f"these stand apart and are not added: they differ in {', '.join(differing)}")


@dataclass(frozen=True, slots=True)
class Value:
    """An amount of money with what makes it mean something.

    ``amount`` has at most 18 digits, two of them decimals; ``currency`` is an ISO 4217 code; ``valued_on`` the day of
    the price; ``method`` says in words how it was found. Raises ValueError for an amount that does not fit (it is not
    rounded), is negative or is not a number, and for what cannot be a currency.
    """

    amount: Decimal
    currency: str
    basis: ValueBasis
    valued_on: date | None = None
    method: str = ""

    def __post_init__(self) -> None:
        if not self.amount.is_finite() or self.amount < 0 or self.amount >= _LIMIT:
            raise ValueError(f"{self.amount} is no amount of money between 0 and {_LIMIT}")
        if self.amount != self.amount.quantize(_CENT):
            raise ValueError(f"{self.amount} has more than two decimals; round it where it was found")
        if not _CURRENCY.fullmatch(self.currency):
            raise ValueError(f"{self.currency!r} is no currency: three capital letters are wanted, such as HKD")

    def __add__(self, other: "Value") -> "Value":
        """Add what is alike in currency and basis; day and method stay only where they agree. Raises Unlike."""
        differing = tuple(name for name in ("currency", "basis") if getattr(self, name) != getattr(other, name))
        if differing:
            raise Unlike(differing)
        day = self.valued_on if self.valued_on == other.valued_on else None
        method = self.method if self.method == other.method else ""
        return Value(self.amount + other.amount, self.currency, self.basis, day, method)
