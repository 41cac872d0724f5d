"""The lists for people: one CSV a list, safe to open in a spreadsheet."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from tidewaiter.lake.layout import has_files
from tidewaiter.refdata import messages
from tidewaiter.runs.request import Progress, Watch
from tidewaiter.selection.sheet import SheetWriter

LIST = "inspection-list.csv"
OVERFLOW = "overflow.csv"
REJECTS = "rejects.csv"
WAITING = "waiting.csv"

_LIST_COLUMNS = (
    "administration", "office", "day", "rank", "reasons", "consignment", "references", "goods", "hs", "route",
    "parties", "value", "currency", "mass", "packages", "channel", "mandatory", "origin", "priority", "probability",
)  # fmt: skip
_SHORT = 200


def write_sheets(root: Path, language: str, watch: Watch) -> None:
    """Write inspection-list.csv, overflow.csv, rejects.csv and waiting.csv into a result, heads in ``language``.

    Each is written even where it has no rows: an empty list is an answer, a missing file is a question.
    """
    folders = sorted((root / "selection").glob("administration=*/month=*"))
    heads = [messages.text(f"column.{name}", language) for name in _LIST_COLUMNS]
    with SheetWriter(root / LIST, heads) as listed, SheetWriter(root / OVERFLOW, heads) as overflow:
        for number, folder in enumerate(folders):
            watch(Progress("sheets", number, len(folders)))
            rows = _list_rows(root, folder)
            listed.write(rows.filter(pl.col("status") == "selected").select(_LIST_COLUMNS))
            overflow.write(rows.filter(pl.col("status") == "overflow").select(_LIST_COLUMNS))
    _write_table(root, "reject", REJECTS, ["source_file", "source_position", "code", "message", "raw"], language)
    _write_table(root, "message_state", WAITING, ["message_id", "consignment_id", "reason"], language)


def _list_rows(root: Path, folder: Path) -> pl.DataFrame:
    chosen = (
        pl.scan_parquet(folder / "*.parquet", hive_partitioning=False)
        .filter(pl.col("status").is_in(["selected", "overflow"]))
        .collect()
    )
    details = (
        pl.scan_parquet(root / "consignment" / folder.relative_to(root / "selection") / "*.parquet")
        .select(
            "message_id", "references", "goods", "route", "parties", "value", "currency", "gross_mass_kg", "packages"
        )
        .join(chosen.lazy().select("message_id"), on="message_id", how="semi")
        .collect()
    )
    return (
        chosen.join(details, on="message_id", how="left")
        .sort("administration", "office", "day", "status", "rank", "consignment_id", nulls_last=True)
        .with_columns(
            pl.col("day").dt.to_string("%Y-%m-%d"),
            pl.col("reasons").list.join(" | "),
            pl.col("consignment_id").alias("consignment"),
            _pairs("references", "type", "value").alias("references"),
            _inner("goods", "description", " | ").alias("description"),
            _inner("goods", "hs", " ").alias("hs"),
            _route().alias("route"),
            _pairs("parties", "role", "name").alias("parties"),
            pl.col("gross_mass_kg").round(3).alias("mass"),
            pl.col("probability").round(6),
            pl.when("mandatory").then(pl.lit("yes")).otherwise(pl.lit("")).alias("mandatory"),
        )
        .with_columns(pl.col("description").str.slice(0, _SHORT).alias("goods"))
    )


def _inner(column: str, part: str, between: str) -> pl.Expr:
    return pl.col(column).list.eval(pl.element().struct.field(part).drop_nulls()).list.join(between)


def _pairs(column: str, name: str, value: str) -> pl.Expr:
    inner = pl.element().struct
    pair = pl.concat_str(inner.field(name), pl.lit(": "), inner.field(value)).drop_nulls()
    return pl.col(column).list.eval(pair).list.join(" | ")


def _route() -> pl.Expr:
    inner = pl.element().struct
    place = pl.coalesce(inner.field("place"), inner.field("country")).drop_nulls()
    return pl.col("route").list.eval(place).list.join(" → ")


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
