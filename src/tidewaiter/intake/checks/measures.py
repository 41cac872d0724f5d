"""Masses, values, quantities and numbers of packages that cannot be right."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tidewaiter.intake.checks.completeness import is_blank
from tidewaiter.intake.checks.flags import Doubts, Elements, FlagCode, Mask

Numbers = npt.NDArray[np.float64]

RELATIVE_TOLERANCE = 0.001
ABSOLUTE_TOLERANCE_KG = 0.01
"""Masses are declared in rounded kilograms or pounds; a difference within both tolerances together is rounding."""

_NEGATIVE = {
    "quantity": FlagCode.NEGATIVE_QUANTITY,
    "value": FlagCode.NEGATIVE_VALUE,
    "gross_mass_kg": FlagCode.NEGATIVE_MASS,
    "net_mass_kg": FlagCode.NEGATIVE_MASS,
    "packages": FlagCode.NEGATIVE_PACKAGES,
}


def doubt_measures(batch: pa.RecordBatch, goods: Elements, complete: Mask, doubts: Doubts) -> None:
    """Note numbers that cannot be right, of the consignment and of its goods items.

    ``complete`` says which rows are whole declarations: others may leave the currency to the version before them.
    """
    totals = {name: numbers(batch.column(name)) for name in _NEGATIVE if name != "quantity"}
    for name, values in totals.items():
        doubts.add(FlagCode.NOT_A_NUMBER, name, _not_finite(values, batch.column(name)))
        doubts.add(_NEGATIVE[name], name, values < 0)
    doubts.add(FlagCode.NET_ABOVE_GROSS, "net_mass_kg", _exceeds(totals["net_mass_kg"], totals["gross_mass_kg"]))

    items = {name: numbers(goods.column(name)) for name in _NEGATIVE}
    for name, values in items.items():
        doubts.add_elements(FlagCode.NOT_A_NUMBER, goods, name, _not_finite(values, goods.column(name)))
        doubts.add_elements(_NEGATIVE[name], goods, name, values < 0)
    above = _exceeds(items["net_mass_kg"], items["gross_mass_kg"])
    doubts.add_elements(FlagCode.NET_ABOVE_GROSS, goods, "net_mass_kg", above)

    for name in ("gross_mass_kg", "net_mass_kg"):
        finite = np.where(np.isfinite(items[name]), items[name], 0.0)
        of_items = np.bincount(goods.row, weights=finite, minlength=batch.num_rows).astype(np.float64)
        doubts.add(FlagCode.MASS_TOTAL_BELOW_ITEMS, name, (of_items > 0) & _exceeds(of_items, totals[name]))

    without = complete & is_blank(batch.column("currency"))
    doubts.add(FlagCode.VALUE_WITHOUT_CURRENCY, "value", without & _is_amount(totals["value"]))
    item_without = without[goods.row] & is_blank(goods.column("currency"))
    doubts.add_elements(FlagCode.VALUE_WITHOUT_CURRENCY, goods, "value", item_without & _is_amount(items["value"]))


def numbers(values: pa.Array) -> Numbers:
    """A numeric column as float64, null as NaN."""
    return np.asarray(values.to_numpy(zero_copy_only=False), dtype=np.float64)


def _not_finite(values: Numbers, column: pa.Array) -> Mask:
    """Which values are infinite, or NaN without being null."""
    strange = ~np.isfinite(values)
    if np.count_nonzero(strange) > column.null_count:
        return np.asarray(strange & column.is_valid().to_numpy(zero_copy_only=False))
    return np.zeros(len(values), dtype=np.bool_)


def _exceeds(smaller: Numbers, larger: Numbers) -> Mask:
    """Where the mass that should be the smaller is above the other by more than rounding; never where one is null."""
    with np.errstate(invalid="ignore"):  # infinite less infinite: flagged as not a number, compared with nothing
        return np.asarray(smaller - larger > np.abs(larger) * RELATIVE_TOLERANCE + ABSOLUTE_TOLERANCE_KG)


def _is_amount(values: Numbers) -> Mask:
    return np.asarray(~np.isnan(values) & (values != 0))
