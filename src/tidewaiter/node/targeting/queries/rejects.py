"""Reading the rejects of a run from the lake, page by page."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from tidewaiter.node.accounts.models import Person
from tidewaiter.node.targeting import policies
from tidewaiter.node.targeting.models import ScreeningRun

_COLUMNS = ["code", "message", "source_file", "source_position", "raw"]
_WHOLE = 60 * 1024
"""Raw text that is nearly as long as what the lake keeps of one was cut: mending it would lose the rest."""
_AT_ONCE = 2_000
_FOR_PEOPLE = "\ufffd"


@dataclass(frozen=True, slots=True)
class Reject:
    """One refused row. ``number`` is its place in the run; ``source_file`` as the reader names it."""

    number: int
    code: str
    message: str
    source_file: str
    source_position: str
    raw: str

    @property
    def file(self) -> str:
        """The name of the file, without our folder."""
        return Path(self.source_file).name

    @property
    def mendable(self) -> bool:
        """Whether the text as kept is whole and text at all."""
        return bool(self.raw.strip()) and len(self.raw.encode()) < _WHOLE and _FOR_PEOPLE not in self.raw


def rejects(person: Person, run: ScreeningRun, *, start: int = 0, count: int = 50, code: str = "") -> list[Reject]:
    """Give some rejects of a run that ``person`` may see, in the order of the input. Raises NotAllowed."""
    policies.runs.require(person, "see_rejects", run)
    table = _table(run)
    if table is None:
        return []
    found = table.filter(pl.col("code") == code) if code else table
    return [Reject(*row) for row in found.slice(start, count).collect().iter_rows()]


def numbered(person: Person, run: ScreeningRun, numbers: list[int]) -> dict[int, Reject]:
    """Give the rejects with these numbers. Raises NotAllowed."""
    policies.runs.require(person, "see_rejects", run)
    table = _table(run)
    if table is None:
        return {}
    rows = table.filter(pl.col("number").is_in(numbers)).collect().iter_rows()
    return {row[0]: Reject(*row) for row in rows}


def all_rejects(person: Person, run: ScreeningRun) -> Iterator[Reject]:
    """Give all rejects of a run, some thousand at a time. Raises NotAllowed."""
    start = 0
    while part := rejects(person, run, start=start, count=_AT_ONCE):
        yield from part
        start += len(part)


def _table(run: ScreeningRun) -> pl.LazyFrame | None:
    files = sorted((run.result / "reject").glob("*.parquet"))
    if not files:
        return None
    return (
        pl.scan_parquet(files, hive_partitioning=False, glob=False)
        .select(_COLUMNS)
        .with_row_index("number")
        .with_columns(pl.col("number").cast(pl.Int64))
    )
