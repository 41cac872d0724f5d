"""The end of a run, in words and numbers."""

from pathlib import Path

import polars as pl
from rich.console import Console
from rich.table import Table

from tidewaiter.lake.run_record import RunRecord
from tidewaiter.refdata import messages

_STAGES = {
    "reading": "Reading and screening",
    "versions": "Joining versions",
    "selection": "Drawing the lists",
    "sheets": "Writing the lists",
}
_COUNTS = (
    "read", "accepted", "rejected", "consignments", "superseded", "cancelled", "waiting", "hits", "selected",
    "overflow",
)  # fmt: skip
_SHOWN_LISTS = 12


def stage_words(stage: str) -> str:
    """Give a stage of a run in words."""
    return _STAGES.get(stage, stage)


def summary(record: RunRecord, result: Path, language: str) -> None:
    """Print what a run read and what came of it."""
    out = Console(highlight=False)
    counts = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    counts.add_column(justify="left")
    counts.add_column(justify="right")
    for name in _COUNTS:
        number = getattr(record.counts, name)
        if number or name not in ("superseded", "cancelled", "waiting", "overflow"):
            counts.add_row(messages.text(f"summary.{name}", language), f"{number:,}")
    seconds = sum(record.timings.values())
    counts.add_row(messages.text("summary.duration", language), f"{seconds:,.1f} s")
    out.print(counts)
    if record.rejected_by_reason:
        reasons = sorted(record.rejected_by_reason.items(), key=lambda item: -item[1])
        out.print("  " + ", ".join(f"{code} {count:,}" for code, count in reasons), style="yellow")
    out.print()
    _lists(out, result, language)
    for warning in record.warnings[:_SHOWN_LISTS]:
        out.print(f"! {warning}", style="yellow")
    if len(record.warnings) > _SHOWN_LISTS:
        out.print(f"! {len(record.warnings) - _SHOWN_LISTS:,} more: see run.json", style="yellow")
    if record.synthetic:
        out.print(messages.text("summary.synthetic", language), style="bold")
    out.print(f"{result}/inspection-list.csv")


def _lists(out: Console, result: Path, language: str) -> None:
    """Show the latest lists, largest first, and say how many more there are."""
    files = sorted((result / "stratum").rglob("*.parquet"))
    if not files:
        return
    strata = pl.read_parquet(files, hive_partitioning=False).filter(pl.col("selected") > 0)
    latest = strata.sort(
        ["day", "selected", "administration", "office"], descending=[True, True, False, False], nulls_last=True
    )
    columns = ("administration", "office", "day", "population", "capacity", "random_share", "mandatory", "selected")
    table = Table(box=None, header_style="bold", padding=(0, 2, 0, 0))
    for name in columns:
        right = name not in ("administration", "office", "day")
        table.add_column(messages.text(f"column.{name}", language), justify="right" if right else "left")
    for row in latest.head(_SHOWN_LISTS).iter_rows(named=True):
        table.add_row(*("" if row[name] is None else _shown(row[name]) for name in columns))
    out.print(table)
    if latest.height > _SHOWN_LISTS:
        out.print(messages.text("summary.more_lists", language, count=f"{latest.height - _SHOWN_LISTS:,}"))
    out.print()


def _shown(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)


def print_list(result: Path, office: str | None, day: str | None, rows: int) -> None:
    """Print the first rows of the list of an office and a day, with the reasons in full."""
    out = Console(highlight=False)
    chosen = pl.scan_parquet(str(result / "selection" / "**" / "*.parquet"), hive_partitioning=False)
    chosen = chosen.filter(pl.col("status") == "selected")
    if office is not None:
        chosen = chosen.filter(pl.col("office") == office)
    if day is not None:
        chosen = chosen.filter(pl.col("day").dt.to_string("%Y-%m-%d") == day)
    for row in chosen.sort("day", "office", "rank").head(rows).collect().iter_rows(named=True):
        out.print(f"[bold]{row['rank']:>4}[/]  {row['office']}  {row['day']}  {row['consignment_id']}", soft_wrap=True)
        for reason in row["reasons"]:
            out.print(f"      {reason}", markup=False, soft_wrap=True)
