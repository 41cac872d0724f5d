"""The records that figures count, reduced to what counting needs. No names, no descriptions."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tidewaiter.consolidation.figures import Finality, Measure

JOINING = frozenset(
    {"house_bill", "air_waybill", "postal_item", "courier_tracking", "declaration_number", "ucr", "case_link"}
)
"""Reference types that name one consignment: two parties that hold the same one hold the same consignment."""

POSSIBLE = frozenset({"container_voyage", "plate_crossing", "e_lock", "tip", "master_bill"})
"""Reference types that many consignments may share: a person decides whether two records are the same."""


@dataclass(frozen=True, slots=True, order=True)
class Reference:
    """A typed reference in its normal form: compared as it stands."""

    type: str
    value: str


@dataclass(frozen=True, slots=True)
class Count:
    """One thing that a record adds to a figure: so many of a measure, with unit, or with basis and currency.

    Raises ValueError for an amount that is no number, or below zero.
    """

    measure: Measure
    amount: Decimal
    unit: str = ""
    basis: str = ""
    currency: str = ""
    stage: str = ""

    def __post_init__(self) -> None:
        if not self.amount.is_finite() or self.amount < 0:
            raise ValueError(f"{self.amount} {self.measure}: no count")


@dataclass(frozen=True, slots=True)
class Record:
    """What one party recorded on one consignment (or place): a control, a seizure, a case.

    ``id`` is unique among all parties; ``day`` is that of detection, not of the report; ``seized`` says that goods were
    taken here.
    """

    id: str
    party: str
    day: date
    counts: tuple[Count, ...]
    references: frozenset[Reference] = frozenset()
    seized: bool = False
    finality: Finality = Finality.PROVISIONAL
