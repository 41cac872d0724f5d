"""The final format of a row's leaf, its commitment and the chain: docs/reference/audit.md has it byte for byte.

Pure functions of values. A change of one byte here makes every chain ever written unverifiable: it is not changed.
"""

import hashlib
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Final, TypeAlias
from uuid import UUID

import rfc8785

Json: TypeAlias = "bool | int | str | list[Json] | dict[str, Json] | None"

LEAF: Final = b"\x00"
"""Before a leaf, as in RFC 6962 section 2.1; 0x01 is left to the inner nodes of that tree."""
LINK: Final = b"\x02"
"""Before a link of the chain."""
ORIGIN: Final = b"\x03"
"""Before the origin of a chain."""

VERSION: Final = "tidewaiter-audit-1"
SALT_BYTES: Final = 32
LEAF_FIELDS: Final = (
    "actor", "actor_name", "at", "commitment", "id", "object_id", "object_label", "object_type", "office",
    "reason", "request_id", "verb", "version",
)  # fmt: skip
_LARGEST_INTEGER = 2**53 - 1


def plain(value: object) -> Json:
    """Give ``value`` as what canonical JSON can hold, without loss; raises TypeError for what has no one such form.

    Decimals, dates, UUIDs and integers beyond 2**53 become text. Floats are refused: two machines may print one in two
    ways, and money and quantities are Decimals here.
    """
    if isinstance(value, Enum):
        return plain(value.value)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value) if -_LARGEST_INTEGER <= value <= _LARGEST_INTEGER else str(int(value))
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return _text(value)


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, str | Decimal | UUID):
        return str(value)
    raise TypeError(f"a {type(value).__name__} cannot stand in the audit log; give a text, number, date or mapping")


def instant(at: datetime) -> str:
    """Give an aware time in UTC with six decimals and Z: ``2026-11-22T08:30:00.000000Z``."""
    if at.utcoffset() is None:
        raise ValueError("a time without zone cannot stand in the audit log")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def canonical(value: Json) -> bytes:
    """Give the canonical JSON of ``value`` (RFC 8785)."""
    return rfc8785.dumps(value)


def payload(before: Json, after: Json) -> bytes:
    """Give the canonical JSON of what a row commits to."""
    return canonical({"after": after, "before": before})


def commitment(salt: bytes, body: bytes) -> str:
    """Give SHA-256 over the salt and the canonical payload, as 64 hexadecimal digits."""
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes")
    return hashlib.sha256(salt + body).hexdigest()


def leaf_bytes(fields: Mapping[str, str]) -> bytes:
    """Give the leaf of a row: the canonical JSON of exactly ``LEAF_FIELDS``, all of them texts."""
    if set(fields) != set(LEAF_FIELDS):
        raise ValueError(f"a leaf has exactly the fields {', '.join(LEAF_FIELDS)}")
    return canonical(dict(fields))


def leaf_hash(leaf: bytes) -> bytes:
    """Give the leaf hash of RFC 6962 section 2.1: SHA-256(0x00 || leaf)."""
    return hashlib.sha256(LEAF + leaf).digest()


def origin_hash(administration: str) -> str:
    """Give what stands before the first row of an administration's chain."""
    return hashlib.sha256(ORIGIN + canonical({"administration": administration, "version": VERSION})).hexdigest()


def link_hash(previous: str, seq: int, leaf: bytes) -> str:
    """Give the hash of the row at ``seq`` (from 1): SHA-256(0x02 || previous || seq || leaf hash)."""
    return hashlib.sha256(LINK + bytes.fromhex(previous) + seq.to_bytes(8, "big") + leaf_hash(leaf)).hexdigest()
