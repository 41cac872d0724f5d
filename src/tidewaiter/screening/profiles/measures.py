"""Values worked out from others, in Polars expressions and for one element, by the same arithmetic.

A ratio is known only where its numerator is, and its denominator is stated and above 0.
"""

import math
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl

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


def ratio(name: str) -> pl.Expr:
    """The ratio as an expression over its columns in `NEEDS`."""
    net, gross = _positive("net_mass_kg"), _positive("gross_mass_kg")
    if name == "value_per_kg":
        return pl.col("value") / pl.coalesce(net, gross)
    if name == "value_per_piece":
        return pl.col("value") / _positive("pieces")
    if name == "kg_per_piece":
        return pl.coalesce(net, gross) / _positive("pieces")
    return pl.coalesce(gross, net) / _positive("packages")


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


def local(column: str) -> pl.Expr:
    """The same for a column of epoch microseconds, beside the column of its offsets."""
    return pl.col(column) + pl.col(offset_column(column)).cast(pl.Int64) * _MINUTE_US


def offset_column(column: str) -> str:
    """The column that holds the offset of a moment: ``lodged_offset`` for ``lodged_at``."""
    return f"{column.removesuffix('_at')}_offset"


def _positive(column: str) -> pl.Expr:
    return pl.when(pl.col(column) > 0).then(pl.col(column))


def _above_zero(value: float | None) -> float | None:
    return value if value is not None and value > 0 else None
