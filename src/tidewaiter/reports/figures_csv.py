"""Figures as CSV: one line a figure, nothing added, all that it is said to be beside it."""

import csv
import io
from collections.abc import Iterable

from tidewaiter.consolidation import Figure

HEAD = (
    "party", "measure", "amount", "unit", "currency", "basis", "stage", "finality", "qualifier", "records", "as_of",
    "source",
)  # fmt: skip


def figures_csv(figures: Iterable[Figure]) -> str:
    """The figures in their order, as RFC 4180 with codes and plain numbers, for machines and spreadsheets."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEAD)
    for figure in figures:
        key = figure.key
        writer.writerow(
            [
                key.party, key.measure.value, format(figure.amount, "f"), key.unit, key.currency, key.basis, key.stage,
                key.finality.value, figure.qualifier.value, len(figure.records) or "",
                figure.as_of.isoformat() if figure.as_of else "", _harmless(figure.source),
            ]
        )  # fmt: skip
    return out.getvalue()


def _harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
