"""The tables of exchange: neighbours, outbox and lanes, inbox, receipts."""

from tidewaiter.node.partners.models.inbox import InboxBatch, InboxObject, RecalledObject, SeenRequest
from tidewaiter.node.partners.models.outbox import Delivery, OutboxObject
from tidewaiter.node.partners.models.peers import Peer, PeerAgreement, PeerKey
from tidewaiter.node.partners.models.receipts import Receipt

__all__ = [
    "Delivery",
    "InboxBatch",
    "InboxObject",
    "OutboxObject",
    "Peer",
    "PeerAgreement",
    "PeerKey",
    "RecalledObject",
    "Receipt",
    "SeenRequest",
]
