"""Figures that administrations show one another. Each says of what, in which unit, on which basis, at which stage."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from tidewaiter.exchange.objects.identifiers import Code, Short
from tidewaiter.exchange.objects.parts import Count, Status
from tidewaiter.exchange.objects.wire import Text
from tidewaiter.exchange.refusal import Reason, Refused

Unit = Annotated[str, Text(3, r"^[A-Z0-9]{2,3}$")]
Currency = Annotated[str, Text(3, r"^[A-Z]{3}$")]


class Measure(StrEnum):
    """What is counted, weighed or valued."""

    CONSIGNMENTS = "consignments"
    SELECTIONS = "selections"
    CASES = "cases"
    SEIZURES = "seizures"
    ITEMS = "items"
    PACKAGES = "packages"
    WEIGHT = "weight"
    VALUE = "value"
    ARRESTS = "arrests"
    TIPS_SENT = "tips_sent"
    TIPS_ACKNOWLEDGED = "tips_acknowledged"
    TIPS_ACTED_ON = "tips_acted_on"


class Basis(StrEnum):
    """What a value is the value of. The codes are those of the term base, section 'Value bases'."""

    GENUINE_RETAIL = "GENUINE_RETAIL"
    MSRP = "MSRP"
    STREET = "STREET"
    DECLARED = "DECLARED"
    PURCHASE_COST = "PURCHASE_COST"
    UNSTATED = "UNSTATED"


class Stage(StrEnum):
    """How far a seizure has come. The codes are those of the term base, section 'Stage of a seizure'."""

    SUSPECTED = "suspected"
    DETAINED = "detained"
    RH_CONFIRMED = "rh_confirmed"
    SEIZED = "seized"
    FORFEITED = "forfeited"
    PROSECUTED = "prosecuted"
    RETURNED = "returned"


_WITH_UNIT = frozenset({Measure.ITEMS, Measure.PACKAGES, Measure.WEIGHT})


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure. Items, packages and weights have a unit (UN/ECE Recommendation 20 or 21); a value has currency
    (ISO 4217), basis, day and method together; what else is narrower (category, lane, region) is a code or None.

    ``records`` is the number of records that the figure counts.
    """

    measure: Measure
    amount: Decimal
    status: Status
    unit: Unit | None = None
    currency: Currency | None = None
    basis: Basis | None = None
    valued_on: date | None = None
    method: Short | None = None
    stage: Stage | None = None
    category: Code | None = None
    lane: Code | None = None
    region: Code | None = None
    records: Count | None = None

    def __post_init__(self) -> None:
        """Refuse a figure of which one cannot say what it is."""
        if self.amount < 0:
            raise Refused(Reason.CONTRADICTORY, "a figure is not negative", "amount")
        needs = _VALUE if self.measure is Measure.VALUE else _UNIT if self.measure in _WITH_UNIT else ()
        for name in (*_VALUE, *_UNIT):
            if (getattr(self, name) is None) == (name in needs):
                words = "is missing" if name in needs else "does not belong here"
                raise Refused(Reason.CONTRADICTORY, f"{words}: the figure is of {self.measure}", name)


_VALUE = ("currency", "basis", "valued_on", "method")
_UNIT = ("unit",)
