"""Hold the descriptions and declared brands of goods against a list of terms."""

import pyarrow as pa

from tidewaiter.domain.vocabulary import HitKind
from tidewaiter.schemas.nested import children, ordinal
from tidewaiter.screening.lists.hits import Finds, hit_batch
from tidewaiter.screening.terms.compiled import Terms

_FIELDS = ("description", "brand")


def screen_terms(batch: pa.RecordBatch, terms: Terms) -> pa.RecordBatch:
    """Find terms in ``goods[].description`` and ``goods[].brand``.

    Takes a batch of `schemas.CONSIGNMENT` (the columns ``message_id`` and ``goods`` are enough), gives one of
    `schemas.HIT`: one row for each message, field and term, sorted by the order of messages, field and term.
    ``manner`` is the strictest that explains the hit: ``exact``; ``folded`` (width, case, diacritics, traditional and
    simplified); ``spaced`` (other marks between the letters); ``look_alike``. ``start`` and ``end`` count characters
    of the field as declared.
    """
    rows, goods = children(batch, "goods")
    numbers = ordinal(rows)
    finds = []
    for name in _FIELDS:
        found = terms.find_all(goods.field(name))
        met = terms.columns.take(pa.array(found.term))
        finds.append(
            Finds(
                column="goods",
                field=name,
                row=rows[found.row],
                element=numbers[found.row],
                rule=met.column("term_id"),
                start=found.start,
                end=found.end,
                text=found.words,
                manner=found.manner,
                mandatory=met.column("mandatory"),
                priority=met.column("priority"),
                channel=met.column("channel"),
            )
        )
    return hit_batch(batch, HitKind.TERM, finds)
