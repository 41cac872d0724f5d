"""Values worked out from others, for whole columns and for one element, by the same arithmetic.

A ratio is known only where its numerator is, and its denominator is stated and above 0.
"""

import math
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
"""Numbers of many elements, NaN where one is not known."""

PIECES_PER_UNIT = {
    "C62": 1.0,  # one
    "EA": 1.0,  # each
    "H87": 1.0,  # piece
    "NAR": 1.0,  # number of articles
    "NPR": 1.0,  # number of pairs
    "PR": 1.0,  # pair
    "SET": 1.0,  # set
    "TPR": 10.0,  # ten pairs
    "DPC": 12.0,  # dozen pieces
    "DPR": 12.0,  # dozen pairs
    "DZN": 12.0,  # dozen
    "CEN": 100.0,  # hundred
    "GRO": 144.0,  # gross
    "MIL": 1000.0,  # thousand
}
"""UN/ECE Recommendation 20 units that count, and how many each is. A pair and a set are sold as one and count one."""

DAY_US = 86_400_000_000
_MINUTE_US = 60_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

NEEDS: dict[str, tuple[str, ...]] = {
    "value_per_kg": ("value", "net_mass_kg", "gross_mass_kg"),
    "value_per_piece": ("value", "pieces"),
    "kg_per_piece": ("net_mass_kg", "gross_mass_kg", "pieces"),
    "kg_per_package": ("gross_mass_kg", "net_mass_kg", "packages"),
}
"""The columns that each ratio is worked out from."""


def ratio(name: str, values: Mapping[str, Numbers]) -> Numbers:
    """The ratio of many elements, from its columns in `NEEDS`."""
    above, under = _parts(name, values)
    # What is beyond the largest number is infinite, as it is for one element.
    with np.errstate(over="ignore", invalid="ignore"):
        found: Numbers = above / under
    return found


def _parts(name: str, values: Mapping[str, Numbers]) -> tuple[Numbers, Numbers]:
    if name == "value_per_piece":
        return values["value"], _positive(values["pieces"])
    net, gross = _positive(values["net_mass_kg"]), _positive(values["gross_mass_kg"])
    lighter, heavier = _first_known(net, gross), _first_known(gross, net)
    if name == "value_per_kg":
        return values["value"], lighter
    if name == "kg_per_piece":
        return lighter, _positive(values["pieces"])
    return heavier, _positive(values["packages"])


def ratio_of(name: str, values: Mapping[str, float | None]) -> float | None:
    """The ratio of one element, from its columns in `NEEDS`."""
    net, gross = _above_zero(values.get("net_mass_kg")), _above_zero(values.get("gross_mass_kg"))
    lighter, heavier = (net if net is not None else gross), (gross if gross is not None else net)
    above, under = {
        "value_per_kg": (values.get("value"), lighter),
        "value_per_piece": (values.get("value"), _above_zero(values.get("pieces"))),
        "kg_per_piece": (lighter, _above_zero(values.get("pieces"))),
        "kg_per_package": (heavier, _above_zero(values.get("packages"))),
    }[name]
    return known_number(above / under) if above is not None and under is not None else None


def pieces_of(item: Mapping[str, Any]) -> float | None:
    """Pieces of one goods item: its quantity by `PIECES_PER_UNIT`. A quantity without a unit counts pieces."""
    quantity = known_number(item.get("quantity"))
    unit = item.get("unit") or None
    factor = 1.0 if unit is None else PIECES_PER_UNIT.get(unit)
    return quantity * factor if quantity is not None and factor is not None else None


def known_number(value: Any) -> float | None:
    """The number as a float; None where it is missing or not a number (NaN)."""
    if value is None:
        return None
    number = float(value)
    return None if math.isnan(number) else number


def local_microseconds(moment: datetime | None, offset: int | None) -> int | None:
    """Microseconds since 1970 on the clock of the place; None where the moment or its offset is not stated."""
    if moment is None or offset is None:
        return None
    return (moment - _EPOCH) // _MICROSECOND + offset * _MINUTE_US


def local(moments: npt.NDArray[np.int64], offsets: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The same for columns of epoch microseconds and of offsets in minutes."""
    found: npt.NDArray[np.int64] = moments + offsets * _MINUTE_US
    return found


def offset_column(column: str) -> str:
    """The column that holds the offset of a moment: ``lodged_offset`` for ``lodged_at``."""
    return f"{column.removesuffix('_at')}_offset"


def _positive(values: Numbers) -> Numbers:
    return np.where(values > 0, values, np.nan)


def _first_known(one: Numbers, other: Numbers) -> Numbers:
    return np.where(np.isnan(one), other, one)


def _above_zero(value: float | None) -> float | None:
    return value if value is not None and value > 0 else None
