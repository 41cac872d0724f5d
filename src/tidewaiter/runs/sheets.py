"""The lists for people: one CSV a list, safe to open in a spreadsheet."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from tidewaiter.lake.layout import has_files
from tidewaiter.refdata import messages
from tidewaiter.runs.request import Progress, Watch
from tidewaiter.selection.sheet import SheetWriter, as_lines

LIST = "inspection-list.csv"
OVERFLOW = "overflow.csv"
REJECTS = "rejects.csv"
WAITING = "waiting.csv"

_LIST_COLUMNS = (
    "administration", "office", "day", "rank", "reasons", "consignment", "references", "goods", "hs", "route",
    "parties", "value", "currency", "mass", "packages", "channel", "mandatory", "origin", "priority", "probability",
)  # fmt: skip
_SHORT = 200

DETAILS = (
    *(f"references.list.element.{part}" for part in ("type", "value")),
    *(f"goods.list.element.{part}" for part in ("hs", "description")),
    *(f"route.list.element.{part}" for part in ("country", "place")),
    *(f"parties.list.element.{part}" for part in ("role", "name")),
    "value",
    "currency",
    "gross_mass_kg",
    "packages",
)
"""The Parquet columns of consignments that the sheets show; ``message_id`` beside them."""


class ListSheets:
    """Writes inspection-list.csv and overflow.csv into a result, heads in ``language``. Use it as a context manager.

    Each is written even where it has no rows: an empty list is an answer, a missing file is a question.
    """

    def __init__(self, root: Path, language: str) -> None:
        heads = [messages.text(f"column.{name}", language) for name in _LIST_COLUMNS]
        self._sheets = {"selected": SheetWriter(root / LIST, heads), "overflow": SheetWriter(root / OVERFLOW, heads)}

    def add(self, lines: Mapping[str, bytes]) -> None:
        """Add what ``lines_of_lists`` gives, by administration, day and office, each list in the order of its rows."""
        for status, added in lines.items():
            self._sheets[status].add(added)

    def close(self) -> None:
        """Finish both sheets."""
        for sheet in self._sheets.values():
            sheet.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def write_sheets(root: Path, language: str, watch: Watch) -> None:
    """Write rejects.csv and waiting.csv into a result, heads in ``language``, even where they have no rows."""
    for number, (table, name, columns) in enumerate(_TABLES):
        watch(Progress("sheets", number, len(_TABLES)))
        _write_table(root, table, name, columns, language)


_TABLES = (
    ("reject", REJECTS, ["source_file", "source_position", "code", "message", "raw"]),
    ("message_state", WAITING, ["message_id", "consignment_id", "reason"]),
)


def lines_of_lists(rows: pa.Table, words: pl.DataFrame, language: str) -> dict[str, bytes]:
    """Give rows (``schemas.SELECTION``) as lines of the sheet of their status.

    ``words`` holds what ``in_words`` gives for their consignments at least, in any order. Rows on no list are passed
    over.
    """
    cells = _cells(pl.DataFrame(rows), words, messages.text("answer.yes", language))
    return {
        status: as_lines(cells.filter(pl.col("status") == status).select(_LIST_COLUMNS))
        for status in ("selected", "overflow")
    }


def in_words(details: pa.Table) -> pl.DataFrame:
    """Give what the sheets show of consignments: ``message_id``, and each list of parts as one text.

    ``details`` holds ``message_id`` and the columns ``DETAILS``; texts may be encoded as dictionaries.
    """
    batches = details.to_batches() or [pa.RecordBatch.from_pylist([], details.schema)]
    return pl.concat([_batch_in_words(batch) for batch in batches])


def _cells(rows: pl.DataFrame, words: pl.DataFrame, yes: str) -> pl.DataFrame:
    """Give the cells of the rows that are selected or in overflow, and their status."""
    listed = (
        rows.filter(pl.col("status") != "not_selected")
        .sort("administration", "day", "office", nulls_last=True, maintain_order=True)
        .select(
            "message_id", "administration", "office", "day", "rank", "status", "channel", "origin", "priority",
            pl.col("reasons").list.join(" | "),
            pl.col("consignment_id").alias("consignment"),
            pl.when("mandatory").then(pl.lit(yes)).alias("mandatory"),
            pl.col("probability").round(6),
        )
    )  # fmt: skip
    return listed.join(words, on="message_id", how="left", maintain_order="left")


def _batch_in_words(details: pa.RecordBatch) -> pl.DataFrame:
    references, goods = details.column("references"), details.column("goods")
    route, parties = details.column("route"), details.column("parties")
    made = {
        "message_id": details.column("message_id"),
        "references": _joined(references, _pairs(references, "type", "value"), " | "),
        "goods": pc.utf8_slice_codeunits(_joined(goods, _part(goods, "description"), " | "), 0, _SHORT),
        "hs": _joined(goods, _part(goods, "hs"), " "),
        "route": _joined(route, pc.coalesce(_part(route, "place"), _part(route, "country")), " → "),
        "parties": _joined(parties, _pairs(parties, "role", "name"), " | "),
        "value": details.column("value"),
        "currency": _text(details.column("currency")),
        "mass": pc.round(details.column("gross_mass_kg"), 3),
        "packages": details.column("packages"),
    }
    return pl.DataFrame(pa.table(made))


def _part(lists: pa.ListArray, name: str) -> pa.Array:
    return _text(pc.struct_field(lists.flatten(), name))


def _text(column: pa.Array) -> pa.Array:
    return column.dictionary_decode() if pa.types.is_dictionary(column.type) else column


def _pairs(lists: pa.ListArray, name: str, value: str) -> pa.Array:
    return pc.binary_join_element_wise(_part(lists, name), _part(lists, value), ": ")


def _joined(lists: pa.ListArray, words: pa.Array, between: str) -> pa.Array:
    """Join the words of each list, ``words`` being one for each element; those that are null are left out."""
    counts = pc.fill_null(pc.list_value_length(lists), 0).to_numpy()
    if words.null_count:
        row = np.repeat(np.arange(len(lists)), counts)
        counts = np.bincount(row[words.is_valid().to_numpy(zero_copy_only=False)], minlength=len(lists))
    offsets = np.zeros(len(lists) + 1, dtype=np.int32)
    np.cumsum(counts, out=offsets[1:])
    return pc.binary_join(pa.ListArray.from_arrays(pa.array(offsets), words.drop_null()), between)


def _write_table(root: Path, table: str, name: str, columns: list[str], language: str) -> None:
    heads = [messages.text(f"column.{column}", language) for column in columns]
    with SheetWriter(root / name, heads) as sheet:
        if not has_files(root, table):
            return
        rows = pl.scan_parquet(str(root / table / "*.parquet"))
        if table == "message_state":
            rows = rows.filter(pl.col("state") == "waiting")
        for batch in _in_slices(rows.select(columns)):
            sheet.write(batch)


def _in_slices(rows: pl.LazyFrame) -> Iterator[pl.DataFrame]:
    """Give the rows in slices: refused text can be large."""
    size = 2_000
    start = 0
    while True:
        part = rows.slice(start, size).collect()
        if part.height:
            yield part
        if part.height < size:
            return
        start += size
