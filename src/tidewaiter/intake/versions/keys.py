"""Keys by which the messages of one declaration find each other in a large lake."""

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from tidewaiter.domain.vocabulary import ReferenceType
from tidewaiter.schemas.nested import children

__all__ = ["KEY", "NAMING", "keys"]

NAMING = (ReferenceType.DECLARATION_NUMBER.value, ReferenceType.FUNCTIONAL_REFERENCE.value)
"""Types of reference that name a declaration."""

KEY = pa.schema(
    [
        pa.field("message_id", pa.string(), nullable=False),
        pa.field("key", pa.uint64(), nullable=False),
    ]
)
_NAMING = pa.array(NAMING)


def keys(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Give the keys of the messages in a batch of ``schemas.CONSIGNMENT``: one row for each message and key.

    A key is a hash of administration, type and value of a declaration number or functional reference. Messages without
    either have none. Declarants are left out: an amendment often does not name its own, so that two of them who use the
    same reference meet here, and `resolve` tells them apart. Hashes compare within one run: another release of Polars
    may hash otherwise.
    """
    row, references = children(batch, "references")
    kinds = references.field("type")
    naming = pc.indices_nonzero(pc.is_in(kinds, value_set=_NAMING))
    rows = pa.array(row).take(naming)
    text = pc.binary_join_element_wise(
        batch.column("administration").take(rows), kinds.take(naming), references.field("value").take(naming), "\x1f"
    )
    hashes = pl.Series("key", text, dtype=pl.String).hash() if len(text) else pl.Series("key", [], dtype=pl.UInt64)
    return pa.RecordBatch.from_arrays(
        [batch.column("message_id").take(rows), pa.array(hashes.to_numpy(), pa.uint64())], schema=KEY
    )
