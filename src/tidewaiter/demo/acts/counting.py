"""Counting what came of it, from this node's own records."""

from tidewaiter.node.partners.models import Delivery


def undelivered() -> int:
    """Objects that a neighbour has neither stored nor refused."""
    return int(Delivery.objects.undelivered().count())
