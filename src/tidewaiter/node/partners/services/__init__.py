"""Writing: keys and neighbours, the outbox, what is answered, what comes in."""

from tidewaiter.node.partners.services.keys import ensure_own_key, own_public_key
from tidewaiter.node.partners.services.lanes import resume, send_again, stop, withdraw
from tidewaiter.node.partners.services.outbox import NotReleasable, publish
from tidewaiter.node.partners.services.peers import add_agreement, add_key, add_peer, revoke_key
from tidewaiter.node.partners.services.receipts import send_receipt

__all__ = [
    "NotReleasable",
    "add_agreement",
    "add_key",
    "add_peer",
    "ensure_own_key",
    "own_public_key",
    "publish",
    "resume",
    "revoke_key",
    "send_again",
    "send_receipt",
    "stop",
    "withdraw",
]
