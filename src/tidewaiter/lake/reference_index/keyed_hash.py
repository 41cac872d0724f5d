"""SipHash-2-4 of whole columns: 64 bits that tell nothing to whoever lacks the key.

Aumasson and Bernstein, "SipHash: a fast short-input PRF" (2012). References are short and guessable, so a hash without
a key would give them away to anyone who tries them all.
"""

import hashlib
import struct
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

__all__ = ["SHORTEST_KEY", "HashKey", "Hashes"]

Hashes = npt.NDArray[np.uint64]

SHORTEST_KEY = 16
_WORD = 8
_INITIAL = (0x736F6D6570736575, 0x646F72616E646F6D, 0x6C7967656E657261, 0x7465646279746573)
_LAST = np.uint64(0xFF)
_MASK = (1 << 64) - 1


class HashKey:
    """The secret of an index. Two purposes of one node's key never meet: what is used here is derived from it."""

    def __init__(self, secret: bytes) -> None:
        """Take a secret of `SHORTEST_KEY` bytes or more. Raises ValueError for a shorter one."""
        if len(secret) < SHORTEST_KEY:
            raise ValueError(f"the key of a reference index has {SHORTEST_KEY} bytes or more, not {len(secret)}")
        derived = hashlib.blake2b(secret, digest_size=32, person=b"tw-references").digest()
        self._key = derived[:16]
        self.check = derived[16:]
        """Sixteen bytes by which an index knows its key again; they tell nothing of it."""

    def hashes(self, column: pa.Array) -> Hashes:
        """Hash texts (string, without nulls) to 64 bits each."""
        return siphash(self._key, column)

    def hash(self, text: str) -> np.uint64:
        """Hash one text, as `hashes` does a column."""
        return np.uint64(_siphash_one(self._key, text.encode()))


@lru_cache(maxsize=1_024)
def _siphash_one(key: bytes, message: bytes) -> int:
    """Hash one message in plain integers: a look-up hashes few, and numpy takes ten times as long to begin.

    Kept, because one look-up asks the index of each run for the same.
    """
    k0, k1 = struct.unpack("<QQ", key)
    v0, v1, v2, v3 = k0 ^ _INITIAL[0], k1 ^ _INITIAL[1], k0 ^ _INITIAL[2], k1 ^ _INITIAL[3]
    padded = message + bytes(_WORD - 1 - len(message) % _WORD) + bytes([len(message) & 0xFF])
    for (word,) in struct.iter_unpack("<Q", padded):
        v0, v1, v2, v3 = _rounds(2, v0, v1, v2, v3 ^ word)
        v0 ^= word
    v0, v1, v2, v3 = _rounds(4, v0, v1, v2 ^ int(_LAST), v3)
    return v0 ^ v1 ^ v2 ^ v3


def _rounds(count: int, v0: int, v1: int, v2: int, v3: int) -> tuple[int, int, int, int]:
    for _ in range(count):
        v0 = (v0 + v1) & _MASK
        v1 = ((v1 << 13 | v1 >> 51) & _MASK) ^ v0
        v0 = (v0 << 32 | v0 >> 32) & _MASK
        v2 = (v2 + v3) & _MASK
        v3 = ((v3 << 16 | v3 >> 48) & _MASK) ^ v2
        v0 = (v0 + v3) & _MASK
        v3 = ((v3 << 21 | v3 >> 43) & _MASK) ^ v0
        v2 = (v2 + v1) & _MASK
        v1 = ((v1 << 17 | v1 >> 47) & _MASK) ^ v2
        v2 = (v2 << 32 | v2 >> 32) & _MASK
    return v0, v1, v2, v3


def siphash(key: bytes, column: pa.Array) -> Hashes:
    """Work out SipHash-2-4 with a key of 16 bytes for each text or binary value of a column without nulls."""
    found = np.empty(len(column), np.uint64)
    if found.size == 0:
        return found
    data, offsets = _parts(column.cast(pa.large_binary()))
    lengths = np.diff(offsets)
    words = lengths // _WORD + 1
    order = np.argsort(words, kind="stable")
    edges = np.flatnonzero(np.r_[True, np.diff(words[order]) > 0, True])
    for start, end in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        rows = order[start:end]
        found[rows] = _siphash_alike(key, _blocks(data, offsets[rows], lengths[rows], int(words[rows[0]])))
    return found


def _parts(column: pa.Array) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
    _, offsets, data = column.buffers()
    starts = np.frombuffer(offsets, np.int64)[column.offset : column.offset + len(column) + 1]
    return np.frombuffer(data, np.uint8) if data is not None else np.empty(0, np.uint8), starts


def _blocks(data: npt.NDArray[np.uint8], starts: Any, lengths: Any, words: int) -> Hashes:
    """Lay texts of alike length out in words of 8 bytes; the last one ends with the length, as SipHash wants it."""
    size = words * _WORD
    column = np.arange(size)
    # The mask takes out what lies beyond a text; clipping keeps the last text within the buffer.
    places = np.minimum(starts[:, None] + column, max(data.size - 1, 0))
    laid = np.where(column < lengths[:, None], data[places] if data.size else np.uint8(0), np.uint8(0))
    laid[:, -1] = lengths & 0xFF
    return np.ascontiguousarray(laid, np.uint8).view("<u8").T


def _siphash_alike(key: bytes, blocks: Hashes) -> Hashes:
    halves = np.frombuffer(key, "<u8")
    state = [np.full(blocks.shape[1], np.uint64(_INITIAL[i]) ^ halves[i % 2], np.uint64) for i in range(4)]
    for word in blocks:
        state[3] ^= word
        _round(state)
        _round(state)
        state[0] ^= word
    state[2] ^= _LAST
    for _ in range(4):
        _round(state)
    return state[0] ^ state[1] ^ state[2] ^ state[3]


def _round(state: list[Hashes]) -> None:
    v0, v1, v2, v3 = state
    v0 += v1
    v1 = _rotated(v1, 13) ^ v0
    v0 = _rotated(v0, 32)
    v2 += v3
    v3 = _rotated(v3, 16) ^ v2
    v0 += v3
    v3 = _rotated(v3, 21) ^ v0
    v2 += v1
    v1 = _rotated(v1, 17) ^ v2
    v2 = _rotated(v2, 32)
    state[:] = v0, v1, v2, v3


def _rotated(word: Hashes, bits: int) -> Hashes:
    return (word << np.uint64(bits)) | (word >> np.uint64(64 - bits))
