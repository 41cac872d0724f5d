"""Identifiers: random for what is made once, worked out for what everybody must name alike."""

import hashlib
from typing import Annotated
from uuid import UUID, uuid4

from tidewaiter.exchange.objects.wire import Line, Text

_SPACE = UUID("3148eb11-58fe-4385-bfd3-c2f9b1ad960e")
"""The name space of this vocabulary. It never changes: every worked-out identifier hangs on it."""
_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"

ObjectId = Annotated[str, Text(120, rf"^[a-z][a-z0-9-]{{0,60}}--{_UUID}$")]
IdentityId = Annotated[str, Text(60, rf"^identity--{_UUID}$")]
OperationId = Annotated[str, Text(60, rf"^grouping--{_UUID}$")]
SnapshotId = Annotated[str, Text(60, rf"^report--{_UUID}$")]
AdministrationCode = Annotated[str, Text(6, r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$")]
Code = Annotated[str, Text(64, r"^[A-Za-z0-9][A-Za-z0-9._/+:-]*$")]
"""A code of an office, a focus lane, a category, a region…"""
TipNumber = Annotated[str, Text(28, r"^[A-Z0-9]{1,8}-[A-Z0-9]{1,8}-[0-9]{1,9}$")]
"""A number of the series of two administrations, sender first: GD-HK-0931."""
Digest = Annotated[str, Text(64, r"^[0-9a-f]{64}$")]
Short = Annotated[str, Line]
Paragraph = Annotated[str, Text(4_000)]


def new_id(stix_type: str, key: UUID | None = None) -> str:
    """An identifier of that STIX type: of the record's own UUID where it has one, else a random one."""
    return f"{stix_type}--{key or uuid4()}"


def uuid_of(identifier: str) -> UUID:
    """The UUID in an identifier: the node keeps it as the record's key."""
    return UUID(identifier.partition("--")[2])


def identity_of(administration: str) -> str:
    """The identifier of an administration, worked out from its code (``CN-GD``), so that all nodes name it alike.

    It has the form of a UUIDv4, since STIX 2.1 section 2.9 wants that form of all but observables.
    """
    named = hashlib.sha256(_SPACE.bytes + f"administration:{administration}".encode()).digest()
    return f"identity--{UUID(bytes=named[:16], version=4)}"
