"""How the places of an office and day are shared out before anything is drawn."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

import polars as pl
import pyarrow as pa

from tidewaiter.selection.capacity import Capacity, CapacityError

DEFAULT_SHARE = 0.1
"""A tenth of the capacity, as the research on targeting recommends (range 5 to 20 %)."""

KEY = ("administration", "office", "day")
_SHOWN = 3


class SelectionError(ValueError):
    """Tables or parameters from which no list can be drawn; the message says which, and what to do."""


def random_rows(capacity: int, share: float) -> int:
    """Give the controls that are set aside for the random share: ``share`` of ``capacity``, halves rounded up.

    At least one where the capacity is two or more. Raises SelectionError for a share outside 0 < share <= 1.
    """
    check_share(share)
    rounded = int((Decimal(str(share)) * capacity).to_integral_value(ROUND_HALF_UP))
    return max(rounded, 1) if capacity >= 2 else rounded


def check_share(share: float) -> None:
    """Raise SelectionError for a share that is not above 0 and at most 1."""
    if not 0 < share <= 1:
        raise SelectionError(
            f"the random share is {share:g}; it must be above 0 and at most 1. Without random controls nobody learns "
            "what the profiles miss, and no rate can be estimated: choose a small share, such as 0.05"
        )


def pool_size(capacity: Capacity, *, share: float = DEFAULT_SHARE, fill_with_random: bool = False) -> int:
    """Give the number of smallest draws per office and day that always suffices for ``select``."""
    most = max((random_rows(controls, share) for controls in set(capacity.rules.values())), default=0)
    return capacity.largest if fill_with_random else most


def quotas(strata: pl.DataFrame, *, capacity: Capacity, share: float = DEFAULT_SHARE) -> pl.DataFrame:
    """Add to each stratum its ``capacity`` and its ``random_share``, and sort by administration, office and day.

    The random share is never larger than the population. Raises CapacityError for an office and day that the capacity
    does not cover, SelectionError for a share out of range.
    """
    found = [capacity.of(*key) for key in strata.select(KEY).iter_rows()]
    if None in found:
        missing = [key for key, controls in zip(strata.select(KEY).iter_rows(), found, strict=True) if controls is None]
        raise CapacityError(
            f"no capacity for {named(missing)}; add a line for it, or a line *,*,*,<controls> for all others"
        )
    set_aside = {controls: random_rows(controls, share) for controls in set(found) if controls is not None}
    return (
        strata.with_columns(
            pl.Series("capacity", found, dtype=pl.Int64),
            pl.Series(
                "random_share", [set_aside[controls] for controls in found if controls is not None], dtype=pl.Int64
            ),
        )
        .with_columns(pl.min_horizontal("random_share", "population").alias("random_share"))
        .sort(KEY, nulls_last=True)
    )


def named(keys: Iterable[tuple[object, ...]]) -> str:
    """Name offices and days for an error message, the first few of them."""
    listed = list(keys)
    shown = "; ".join(f"{one} office {two or '(none)'} day {three or '(none)'}" for one, two, three in listed[:_SHOWN])
    return shown + (f" and {len(listed) - _SHOWN} more" if len(listed) > _SHOWN else "")


def frame(rows: pa.Table, columns: list[str], what: str) -> pl.DataFrame:
    """Take the columns of an Arrow table as a frame. Raises SelectionError for a column that is missing."""
    missing = [column for column in columns if column not in rows.column_names]
    if missing:
        raise SelectionError(f"{what}: the table lacks the column {', '.join(missing)}")
    return pl.DataFrame(rows.select(columns))


def table(rows: pl.DataFrame, schema: pa.Schema) -> pa.Table:
    """Give the columns of ``schema`` from a frame, in its order and with its types."""
    return rows.select(schema.names).to_arrow(compat_level=pl.CompatLevel.oldest()).cast(schema)
