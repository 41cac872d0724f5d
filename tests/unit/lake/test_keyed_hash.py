"""The keyed hash is SipHash-2-4, for whole columns."""

import struct

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.lake.reference_index.keyed_hash import HashKey, siphash

MASK = (1 << 64) - 1


def plain_siphash(key: bytes, message: bytes) -> int:
    """SipHash-2-4 of one message, as the paper defines it."""
    k0, k1 = struct.unpack("<QQ", key)
    v = [k0 ^ 0x736F6D6570736575, k1 ^ 0x646F72616E646F6D, k0 ^ 0x6C7967656E657261, k1 ^ 0x7465646279746573]

    def rotated(word: int, bits: int) -> int:
        return ((word << bits) | (word >> (64 - bits))) & MASK

    def step() -> None:
        for a, b, first, second in ((0, 1, 13, 32), (2, 3, 16, 0), (0, 3, 21, 0), (2, 1, 17, 32)):
            v[a] = (v[a] + v[b]) & MASK
            v[b] = rotated(v[b], first) ^ v[a]
            v[a] = rotated(v[a], second) if second else v[a]

    padded = message + bytes(7 - len(message) % 8) + bytes([len(message) & 0xFF])
    for (word,) in struct.iter_unpack("<Q", padded):
        v[3] ^= word
        step()
        step()
        v[0] ^= word
    v[2] ^= 0xFF
    for _ in range(4):
        step()
    return v[0] ^ v[1] ^ v[2] ^ v[3]


def test_the_example_of_the_paper() -> None:
    found = siphash(bytes(range(16)), pa.array([bytes(range(15))], pa.binary()))
    assert found.tolist() == [0xA129CA6149BE45E5]


@given(
    messages=st.lists(st.binary(max_size=40) | st.binary(min_size=250, max_size=270)),
    key=st.binary(min_size=16, max_size=16),
)
def test_a_column_is_hashed_as_each_of_its_values(messages: list[bytes], key: bytes) -> None:
    column = pa.array([b"before", *messages], pa.binary()).slice(1)
    assert siphash(key, column).tolist() == [plain_siphash(key, message) for message in messages]


def test_another_key_gives_other_hashes() -> None:
    one, other = HashKey(b"0123456789abcdef"), HashKey(b"0123456789abcdeg")
    assert one.hash("tw1") != other.hash("tw1")
    assert one.check != other.check


@given(text=st.text(max_size=40), secret=st.binary(min_size=16, max_size=40))
def test_one_text_is_hashed_as_in_a_column(text: str, secret: bytes) -> None:
    key = HashKey(secret)
    assert key.hash(text) == key.hashes(pa.array([text], pa.string()))[0]
