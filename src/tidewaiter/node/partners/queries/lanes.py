"""Who sees the lanes, and the state of each."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Count, Min, Q

from tidewaiter.node.accounts.roles import Role

if TYPE_CHECKING:
    from tidewaiter.node.accounts.models import Person
    from tidewaiter.node.partners.models import Delivery, Peer  # noqa: F401 - named in texts below

SEEN_BY = (Role.INTELLIGENCE, Role.COORDINATOR, Role.ADMINISTRATOR, Role.AUDITOR)
"""Who sees the lanes: they are the administration's, not an office's."""


class PeerQuerySet(models.QuerySet["Peer"]):
    """Neighbours."""

    seen_by: ClassVar[tuple[Role, ...]] = SEEN_BY

    def visible_to(self, person: Person) -> Self:
        """All of them to who has one of the roles anywhere; the codes of neighbours are no secret, their lanes are."""
        return self.all() if person.is_active and person.reach(*self.seen_by) else self.none()

    def active(self) -> Self:
        """Those with whom anything is exchanged now."""
        return self.filter(state="active")


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Deliveries."""

    def visible_to(self, person: Person) -> Self:
        """Those of the lanes that the person sees; what an object says is its own app's to show."""
        return self.all() if person.is_active and person.reach(*SEEN_BY) else self.none()

    def in_lane(self, peer: str) -> Self:
        """What waits or was set aside, in the order of the outbox."""
        return self.filter(peer=peer, state__in=("waiting", "set_aside")).order_by("id")

    def undelivered(self) -> Self:
        """What its neighbour has neither stored nor refused."""
        return self.filter(state__in=("waiting", "sent", "received", "set_aside"))

    def depths(self) -> dict[str, tuple[int, int, datetime | None]]:
        """By neighbour: how many wait, how many were set aside, since when the oldest waits."""
        rows = (
            self.filter(state__in=("waiting", "set_aside"))
            .values("peer")
            .annotate(
                waiting=Count("pk", filter=Q(state="waiting")),
                aside=Count("pk", filter=Q(state="set_aside")),
                oldest=Min("queued_at", filter=Q(state="waiting")),
            )
            .values_list("peer", "waiting", "aside", "oldest")
        )
        return {peer: (waiting, aside, oldest) for peer, waiting, aside, oldest in rows}
