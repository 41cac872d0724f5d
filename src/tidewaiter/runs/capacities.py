"""The capacity of a run: one number for all offices, or a file."""

from pathlib import Path
from typing import Any

import polars as pl

from tidewaiter.lake.layout import has_files, pattern
from tidewaiter.lake.run_record import file_digest
from tidewaiter.runs.request import RunRefused, RunRequest
from tidewaiter.selection.capacity import Capacity, CapacityError
from tidewaiter.selection.quota import SelectionError, check_share


def capacity_of(request: RunRequest) -> Capacity:
    """Give the capacity that is asked for. An office that a capacity file does not name has none.

    Raises RunRefused for a file, a number or a random share that cannot be used.
    """
    given = request.capacity
    try:
        check_share(request.share)
        return Capacity.uniform(given) if isinstance(given, int) else Capacity.load(given, default=0)
    except (CapacityError, SelectionError) as error:
        raise RunRefused(f"{error}\nNothing was read or written.") from error


def described(capacity: int | Path) -> int | dict[str, Any]:
    """Name the capacity for the run record: the number, or the file and its digest."""
    if isinstance(capacity, int):
        return capacity
    return {"name": str(capacity), "sha256": file_digest(capacity)}


def unstated(root: Path, request: RunRequest) -> list[str]:
    """Say which offices got no control because the capacity file does not name them."""
    if isinstance(request.capacity, int) or not has_files(root, "stratum"):
        return []
    stated = Capacity.load(request.capacity)
    rows = pl.read_parquet(pattern(root, "stratum"), hive_partitioning=False)
    offices: dict[tuple[str, str], int] = {}
    for administration, office, day, population in rows.select(
        "administration", "office", "day", "population"
    ).iter_rows():
        if stated.of(administration, office, day) is None:
            offices[administration, office] = offices.get((administration, office), 0) + population
    return [
        f"{request.capacity} states no capacity for office {office or '(none named)'} of {administration}: "
        f"none of its {population:,} consignments could be selected. Add a line for it, or a line *,*,*,<controls>."
        for (administration, office), population in sorted(offices.items())
    ]
