"""The bytes of leaf, commitment and chain, which may never change: other administrations hold hashes of them."""

import hashlib
import json
import re
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.node.audit import leaf

REFERENCE = Path(__file__).parents[3] / "docs/reference/audit.md"

FIELDS = {
    "actor": "6b0c5f9e-58a2-4c0e-9a3e-0d7e6a1c2b3d",
    "actor_name": "lam.w",
    "at": "2026-11-22T08:30:00.000000Z",
    "commitment": leaf.commitment(bytes(range(32)), b'{"after":{"state":"taken"},"before":{"state":"waiting"}}'),
    "id": "17",
    "object_id": "0f8fad5b-d9cb-469f-a165-70867728950e",
    "object_label": "HAWB 7714 0926 335",
    "object_type": "targeting.selectedconsignment",
    "office": "HK-AIR",
    "reason": "現場查驗",
    "request_id": "5f0c",
    "verb": "targeting.taken",
    "version": "tidewaiter-audit-1",
}
LEAF_HASH = "93b49fcf826c01e90c6b4d754069fef1a1bfec7b40c33bd2c4efa6bac792e9ee"
ORIGIN = "3127068bb0b3dcaef3a58119c7e22980e40abd2f1f45f868d09c7ffc468670b5"
LINK = "4ad7813eebc2156112420a03ea8bcb8794f620027cc61f70744cacf9c2bca03d"


def test_the_example_keeps_its_bytes() -> None:
    bytes_of_leaf = leaf.leaf_bytes(FIELDS)
    assert bytes_of_leaf == json.dumps(FIELDS, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    assert leaf.leaf_hash(bytes_of_leaf).hex() == LEAF_HASH == hashlib.sha256(b"\x00" + bytes_of_leaf).hexdigest()
    assert leaf.origin_hash("HK") == ORIGIN
    assert leaf.link_hash(ORIGIN, 1, bytes_of_leaf) == LINK
    by_hand = b"\x02" + bytes.fromhex(ORIGIN) + (1).to_bytes(8, "big") + bytes.fromhex(LEAF_HASH)
    assert hashlib.sha256(by_hand).hexdigest() == LINK


def test_the_reference_shows_the_same_example() -> None:
    text = REFERENCE.read_text(encoding="utf-8")
    assert leaf.leaf_bytes(FIELDS).decode() in text
    for known in (LEAF_HASH, ORIGIN, LINK, FIELDS["commitment"]):
        assert known in text
    assert set(re.findall(r"^\| `(\w+)` \|", text, flags=re.MULTILINE)) == set(leaf.LEAF_FIELDS)


@pytest.mark.parametrize("name", leaf.LEAF_FIELDS)
def test_each_field_counts(name: str) -> None:
    assert leaf.leaf_bytes(FIELDS | {name: FIELDS[name] + "x"}) != leaf.leaf_bytes(FIELDS)
    with pytest.raises(ValueError, match="exactly the fields"):
        leaf.leaf_bytes({key: value for key, value in FIELDS.items() if key != name})


def test_a_time_is_written_in_one_way() -> None:
    hong_kong = datetime(2026, 11, 22, 16, 30, tzinfo=timezone(timedelta(hours=8)))
    assert leaf.instant(hong_kong) == leaf.instant(datetime(2026, 11, 22, 8, 30, tzinfo=UTC)) == FIELDS["at"]
    with pytest.raises(ValueError, match="zone"):
        leaf.instant(datetime(2026, 11, 22))


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.decimals() | st.dates() | st.uuids(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


@given(values)
def test_what_is_kept_is_canonical_and_comes_back(value: object) -> None:
    kept = leaf.plain(value)
    body = leaf.canonical(kept)
    assert json.loads(body) == kept
    assert rfc8785.dumps(json.loads(body)) == body


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=50), st.binary(min_size=32, max_size=32))
def test_another_salt_gives_another_commitment(salt: bytes, body: bytes, other: bytes) -> None:
    assert (leaf.commitment(salt, body) == leaf.commitment(other, body)) == (salt == other)
