"""Sheets that people take away: CSV that a spreadsheet opens without running what stands in a declaration."""

from collections.abc import Iterable
from typing import BinaryIO

from django.utils import timezone
from django.utils.translation import gettext as _

from tidewaiter.node.targeting import words
from tidewaiter.node.targeting.queries.rejects import Reject
from tidewaiter.node.targeting.shown import Shown
from tidewaiter.selection.sheet import write_sheet


def queue_sheet(target: BinaryIO, lines: Iterable[Shown]) -> int:
    """Write lines of a queue; gives how many."""
    heads = [
        _("Reference"), _("References"), _("Office"), _("State"), _("Taken by"), _("Expected"), _("Goods"),
        _("Destination"), _("Declared value"), _("Currency"), _("Why it is here"), _("Priority"), _("Run"),
    ]  # fmt: skip
    return write_sheet(target, heads, (_cells(one) for one in lines))


def _cells(one: Shown) -> list[object]:
    line = one.line
    due = timezone.localtime(line.due_at).isoformat(timespec="minutes") if line.due_at else ""
    return [
        line.reference,
        [value for _kind, value in line.references],
        line.office.name,
        words.state(line.state),
        line.taken_by.name if line.taken_by else "",
        due,
        one.goods,
        one.bound_for,
        str(line.value) if line.value is not None else "",
        line.currency,
        [f"{reason.word}: {reason.before}{reason.marked}{reason.after}" for reason in one.reasons],
        line.priority,
        line.run.number if line.run else "",
    ]


def rejects_sheet(target: BinaryIO, rejects: Iterable[Reject]) -> int:
    """Write the rejects of a run; gives how many."""
    heads = [_("Reason"), _("What is wrong"), _("File"), _("Position in the file"), _("As received")]
    rows = ([one.code, one.message, one.file, one.source_position, one.raw] for one in rejects)
    return write_sheet(target, heads, rows)
