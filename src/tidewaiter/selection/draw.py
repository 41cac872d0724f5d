"""The seeded draw: one number in [0, 1) for each consignment, the same on every machine, in every order and batch.

The number is a hash of the seed and the consignment's id, so that a consignment can be drawn without knowing the
others. It is written out here because the hashes of libraries may change from one release to the next.

The mixing step is the finaliser of SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators",
OOPSLA 2014). It is not a cipher: whoever knows the seed can work out draws beforehand. Keep the seed of a day closed
until its declarations are in.
"""

from hashlib import blake2b

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_STEP = 8
_LONG = 128
"""Longer ids, in bytes, are replaced by a digest, so that one of them cannot cost a pass over all rows."""
_BLOCK = 32_768
"""Rows at a time: the working arrays of a block stay in the processor's cache."""
_KEPT = np.array([(1 << (8 * length)) - 1 for length in range(_STEP + 1)], dtype=np.uint64)
"""The mask that keeps so many of the eight bytes of a word."""

Words = npt.NDArray[np.uint64]


def draws(seed: int, ids: pa.Array | pa.ChunkedArray) -> npt.NDArray[np.float64]:
    """Draw a number in [0, 1) for each id: 53 uniform bits, given by ``seed`` and the id's UTF-8 bytes alone.

    ``ids`` holds strings, ``seed`` is any integer from 0 to 2**64 - 1. Raises ValueError for another seed or a null id,
    TypeError for ids that are not strings.
    """
    if not 0 <= seed < 1 << 64:
        raise ValueError(f"the seed of a draw is a whole number from 0 to 2**64 - 1, not {seed}")
    if not _is_text(ids.type):
        raise TypeError(f"a draw needs ids that are strings, not {ids.type}")
    if ids.null_count:
        raise ValueError(f"{ids.null_count} of {len(ids)} ids are null; every consignment needs an id to be drawn")
    chunks = ids.chunks if isinstance(ids, pa.ChunkedArray) else [ids]
    found = np.empty(len(ids), dtype=np.float64)
    start = 0
    for chunk in chunks:
        for offset in range(0, len(chunk), _BLOCK):
            block = chunk.slice(offset, _BLOCK)
            found[start : start + len(block)] = _block(seed, block)
            start += len(block)
    return found


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def _block(seed: int, ids: pa.Array) -> npt.NDArray[np.float64]:
    offsets, data = _bytes(ids)
    starts, lengths = offsets[:-1], np.diff(offsets)
    state = _mix(lengths.astype(np.uint64) * _GOLDEN ^ _mixed_seed(seed))
    long = np.flatnonzero(lengths > _LONG)
    if long.size:
        starts, lengths, data = _digested(starts, lengths, data, long)
    # A word may begin at any byte: the view reads eight bytes from each, and the padding lets the last one do so.
    words: Words = np.ndarray((data.size - _STEP + 1,), dtype="<u8", buffer=data, strides=(1,))
    rows: npt.NDArray[np.int64] | slice = slice(None)
    for read in range(0, int(lengths.max(initial=0)), _STEP):
        left = lengths - read
        if left.min() <= 0:
            rows = np.flatnonzero(left > 0)
            left = left[rows]
        word = words[starts[rows] + read] & _KEPT[np.minimum(left, _STEP)]
        state[rows] = _mix((state[rows] + _GOLDEN) ^ word)
    return (state >> np.uint64(11)).astype(np.float64) * 2.0**-53


def _mixed_seed(seed: int) -> np.uint64:
    """Spread the seed, so that neighbouring seeds have nothing in common."""
    return np.uint64(_mix(np.array([seed], dtype=np.uint64) + _GOLDEN)[0])


def _mix(value: Words) -> Words:
    """SplitMix64's finaliser: a permutation of the 64-bit words in which each bit depends on all others."""
    value = (value ^ (value >> np.uint64(30))) * _MIX_1
    value = (value ^ (value >> np.uint64(27))) * _MIX_2
    return value ^ (value >> np.uint64(31))


def _bytes(ids: pa.Array) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.uint8]]:
    """The strings' offsets from 0 and their bytes, padded by a word."""
    wide = ids if pa.types.is_large_string(ids.type) else pc.cast(ids, pa.large_string())
    _, offsets, data = wide.buffers()
    all_offsets = np.frombuffer(offsets, dtype=np.int64)[wide.offset : wide.offset + len(wide) + 1]
    padded = np.zeros(int(all_offsets[-1] - all_offsets[0]) + _STEP, dtype=np.uint8)
    if data is not None:
        padded[:-_STEP] = np.frombuffer(data, dtype=np.uint8)[all_offsets[0] : all_offsets[-1]]
    return all_offsets - all_offsets[0], padded


def _digested(
    starts: npt.NDArray[np.int64],
    lengths: npt.NDArray[np.int64],
    data: npt.NDArray[np.uint8],
    rows: npt.NDArray[np.int64],
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.uint8]]:
    """Let the ids of ``rows`` be read as their BLAKE2b digests of 16 bytes, which are put behind the other bytes."""
    size = 16
    digests = b"".join(
        blake2b(data[starts[row] : starts[row] + lengths[row]].tobytes(), digest_size=size).digest() for row in rows
    )
    starts, lengths = starts.copy(), lengths.copy()
    starts[rows] = data.size + size * np.arange(rows.size)
    lengths[rows] = size
    more = np.frombuffer(digests + bytes(_STEP), dtype=np.uint8)
    return starts, lengths, np.concatenate([data, more])
