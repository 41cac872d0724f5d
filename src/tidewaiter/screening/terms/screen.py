"""Hold the descriptions and declared brands of goods against a list of terms."""

import pyarrow as pa

from tidewaiter.domain.vocabulary import HitKind
from tidewaiter.schemas.nested import children, ordinal
from tidewaiter.screening.terms.compiled import Terms
from tidewaiter.screening.terms.found import Found, best, hit_batch

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
    found = []
    for name in _FIELDS:
        for term, item, start, end, manner, words in terms.find(goods.field(name)):
            number = int(numbers[item])
            found.append(
                Found(
                    row=int(rows[item]),
                    element=number,
                    field=f"goods[{number}].{name}",
                    rule=term.term_id,
                    start=start,
                    end=end,
                    text=words,
                    manner=manner,
                    mandatory=term.mandatory,
                    priority=term.priority,
                    channel=term.channel,
                )
            )
    return hit_batch(batch, HitKind.TERM, best(found))
