"""The collections of a node: an inbox for each neighbour, named alike on both sides without asking."""

import hashlib
from uuid import UUID

ROOT = "exchange"
"""The one API root of a node."""


def inbox_of(receiver: str, sender: str) -> str:
    """The identifier of the collection in which ``receiver`` takes objects from ``sender`` (codes of administrations).

    Worked out, so that nothing has to be agreed on; since it names both, what is signed for one inbox fits no other.
    """
    named = hashlib.sha256(f"tidewaiter inbox {receiver} from {sender}".encode()).digest()
    return str(UUID(bytes=named[:16], version=4))


RECEIPTS = "x_customs_receipts"
"""The property of a TAXII status in which our signed receipts travel: an envelope with its seal."""
