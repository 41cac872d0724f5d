"""Published results of past joint operations: facts of press releases, each with its source.

``data/joint-operations.csv`` holds them; ``data/SOURCES.toml`` says what they are worth.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

from tidewaiter.consolidation.figures import UNSTATED, Figure, Key, Measure, Qualifier

_STAGE = "suspected"
"""What all the releases report: suspected goods, before any court."""


@dataclass(frozen=True, slots=True)
class PublishedResult:
    """What one administration published on one operation, or on its part of it.

    ``end`` is None where the release names no day, ``date_note`` what is unsure about the days. ``items`` is None where
    nothing was published, like every other figure. ``qualifier`` is that of ``items``; how values were rounded was not
    noted. ``value_basis`` is a code of the closed list, UNSTATED where the release is silent.
    """

    operation: str
    start: date
    end: date | None
    date_note: str
    administration: str
    scope: str
    destinations: tuple[str, ...]
    cases: int | None
    batches: int | None
    items: int | None
    qualifier: Qualifier
    value: Decimal | None
    value_currency: str
    value_basis: str
    arrests: int | None
    detail: str
    source: str

    def figures(self) -> tuple[Figure, ...]:
        """The result as figures. Units of items were not published; all of it is provisional and suspected."""
        counts = (
            (Measure.CASES, self.cases, Qualifier.EXACT, ""),
            (Measure.BATCHES, self.batches, Qualifier.EXACT, ""),
            (Measure.ITEMS, self.items, self.qualifier, UNSTATED),
            (Measure.ARRESTS, self.arrests, Qualifier.EXACT, ""),
        )
        found = [
            self._figure(Key(self.administration, measure, unit=unit, stage=_STAGE), Decimal(amount), qualifier)
            for measure, amount, qualifier, unit in counts
            if amount is not None
        ]
        if self.value is not None:
            basis, currency = self.value_basis, self.value_currency
            key = Key(self.administration, Measure.VALUE, basis=basis, currency=currency, stage=_STAGE)
            found.append(self._figure(key, self.value, Qualifier.UNSTATED))
        return tuple(found)

    def _figure(self, key: Key, amount: Decimal, qualifier: Qualifier) -> Figure:
        return Figure(key, amount, (), qualifier, self.end, self.source)


@cache
def published_results() -> tuple[PublishedResult, ...]:
    """All published results, in the order of their time."""
    text = files("tidewaiter.consolidation").joinpath("data", "joint-operations.csv").read_text(encoding="utf-8")
    return tuple(_rows(csv.DictReader(io.StringIO(text, newline=""), strict=True)))


def _rows(rows: Iterable[dict[str, str]]) -> Iterator[PublishedResult]:
    for row in rows:
        yield PublishedResult(
            operation=row["operation"],
            start=date.fromisoformat(row["start"]),
            end=date.fromisoformat(row["end"]) if row["end"] else None,
            date_note=row["date_note"],
            administration=row["reporting_administration"],
            scope=row["scope"],
            destinations=tuple(place for place in row["destinations"].split("|") if place),
            cases=_whole(row, "cases"),
            batches=_whole(row, "batches"),
            items=_whole(row, "items"),
            qualifier=Qualifier(row["items_qualifier"] or Qualifier.EXACT),
            value=Decimal(row["value"]) if row["value"] else None,
            value_currency=row["value_currency"],
            value_basis=row["value_basis"].upper() if row["value"] else "",
            arrests=_whole(row, "arrests"),
            detail=row["detail"],
            source=row["source"],
        )


def _whole(row: Mapping[str, str], name: str) -> int | None:
    return int(row[name]) if row[name] else None
