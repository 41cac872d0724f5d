"""Keys by which the messages of one declaration find each other in a large lake.

A key is a hash of one name that a message bears: its consignment id, a declaration number, a functional reference. The
three lowest bits are not part of the hash: they say in which way the message bears the name, so that the names of most
messages can be compared without reading them. Where two names have one hash, messages meet that have nothing to do with
each other; their content tells. Hashes compare within one run: another release of Polars may hash otherwise.
"""

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from tidewaiter.domain.vocabulary import ReferenceType
from tidewaiter.intake.identity import DIGEST_CHARACTERS, source_digest
from tidewaiter.schemas.nested import children

__all__ = ["AS_ID", "AS_NUMBER", "AS_REFERENCE", "KEY", "NAMING", "WAYS", "hashes", "keys", "names_of"]

NAMING = (ReferenceType.DECLARATION_NUMBER.value, ReferenceType.FUNCTIONAL_REFERENCE.value)
"""Types of reference that name a declaration."""

KEY = pa.schema(
    [
        pa.field("message_id", pa.string(), nullable=False),
        pa.field("key", pa.uint64(), nullable=False),
    ]
)
AS_ID = np.uint64(1)
"""Bit of a key: the name is the consignment id of the message."""
AS_NUMBER = np.uint64(2)
"""Bit of a key: the name is the declaration number of the message."""
AS_REFERENCE = np.uint64(4)
"""Bit of a key: the name is a functional reference of the message. A key without a bit is there to meet others only."""
WAYS = AS_ID | AS_NUMBER | AS_REFERENCE
_COUNTED = r"(~[0-9]+)+$"

Hashes = npt.NDArray[np.uint64]
Rows = npt.NDArray[np.int64]


def names_of(key: Hashes) -> Hashes:
    """Give the names that keys stand for: keys that are equal but for the way in which the name is borne."""
    return key & ~WAYS


def hashes(text: pa.Array) -> Hashes:
    """Hash texts, none of them null, to 64 bits."""
    if len(text) == 0:
        return np.empty(0, dtype=np.uint64)
    return pl.Series(pl.from_arrow(text)).hash().to_numpy()


def keys(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Give the keys of the messages in a batch of ``schemas.CONSIGNMENT``: one row for each message and key.

    Every message has at least one, that of its consignment id. A declaration number counts as the id that is made of
    it, so that it meets an id that was given. Functional references are keyed within their administration; declarants
    are left out, because an amendment often does not name its own: two who use the same reference meet here, and
    `resolve` tells them apart. An id that ends in a count (``~2``) has the key of the id without it too, and a message
    id that the input gave has one, so that neither is given away twice.
    """
    ids = batch.column("consignment_id")
    own = names_of(hashes(ids)) | AS_ID
    numbered, number = _references(batch, ReferenceType.DECLARATION_NUMBER, ":")
    referring, reference = _references(batch, ReferenceType.FUNCTIONAL_REFERENCE, "\x1ffunctional_reference\x1f")
    known = names_of(own[numbered]) == number
    own[numbered[known]] |= AS_NUMBER
    found = [
        (np.arange(batch.num_rows), own),
        (numbered[~known], number[~known] | AS_NUMBER),
        (referring, reference | AS_REFERENCE),
        _without_count(ids),
        _given_message_ids(batch),
    ]
    rows = np.concatenate([row for row, _ in found])
    key = np.concatenate([key for _, key in found])
    # A message may repeat a reference.
    new = np.concatenate([[True], (rows[1:] != rows[:-1]) | (key[1:] != key[:-1])]) if rows.size else slice(None)
    messages = batch.column("message_id").take(pa.array(rows[new]))
    return pa.RecordBatch.from_arrays([messages, pa.array(key[new])], schema=KEY)


def _references(batch: pa.RecordBatch, kind: ReferenceType, between: str) -> tuple[Rows, Hashes]:
    row, references = children(batch, "references")
    rows = row[np.asarray(pc.equal(references.field("type"), kind.value).to_numpy(zero_copy_only=False))]
    values = references.field("value").filter(pc.equal(references.field("type"), kind.value))
    text = pc.binary_join_element_wise(batch.column("administration").take(pa.array(rows)), values, between)
    return rows, names_of(hashes(text))


def _without_count(ids: pa.Array) -> tuple[Rows, Hashes]:
    rows = np.flatnonzero(pc.match_substring(ids, "~").to_numpy(zero_copy_only=False))
    if rows.size == 0:
        return rows, np.empty(0, dtype=np.uint64)
    given = ids.take(pa.array(rows))
    bare = pc.replace_substring_regex(given, _COUNTED, "")
    counted = np.asarray(pc.not_equal(bare, given).to_numpy(zero_copy_only=False))
    return rows[counted], names_of(hashes(bare.filter(pa.array(counted))))


def _given_message_ids(batch: pa.RecordBatch) -> tuple[Rows, Hashes]:
    """Messages whose id does not start with the digest of their source, as `identity.message_id` makes it."""
    ids = batch.column("message_id")
    files = batch.column("source_file").dictionary_encode()
    digests = pa.array([f"{source_digest(name)}-" for name in files.dictionary.to_pylist()], pa.string())
    starts = pc.binary_slice(ids.cast(pa.binary()), 0, DIGEST_CHARACTERS + 1)
    own = pc.equal(starts, digests.take(files.indices).cast(pa.binary()))
    rows = np.flatnonzero(~np.asarray(own.to_numpy(zero_copy_only=False)))
    text = pc.binary_join_element_wise("", ids.take(pa.array(rows)), "\x1fmessage\x1f")
    return rows, names_of(hashes(text))
