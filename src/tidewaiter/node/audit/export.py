"""The audit log as CSV, row by row, so that a large one needs no memory."""

import csv
from collections.abc import Iterator, Mapping
from typing import Final

from tidewaiter.node.audit import leaf
from tidewaiter.node.audit.models import AuditRow
from tidewaiter.node.audit.queries import AuditRowQuerySet
from tidewaiter.node.audit.words import offices, tell

COLUMNS: Final = (
    "seq", "id", "at", "actor", "office", "verb", "sentence", "object_type", "object_id", "object_label", "reason",
    "request_id", "commitment", "prev_hash", "hash",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Echo:
    """A file that gives back what is written."""

    def write(self, text: str) -> str:
        return text


def lines(rows: AuditRowQuerySet) -> Iterator[str]:
    """Give the lines of the file, from a byte order mark (spreadsheets need it for Chinese) and the heads on.

    A cell that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    writer = csv.writer(_Echo())
    yield "\ufeff" + str(writer.writerow(COLUMNS))
    names = offices().names(rows.order_by().values_list("office", flat=True).distinct())
    for row in rows.iterator(chunk_size=1000):
        yield str(writer.writerow([_harmless(cell) for cell in _cells(row, names)]))


def _cells(row: AuditRow, names: Mapping[str, str]) -> tuple[object, ...]:
    told = tell(row, names)
    return (
        row.seq, row.pk, leaf.instant(row.at), row.actor_name, row.office, row.verb, told.sentence, row.object_type,
        row.object_id, row.object_label, row.reason, row.request_id, row.commitment, row.prev_hash, row.hash,
    )  # fmt: skip


def _harmless(cell: object) -> str:
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text
