"""Counting what came of it, from this node's own records."""

from tidewaiter.node.partners.models import Delivery, InboxBatch, InboxObject, Peer


def undelivered() -> int:
    """Objects that a neighbour has neither stored nor refused."""
    return int(Delivery.objects.undelivered().count())


def lanes() -> list[str]:
    """How the lanes stand, in words for whoever looks why something did not come: each neighbour, what waits for it,
    and what came from it and was not applied.
    """
    return [
        *(
            f"to {peer.pk}: {peer.state}, {peer.failures} failures in a row, last error"
            f" {peer.last_error or 'none'} {peer.last_error_detail} at {peer.last_error_at}, tries at {peer.next_at}"
            for peer in Peer.objects.all()
        ),
        *(
            f"to {one.peer_id}: {one.outbox.kind} is {one.state} after {one.attempts} attempts, {one.last_error}"
            f" {one.last_error_detail}"
            for one in Delivery.objects.exclude(state=Delivery.State.STORED).select_related("outbox").order_by("id")
        ),
        *(
            f"from {one.peer_id}: {one.kind} is {one.state} after {one.attempts} attempts, {one.reason} {one.words}"
            for one in InboxObject.objects.exclude(state=InboxObject.State.STORED).order_by("id")
        ),
        *(
            f"from {one.peer_id}: a batch of {one.received_at} is {one.state} {one.reason}"
            for one in InboxBatch.objects.exclude(state=InboxBatch.State.APPLIED).order_by("received_at")
        ),
    ]
