"""Keeping the count of an operation's own records current."""

import time
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from tidewaiter.node.board.models import KeptTally
from tidewaiter.node.live.models import Event
from tidewaiter.node.operations.models import Operation
from tidewaiter.node.operations.queries import others, tally

LEAST = timedelta(seconds=1)
"""A count is not made more often than this, and not more than a tenth of the time."""


def current(operation: Operation, *, fresh: bool = False) -> KeptTally:
    """The count as it stands. It is made anew when anything was announced since, at most once in ``LEAST``.

    A board that is looked at by many costs one count a change, whatever the number of records behind it.
    """
    latest = Event.objects.order_by("-id").values_list("id", flat=True).first() or 0
    kept = KeptTally.objects.filter(pk=operation.pk).first()
    if kept is not None and not fresh:
        pause = max(LEAST, timedelta(seconds=kept.seconds * 10))
        if kept.event == latest or timezone.now() - kept.at < pause:
            return kept
    return _count(operation, latest)


@transaction.atomic
def _count(operation: Operation, latest: int) -> KeptTally:
    began = time.perf_counter()
    content = {"tally": tally.count(operation).as_json(), "extras": others.own_extras(operation)}
    seconds = time.perf_counter() - began
    kept, _new = KeptTally.objects.update_or_create(
        operation=operation,
        defaults={"event": latest, "at": timezone.now(), "seconds": seconds, "content": content},
    )
    return kept


def is_behind(kept: KeptTally) -> bool:
    """Whether something was announced since the count, so that the page looks again soon."""
    return Event.objects.filter(id__gt=kept.event).exists()
