"""Tell of lists that were drawn: the reasons in words, and the lines of the sheets. Done in the processes of a pool."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl
import pyarrow as pa

from tidewaiter.domain.vocabulary import HitKind
from tidewaiter.lake.layout import Partition
from tidewaiter.lake.parts import write_partitioned
from tidewaiter.runs.criteria import Criteria, CriteriaFiles
from tidewaiter.runs.filled_in import columns_of, is_filled_in
from tidewaiter.runs.sheets import DETAILS, in_words, lines_of_lists
from tidewaiter.runs.slices import Days, PartitionFiles
from tidewaiter.selection.reasons import READ_FROM, with_reasons
from tidewaiter.selection.telling import Said
from tidewaiter.selection.wording import Describers


@dataclass(frozen=True)
class Untold:
    """Some lists as drawn, and where the consignments on them lie."""

    number: int
    rows: pa.Table
    """``schemas.SELECTION`` without reasons; rows on a list alone."""
    strata: pa.Table
    hits: pa.Table
    """The hits of the rows."""
    places: Sequence[tuple[Partition, Days]]


@dataclass(frozen=True)
class Told:
    """What came of telling; the rows with their reasons are on disk."""

    canonical: bytes
    """The rows as text: equal rows are equal bytes, however they lie in memory."""
    lines: dict[str, bytes]
    """For each list for people, by the status of its rows, its lines."""


@dataclass(frozen=True)
class Telling:
    """Makes a process ready to tell. What it loaded travels with it when it is pickled."""

    root: Path
    criteria: CriteriaFiles
    language: str

    def __call__(self) -> Callable[[Untold], Told]:
        """Load the criteria and give the work."""
        criteria = self.criteria.load()[0]
        said: Said = {}
        return lambda untold: _tell(untold, self.root, criteria, self.language, said)


def write_rows(root: Path, name: str, rows: pa.Table) -> bytes:
    """Write rows of the table ``selection``; gives them as text."""
    for batch in rows.combine_chunks().to_batches():
        write_partitioned(root, "selection", name, batch)
    text = io.BytesIO()
    pl.DataFrame(rows).with_columns(pl.col("reasons").list.join("\n")).write_csv(text, include_header=False)
    return text.getvalue()


def _tell(untold: Untold, root: Path, criteria: Criteria, language: str, said: Said) -> Told:
    named = _columns_named(untold.hits, criteria, language)
    details = _details(untold, root, sorted({*DETAILS, *READ_FROM, *named}))
    rows = with_reasons(
        untold.rows,
        untold.strata,
        untold.hits,
        details,
        _describers(criteria),
        language=language,
        filled_from=details.select(["message_id", *sorted({column.partition(".")[0] for column in named})]),
        said=said,
    )
    canonical = write_rows(root, f"lists-{untold.number:04d}", rows)
    return Told(canonical, lines_of_lists(rows, in_words(details), language))


def _details(untold: Untold, root: Path, columns: Sequence[str]) -> pa.Table:
    """Read of the consignments on the lists what is told of them."""
    ids = untold.rows.column("message_id").combine_chunks()
    # A handful of rows from each of many files: in one piece, or every later step would go through them one by one.
    return pa.concat_tables(
        PartitionFiles(root, partition).details(days, ids, columns) for partition, days in untold.places
    ).combine_chunks()


def _columns_named(hits: pa.Table, criteria: Criteria, language: str) -> list[str]:
    """The columns of consignments that the sentences of the profiles among the hits are filled in from."""
    if criteria.profiles is None:
        return []
    rules = pl.DataFrame(hits.select(["kind", "rule"])).filter(pl.col("kind") == HitKind.PROFILE.value)["rule"].unique()
    return columns_of((criteria.profiles.by_id[rule] for rule in rules), language)


def _describers(criteria: Criteria) -> Describers:
    given, profiles = criteria.describers(), criteria.profiles
    if profiles is None:
        return given
    return replace(given, fills_in=lambda name, language: is_filled_in(profiles.by_id[name], language))
