"""What the pages of lanes show, and what other apps ask about their objects."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tidewaiter.node.accounts.models import Person
from tidewaiter.node.partners import policies
from tidewaiter.node.partners.models import Delivery, InboxObject, Peer, Receipt


@dataclass(frozen=True, slots=True)
class LaneState:
    """One lane as a page shows it."""

    peer: Peer
    connected: bool
    waiting: int
    aside: int
    oldest: datetime | None
    may_steer: bool


def lanes(person: Person) -> list[LaneState]:
    """The lanes that a person sees."""
    depths = Delivery.objects.visible_to(person).depths()
    may = policies.peers.may(person, "stop", person)
    found = []
    for peer in Peer.objects.visible_to(person).select_related("stopped_by"):
        waiting, aside, oldest = depths.get(peer.pk, (0, 0, None))
        found.append(LaneState(peer, peer.is_active and peer.failures == 0, waiting, aside, oldest, may))
    return found


def put_aside(person: Person) -> list[Delivery]:
    """What was set aside in lanes that the person sees, newest first."""
    found = Delivery.objects.visible_to(person).filter(state=Delivery.State.SET_ASIDE)
    return list(found.select_related("outbox", "peer").order_by("-id")[:100])


def latest(person: Person) -> list[Delivery]:
    """The last deliveries in lanes that the person sees."""
    return list(Delivery.objects.visible_to(person).select_related("outbox", "peer").order_by("-id")[:50])


def not_applied(person: Person) -> list[InboxObject]:
    """Objects of neighbours that could not be applied for a fault of ours, for who sees lanes."""
    if not policies.peers.may(person, "list"):
        return []
    states = (InboxObject.State.PENDING, InboxObject.State.SET_ASIDE)
    return list(InboxObject.objects.filter(state__in=states).select_related("peer").order_by("-id")[:100])


def receipts_of(delivery: Delivery) -> list[Receipt]:
    """What the neighbour said of this version of the object, in the order of its receipts."""
    found = Receipt.objects.filter(
        direction=Receipt.Direction.CAME, peer=delivery.peer_id, object_id=delivery.object_id
    )
    return [one for one in found if one.object_modified in (None, delivery.outbox.modified)]


def delivery_of(object_id: str, peer: str) -> Delivery | None:
    """The delivery of the latest version of an object to a neighbour; None where it never was to go there."""
    found = Delivery.objects.filter(object_id=object_id, peer=peer).select_related("outbox", "peer")
    return found.order_by("-id").first()


def undelivered() -> list[Delivery]:
    """Everything that a neighbour has neither stored nor refused: must be empty at the end of an operation."""
    return list(Delivery.objects.undelivered().select_related("outbox").order_by("id"))


def in_words(delivery: Delivery) -> dict[str, Any]:
    """A delivery for tests and reports: codes and moments."""
    return {
        "object": delivery.object_id,
        "kind": delivery.outbox.kind,
        "peer": delivery.peer_id,
        "state": delivery.state,
        "rung": delivery.rung,
        "attempts": delivery.attempts,
        "queued_at": delivery.queued_at,
        "settled_at": delivery.settled_at,
    }
