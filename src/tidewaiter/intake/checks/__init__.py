"""Doubtful but usable values: kept, and flagged. Nothing is rejected here.

The codes are those of ``FlagCode``. A flag names its field as the officer's screen does:
``gross_mass_kg``, ``goods[1].hs``, ``references[2].value`` (places in a list count from 1).
"""

import pyarrow as pa

from tidewaiter.intake.checks.code_lists import doubt_codes
from tidewaiter.intake.checks.completeness import complete_messages, doubt_completeness, doubt_times
from tidewaiter.intake.checks.flags import Doubts, Elements, FlagCode
from tidewaiter.intake.checks.identifiers import doubt_identifiers
from tidewaiter.intake.checks.measures import doubt_measures

__all__ = ["FlagCode", "check"]


def check(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Flag what is doubtful in a batch of ``schemas.CONSIGNMENT``; rows, order and all other columns stay the same.

    The column ``flags`` keeps what it holds and gains one flag a doubtful value, in a fixed order: codes, identifiers,
    measures, completeness, times. Checking a checked batch again changes nothing. A batch without doubts comes back as
    it is, a null ``flags`` included.
    """
    goods, references, route, parties = (
        Elements.of(batch, name) for name in ("goods", "references", "route", "parties")
    )
    complete = complete_messages(batch)
    doubts = Doubts()
    doubt_codes(batch, goods, route, parties, doubts)
    doubt_identifiers(references, parties, doubts)
    doubt_measures(batch, goods, complete, doubts)
    doubt_completeness(batch, goods, complete, doubts)
    doubt_times(batch, doubts)
    return doubts.flagged(batch)
