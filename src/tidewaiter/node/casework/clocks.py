"""The clocks of a case, computed from its facts under the law of its administration."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from tidewaiter.node.casework.models import Case, CaseEvent
from tidewaiter.procedures import Clock, Event, EventKind, clocks_for


def clocks_of(case: Case, events: Iterable[CaseEvent] | None = None, today: date | None = None) -> list[Clock]:
    """The clocks of ``case`` on ``today`` (in the node's zone), those that end first in front.

    ``events`` saves a query where they are read already; voided ones are left out.
    """
    found = case.events.all() if events is None else events
    facts = [Event(EventKind(one.kind), one.day, one.proof) for one in found if one.voided_at is None]
    return clocks_for(case.office.administration, facts, today or timezone.localdate())
