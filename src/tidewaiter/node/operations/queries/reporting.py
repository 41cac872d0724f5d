"""Who has reported a day and who has not. Missing is not nought."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from tidewaiter.node.accounts.models import Office
from tidewaiter.node.operations.exchanged import own
from tidewaiter.node.operations.models import Operation, SituationReport


@dataclass(frozen=True, slots=True)
class Reported:
    """One party's report of a day: when it came (None: not yet), and for one's own the offices behind it."""

    party: str
    at: datetime | None
    offices: tuple[Office, ...] = ()
    missing: tuple[Office, ...] = ()

    @property
    def done(self) -> int:
        """How many of the tasked offices have reported."""
        return len(self.offices) - len(self.missing)


def due_day(operation: Operation, now: datetime | None = None) -> date:
    """The day whose report is due or was due last: today after the cut-off, else the day before; within the period."""
    moment = now or timezone.now()
    today = operation.today(moment)
    day = today if moment >= operation.cut_off_of(today) else today - timedelta(days=1)
    return max(operation.starts_on, min(operation.ends_on, day))


def tasked_offices(operation: Operation) -> list[Office]:
    """The offices of this node that have a task in the operation."""
    return list(Office.objects.filter(taskings__operation=operation).distinct())


def missing_offices(operation: Operation, day: date) -> list[Office]:
    """The tasked offices that have not reported a day."""
    there = SituationReport.objects.filter(operation=operation, day=day, office__isnull=False)
    return list(Office.objects.filter(taskings__operation=operation).exclude(pk__in=there.values("office")).distinct())


def reported(
    operation: Operation, day: date, parties: Collection[str], offices: Collection[str] | None = None
) -> list[Reported]:
    """Each party's report of a day; of one's own offices those within reach (None is all)."""
    rows = list(
        SituationReport.objects.filter(operation=operation, day=day).values_list("administration", "office", "at")
    )
    whole = {party: at for party, office, at in rows if office is None}
    there = {office for _party, office, _at in rows if office is not None}
    tasked = [one for one in tasked_offices(operation) if offices is None or one.code in offices]
    found = []
    for party in parties:
        own_offices = tuple(tasked) if party == own() else ()
        missing = tuple(one for one in own_offices if one.code not in there)
        found.append(Reported(party, whole.get(party), own_offices, missing))
    return found
