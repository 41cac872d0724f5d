"""Which app takes which kind of object from neighbours, and which is told what became of ours.

from tidewaiter.node.partners import inbox

inbox.register("tip", take)             # in AppConfig.ready: take(arrived) for each new version of a tip
inbox.on_receipt("tip", reached)        # reached(told) for each receipt about a tip of ours
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tidewaiter.exchange.objects import Exchanged
from tidewaiter.exchange.objects import Receipt as ReceiptObject
from tidewaiter.exchange.releasability import Arrival
from tidewaiter.node.partners.models import Delivery, InboxObject, Peer, Receipt


@dataclass(frozen=True, slots=True)
class Arrived:
    """A version of an object from ``peer`` that is new here. ``arrival`` is NEW, LATER or EARLIER (history only)."""

    peer: Peer
    told: Exchanged
    plain: dict[str, Any]
    row: InboxObject
    arrival: Arrival


@dataclass(frozen=True, slots=True)
class Reached:
    """A receipt of ``peer`` about an object of ours: the delivery after it, the stored receipt, and what it said."""

    peer: Peer
    delivery: Delivery
    receipt: Receipt
    told: ReceiptObject


Handler = Callable[[Arrived], None]
"""Works inside the transaction that stores the object, and may run again after a failure. It raises the exchange's
Refused for what is not to be taken; that goes back to the sender as a receipt."""
Listener = Callable[[Reached], None]

_handlers: dict[str, Handler] = {}
_listeners: dict[str, Listener] = {}


def register(kind: str, handler: Handler) -> None:
    """Give objects of ``kind`` to ``handler``; registering it again replaces it."""
    _handlers[kind] = handler


def on_receipt(kind: str, listener: Listener) -> None:
    """Tell ``listener`` of receipts about objects of ``kind``; registering it again replaces it."""
    _listeners[kind] = listener


def handler_of(kind: str) -> Handler | None:
    """Who takes objects of ``kind``; None where nobody does."""
    return _handlers.get(kind)


def tell(kind: str, reached: Reached) -> None:
    """Tell whoever listens for receipts about ``kind``."""
    if (listener := _listeners.get(kind)) is not None:
        listener(reached)
