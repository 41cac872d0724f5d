"""What an operation counts beyond controls and goods: consignments, selections, tips, objects not delivered."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q

from tidewaiter.node.intelligence.models import Tip
from tidewaiter.node.operations.models import Operation
from tidewaiter.node.partners.models import Delivery
from tidewaiter.node.targeting.models import ScreeningRun, SelectedConsignment


def bounds(operation: Operation) -> tuple[datetime, datetime]:
    """From the first moment of the operation to the end of its last day."""
    return operation.midnight(operation.starts_on), operation.midnight(operation.ends_on + timedelta(days=1))


def consignments(operation: Operation) -> int:
    """Consignments that runs of the operation's days screened here."""
    first, last = bounds(operation)
    runs = ScreeningRun.objects.filter(state="done", created_at__gte=first, created_at__lt=last)
    return sum(int(counts.get("consignments", 0)) for counts in runs.values_list("counts", flat=True))


def selections(operation: Operation) -> int:
    """Lines of queues that the operation's days brought."""
    days = SelectedConsignment.objects.current().filter(day__gte=operation.starts_on, day__lte=operation.ends_on)
    return days.exclude(run=None).count()


@dataclass(frozen=True, slots=True)
class TipCounts:
    """Tips that this node sent: how many reached each rung, which led to a find, how long delivery took (seconds)."""

    sent: int
    acknowledged: int
    acted_on: int
    finds: int
    by_state: dict[str, int]
    delivery_seconds: tuple[float, ...] = ()


def tips(operation: Operation) -> TipCounts:
    """Tips that this node sent for the operation, or in its days for none, one a neighbour."""
    first, last = bounds(operation)
    of_none = Q(operation="", sent_at__gte=first, sent_at__lt=last)
    sent = Tip.objects.filter(of_none | Q(operation=operation.object_id), direction="out", sent_at__isnull=False)
    counted = sent.aggregate(
        sent=Count("pk"),
        acknowledged=Count("pk", filter=Q(acknowledged_at__isnull=False)),
        acted_on=Count("pk", filter=Q(acted_at__isnull=False)),
        finds=Count("pk", filter=Q(result__outcome="find")),
    )
    by_state = dict(sent.order_by().values_list("state").annotate(n=Count("pk")))
    times = sent.filter(delivered_at__isnull=False).values_list("sent_at", "delivered_at").order_by("sent_at")
    seconds = tuple(round((arrived - left).total_seconds(), 3) for left, arrived in times if left and arrived)
    return TipCounts(**counted, by_state=by_state, delivery_seconds=seconds)


def own_extras(operation: Operation) -> dict[str, int]:
    """What is released beside figures of goods, by the measures of the exchange."""
    sent = tips(operation)
    return {
        "consignments": consignments(operation),
        "selections": selections(operation),
        "tips_sent": sent.sent,
        "tips_acknowledged": sent.acknowledged,
        "tips_acted_on": sent.acted_on,
    }


def undelivered() -> int:
    """Objects that a neighbour has neither stored nor refused."""
    return Delivery.objects.undelivered().count()
