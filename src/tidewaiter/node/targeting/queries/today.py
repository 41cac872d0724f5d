"""What was done today at some control points."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.utils import timezone

if TYPE_CHECKING:
    from tidewaiter.node.targeting.queries.queue import QueueSet


def done_today(lines: "QueueSet", now: datetime | None = None) -> dict[str, int]:
    """Count what was controlled and released since midnight of the node's zone, and how much of it at random."""
    start = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    today = Q(state_at__gte=start)
    controlled = Q(state="controlled")
    done = lines.current().filter(today, state__in=("controlled", "released"))
    found: dict[str, int] = done.aggregate(
        controlled=Count("pk", filter=controlled),
        random=Count("pk", filter=controlled & Q(origin="random")),
        released=Count("pk", filter=Q(state="released")),
    )
    return found
