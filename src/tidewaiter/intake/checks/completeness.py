"""What a declaration should say and does not, and times that cannot be right."""

import datetime

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tidewaiter.domain.vocabulary import MessageFunction
from tidewaiter.intake.checks.flags import Doubts, Elements, FlagCode, Mask

FIRST_YEAR, LAST_YEAR = 1990, 2100
"""Years that a declaration on file can bear; before them no customs administration kept declarations as data."""

CLOCK_TOLERANCE = datetime.timedelta(hours=26)
"""How far local times of the same moment lie apart (UTC-12 to UTC+14): a source without offsets can be off by that."""


def _microseconds(year: int) -> int:
    return int(datetime.datetime(year, 1, 1, tzinfo=datetime.UTC).timestamp()) * 1_000_000


_FIRST, _END = _microseconds(FIRST_YEAR), _microseconds(LAST_YEAR + 1)
_TOLERANCE = CLOCK_TOLERANCE // datetime.timedelta(microseconds=1)


def complete_messages(batch: pa.RecordBatch) -> Mask:
    """Which rows are whole declarations: originals, and amendments that carry more than what changes."""
    functions = pa.array([MessageFunction.ORIGINAL, MessageFunction.AMENDMENT], type=pa.string())
    whole = pc.is_in(batch.column("function"), value_set=functions)
    return np.asarray(pc.and_not(whole, batch.column("partial")).to_numpy(zero_copy_only=False))


def doubt_completeness(batch: pa.RecordBatch, goods: Elements, complete: Mask, doubts: Doubts) -> None:
    """Note what whole declarations leave out: office, time, goods items and their descriptions."""
    without_time = _is_null(batch.column("lodged_at")) & _is_null(batch.column("presented_at"))
    items = np.bincount(goods.row, minlength=batch.num_rows)
    doubts.add(FlagCode.MISSING_OFFICE, "office", complete & is_blank(batch.column("office")))
    doubts.add(FlagCode.MISSING_TIME, "lodged_at", complete & without_time)
    doubts.add(FlagCode.NO_GOODS, "goods", complete & (items == 0))
    blank = complete[goods.row] & is_blank(goods.column("description"))
    doubts.add_elements(FlagCode.EMPTY_DESCRIPTION, goods, "description", blank)


def doubt_times(batch: pa.RecordBatch, doubts: Doubts) -> None:
    """Note times outside the believable years, and a lodgement after the message about it was issued.

    Goods presented before or long after the lodgement are ordinary: declarations are lodged early and late.
    """
    times = {name: batch.column(name) for name in ("issued_at", "lodged_at", "presented_at")}
    for name, column in times.items():
        stamps = _stamps(column)
        doubts.add(FlagCode.IMPLAUSIBLE_YEAR, name, ~_is_null(column) & ((stamps < _FIRST) | (stamps >= _END)))
    known = ~_is_null(times["issued_at"]) & ~_is_null(times["lodged_at"])
    late = _stamps(times["lodged_at"]) > _stamps(times["issued_at"]) + _TOLERANCE
    doubts.add(FlagCode.TIME_IN_FUTURE, "lodged_at", known & late)


def is_blank(values: pa.Array) -> Mask:
    """Which values of a string column are null, empty or blanks alone."""
    blank = pc.or_kleene(pc.utf8_is_space(values), pc.equal(pc.binary_length(values), 0))
    return np.asarray(blank.fill_null(True).to_numpy(zero_copy_only=False))


def _stamps(column: pa.Array) -> npt.NDArray[np.int64]:
    return np.asarray(column.cast(pa.int64()).fill_null(0).to_numpy())


def _is_null(column: pa.Array) -> Mask:
    return np.asarray(column.is_null().to_numpy(zero_copy_only=False))
