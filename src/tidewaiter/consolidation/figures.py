"""A figure: how much of what, whose, on which basis, and which records it counts."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Measure(StrEnum):
    """What a figure measures. Parcels, batches, cases, lines and items are different things."""

    INSPECTIONS = "inspections"
    FINDS = "finds"
    NO_FINDS = "no_finds"
    CASES = "cases"
    BATCHES = "batches"
    SEIZURES = "seizures"
    LINES = "lines"
    PARCELS = "parcels"
    ITEMS = "items"
    VALUE = "value"
    ARRESTS = "arrests"
    ASSISTED = "assisted"
    """Records of a party whose consignment another party counts."""


class Finality(StrEnum):
    """Whether a figure may still change."""

    PROVISIONAL = "provisional"
    FINAL = "final"


class Qualifier(StrEnum):
    """How a published number was rounded: 23 000 *about*, 1 610 000 *over*; unstated where nobody wrote it down."""

    EXACT = "exact"
    ABOUT = "about"
    OVER = "over"
    UNSTATED = "unstated"


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """What makes figures alike: all of it but ``party`` must agree before two are added.

    ``unit`` is a UN/ECE Recommendation 20 code (empty where the thing counts itself, such as cases); ``basis`` and
    ``currency`` belong to values alone; ``stage`` is a code of the closed list ``seizure_stage``, empty for what has
    none, such as inspections. Raises ValueError for a value without currency and basis, or a count that has them.
    """

    party: str
    measure: Measure
    unit: str = ""
    basis: str = ""
    currency: str = ""
    stage: str = ""
    finality: Finality = Finality.PROVISIONAL

    def __post_init__(self) -> None:
        is_value = self.measure is Measure.VALUE
        if is_value and (not self.basis or not self.currency or self.unit):
            raise ValueError("a value has a currency and a basis (UNSTATED where it was not stated), and no unit")
        if not is_value and (self.basis or self.currency):
            raise ValueError(f"{self.measure} has no currency and no value basis")
        if self.measure is Measure.ITEMS and not self.unit:
            raise ValueError("items have a unit (UNSTATED where it was not stated)")


UNSTATED = "UNSTATED"
"""The unit or the value basis of a figure that was published without."""


@dataclass(frozen=True, slots=True)
class Figure:
    """``amount`` of what ``key`` says. ``records`` are the ids of the records that it counts; ``source`` says where a
    figure comes from that has no records here; ``as_of`` is its day. Raises ValueError below zero.
    """

    key: Key
    amount: Decimal
    records: tuple[str, ...] = ()
    qualifier: Qualifier = Qualifier.EXACT
    as_of: date | None = None
    source: str = ""

    def __post_init__(self) -> None:
        if not self.amount.is_finite() or self.amount < 0:
            raise ValueError(f"{self.amount} is no figure")
