"""The end of a run, in words and numbers."""

import sys
from pathlib import Path

import polars as pl
from rich.console import Console
from rich.table import Table

from tidewaiter.lake.run_record import RunRecord
from tidewaiter.refdata import messages, offices

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
_SHOWN_OFFICES = 10
_SHOWN_WARNINGS = 12


def stage_words(stage: str) -> str:
    """Give a stage of a run in words."""
    return _STAGES.get(stage, stage)


class _PlainConsole(Console):
    """Leaves it to the command to say what it means that nobody reads on."""

    def on_broken_pipe(self) -> None:
        """Raise BrokenPipeError, where rich would end the process with a failure."""
        raise BrokenPipeError


def _console() -> Console:
    """Give the console of the summary; into a file or pipe it writes wide lines, so that nothing is cut off."""
    return _PlainConsole(highlight=False, width=None if sys.stdout.isatty() else 170)


def summary(record: RunRecord, result: Path, language: str) -> None:
    """Print what a run read and what came of it."""
    out = _console()
    counts = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    counts.add_column(justify="left")
    counts.add_column(justify="right")
    for name in _COUNTS:
        number = getattr(record.counts, name)
        if number or name not in ("superseded", "cancelled", "waiting", "overflow"):
            counts.add_row(messages.text(f"summary.{name}", language), _number(number, language))
    seconds = sum(record.timings.values())
    counts.add_row(messages.text("summary.duration", language), f"{seconds:,.1f} s")
    out.print(counts)
    if record.rejected_by_reason:
        reasons = sorted(record.rejected_by_reason.items(), key=lambda item: -item[1])
        out.print("  " + ", ".join(f"{code} {count:,}" for code, count in reasons), style="yellow")
    out.print()
    _lists(out, result, language)
    for warning in record.warnings[:_SHOWN_WARNINGS]:
        out.print(f"! {warning}", style="yellow")
    if len(record.warnings) > _SHOWN_WARNINGS:
        out.print(f"! {len(record.warnings) - _SHOWN_WARNINGS:,} more: see run.json", style="yellow")
    if record.synthetic:
        out.print(messages.text("summary.synthetic", language), style="bold")
    out.print(f"{result}/inspection-list.csv")


def _lists(out: Console, result: Path, language: str) -> None:
    """Show what each office has on its lists, all days together, the longest first."""
    files = sorted((result / "stratum").rglob("*.parquet"))
    if not files:
        return
    sums = ("population", "capacity", "random_share", "mandatory", "selected", "overflow")
    lists = (
        pl.read_parquet(files, hive_partitioning=False)
        .group_by("administration", "office")
        .agg(pl.len().alias("days"), *(pl.col(name).cast(pl.Int64).sum() for name in sums))
        .sort(["selected", "administration", "office"], descending=[True, False, False])
    )
    table = Table(box=None, header_style="bold", padding=(0, 2, 0, 0))
    for name in ("office", "days", *sums):
        table.add_column(
            messages.text(f"column.{name}", language),
            justify="left" if name == "office" else "right",
            no_wrap=name == "office",
        )
    for row in lists.head(_SHOWN_OFFICES).iter_rows(named=True):
        table.add_row(
            _office(row["administration"], row["office"], language),
            *(_number(row[name], language) for name in ("days", *sums)),
        )
    out.print(table)
    if lists.height > _SHOWN_OFFICES:
        out.print(messages.text("summary.more_offices", language, count=lists.height - _SHOWN_OFFICES))
    out.print()


def _office(administration: str, code: str, language: str) -> str:
    """Name an office: by its name where we know it, always with its code."""
    known = offices.find(code)
    if known is not None:
        return f"{known.names[language]}  {code}"
    return f"{administration}  {code or messages.text('office.none', language)}"


def _number(value: int, language: str) -> str:
    return messages.shown(value, language)


def print_list(result: Path, office: str | None, day: str | None, rows: int) -> None:
    """Print the first rows of the list of an office and a day, with the reasons in full."""
    out = _console()
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
