"""Past controls of a day's consignments, with what they found.

About one in a hundred is controlled. Officers are better than chance: a consignment of a scheme that they may know is
controlled more often. Detection fails one time in ten, a find turns out genuine now and then, results come late.
"""

from datetime import date

import numpy as np
import pyarrow as pa

from tidewaiter.domain.vocabulary import ControlChannel, Finding
from tidewaiter.schemas import INSPECTION
from tidewaiter.simulation.calendar import DAY_US
from tidewaiter.simulation.catalogue import CATEGORIES, CATEGORY_OF
from tidewaiter.simulation.columns import pool, take
from tidewaiter.simulation.draft import NOTHING, Draft
from tidewaiter.simulation.schemes.family import Scheme
from tidewaiter.simulation.seeds import stream

SHARE = 0.01
LIFT = 6.0
"""How much more often a consignment of a known family is controlled. Unseen families are controlled at random."""
DETECTION = (0.95, 0.9, 0.85)
"""Chance that a control finds what is there, by difficulty."""
FALSE_FIND = 0.01
NOT_INSPECTABLE = 0.02
LONGEST_DELAY_DAYS = 21
_FINDINGS = (Finding.NO_FIND, Finding.FIND, Finding.NOT_INSPECTABLE)
_UNSAFE = np.isin(CATEGORIES, ["electronics", "cosmetics", "toys", "hardware", "tobacco"])


def inspect(
    draft: Draft, consignments: pa.RecordBatch, schemes: tuple[Scheme, ...], seed: int, day: date
) -> pa.RecordBatch:
    """Write the controls of the originals of a day (`schemas.INSPECTION`)."""
    rng = stream(seed, draft.day, "inspections")
    scheme = draft.truth.scheme
    infringing = scheme != NOTHING
    known = np.array([s.split != "unseen" for s in schemes] or [False])[np.maximum(scheme, 0)] & infringing
    chosen = np.flatnonzero(rng.random(draft.rows) < SHARE * np.where(known, LIFT, 1.0))
    size = len(chosen)
    difficulty = np.array([s.difficulty for s in schemes] or [1])[np.maximum(scheme[chosen], 0)]
    chance = np.where(infringing[chosen], np.array(DETECTION)[difficulty - 1], FALSE_FIND)
    finding = (rng.random(size) < chance).astype(int)
    finding[rng.random(size) < NOT_INSPECTABLE] = 2
    unsafe = _UNSAFE[CATEGORY_OF[draft.product[draft.first_item()[chosen]]]]
    delay = (rng.beta(1, 3, size) * LONGEST_DELAY_DAYS * DAY_US).astype(np.int64)
    rows = pa.array(chosen)
    columns = [
        consignments.column("consignment_id").take(rows),
        consignments.column("administration").take(rows),
        consignments.column("office").take(rows),
        pa.array(draft.presented[chosen] + delay, pa.timestamp("us", tz="UTC")),
        take(pool([str(one) for one in ControlChannel]), rng.choice(3, size, p=[0.15, 0.35, 0.5])),
        take(pool([str(one) for one in _FINDINGS]), finding),
        take(pool(["ordinary", "critical"]), unsafe.astype(int), finding != 1),
        pa.repeat(pa.scalar(f"inspections/day={day.isoformat()}/part-0.parquet"), size),
        pa.compute.cast(pa.array(np.arange(1, size + 1)), pa.string()),
        pa.array(np.ones(size, bool)),
    ]
    return pa.RecordBatch.from_arrays(columns, schema=INSPECTION)
