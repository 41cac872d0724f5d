"""Figures of tips for boards and statements, each with the records that it counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tidewaiter.node.intelligence.models import Tip
from tidewaiter.node.partners.models import Delivery


@dataclass(frozen=True, slots=True)
class TipFigures:
    """Tips of ours and of neighbours, as ids by what became of them. Times in seconds, None where none was measured.

    ``delivery_p50`` and ``delivery_p99`` are from saving a tip here to its receipt here, by our own clock.
    """

    sent: tuple[UUID, ...]
    received: tuple[UUID, ...]
    acknowledged: tuple[UUID, ...]
    acknowledged_here: tuple[UUID, ...]
    acted_on: tuple[UUID, ...]
    acted_on_here: tuple[UUID, ...]
    with_result: tuple[UUID, ...]
    with_result_here: tuple[UUID, ...]
    by_state: Mapping[str, int]
    undelivered: tuple[int, ...]
    delivery_p50: float | None
    delivery_p99: float | None


def tips(
    *, operation: str = "", since: datetime | None = None, until: datetime | None = None, synthetic: bool | None = None
) -> TipFigures:
    """The figures of the whole node: those of one operation (its shared id) and period, ``until`` excluded.

    Not narrowed to a person: whoever shows them asks who may see totals. ``undelivered`` are deliveries of any kind.
    """
    found = Tip.objects.exclude(state="drafted")
    wanted: dict[str, Any] = {"operation": operation} if operation else {}
    wanted |= {"sent_at__gte": since} if since else {}
    wanted |= {"sent_at__lt": until} if until else {}
    wanted |= {"synthetic": synthetic} if synthetic is not None else {}
    rows = list(found.filter(**wanted).exclude(sent_at=None))
    ours, theirs = [one for one in rows if one.is_ours], [one for one in rows if not one.is_ours]
    times = _times(ours)
    states: dict[str, int] = {}
    for one in rows:
        states[f"{one.direction}:{one.state}"] = states.get(f"{one.direction}:{one.state}", 0) + 1
    return TipFigures(
        sent=_ids(ours),
        received=_ids(theirs),
        acknowledged=_ids(one for one in ours if one.acknowledged_at),
        acknowledged_here=_ids(one for one in theirs if one.acknowledged_at),
        acted_on=_ids(one for one in ours if one.acted_at),
        acted_on_here=_ids(one for one in theirs if one.acted_at),
        with_result=_ids(one for one in ours if one.result),
        with_result_here=_ids(one for one in theirs if one.result),
        by_state=states,
        undelivered=tuple(Delivery.objects.undelivered().order_by("id").values_list("pk", flat=True)),
        delivery_p50=quantile(times, 0.5),
        delivery_p99=quantile(times, 0.99),
    )


def quantile(times: list[float], share: float) -> float | None:
    """The smallest time that ``share`` of them do not exceed; None where there are none."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else None


def _ids(rows: Iterable[Tip]) -> tuple[UUID, ...]:
    return tuple(one.pk for one in rows)


def _times(ours: list[Tip]) -> list[float]:
    settled = Delivery.objects.filter(object_id__in=[one.object_id for one in ours], state="stored")
    spans = settled.exclude(settled_at=None).values_list("queued_at", "settled_at")
    return [(end - begin).total_seconds() for begin, end in spans if end is not None]
