"""Reading the queues: who sees which lines, the tabs, their counts."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.db.models import Count, Q
from django.utils import timezone

from tidewaiter.node.accounts.queries import VisibleQuerySet
from tidewaiter.node.accounts.roles import Role
from tidewaiter.node.targeting.references import keys_of_any

if TYPE_CHECKING:
    from tidewaiter.node.accounts.models import Person
    from tidewaiter.node.targeting.models import QueueReference, SavedView, SelectedConsignment  # noqa: F401

QUEUE_READERS = (
    Role.OFFICER,
    Role.ANALYST,
    Role.COORDINATOR,
    Role.INTELLIGENCE,
    Role.CASE_OFFICER,
    Role.AUDITOR,
)

OPEN = ("waiting", "taken", "for_control")
TABS = ("waiting", "lanes", "neighbours", "random", "hand", "mine", "coming", "released")
"""The tabs of a queue, in their order."""


class QueueSet(VisibleQuerySet["SelectedConsignment"]):
    """Lines of queues."""

    seen_by = QUEUE_READERS

    def current(self) -> Self:
        """Those that no later line stands for."""
        return self.filter(superseded_by=None)

    def open(self) -> Self:
        """Those about which somebody still has to do something."""
        return self.current().filter(state__in=OPEN)

    def tab(self, name: str, person: Person, now: datetime | None = None) -> Self:
        """The lines of one tab; an unknown name gives the first."""
        return self.current().filter(_tabs(person, now or timezone.now()).get(name, Q(state="waiting")))

    def counts(self, person: Person, now: datetime | None = None) -> dict[str, int]:
        """How many lines each tab has, in two queries: of open lines, and of those released today."""
        tabs = _tabs(person, now or timezone.now())
        released = self.current().filter(tabs.pop("released")).count()
        found = self.open().aggregate(**{name: Count("pk", filter=tab) for name, tab in tabs.items()})
        return {**found, "released": released}

    def for_lists(self) -> Self:
        """With what a row of a list shows; what a run tells at length would be read again for each of its lines."""
        told = [f"run__{name}" for name in ("criteria", "rejected_by_reason", "warnings", "alarms", "failure")]
        return self.select_related("office", "taken_by", "run").defer(*told)

    def bearing(self, reference: str) -> Self:
        """Those that bear a reference, as typed."""
        return self.filter(keys__key__in=keys_of_any(reference)).distinct()


def _tabs(person: Person, now: datetime) -> dict[str, Q]:
    waiting = Q(state="waiting")
    start = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return {
        "waiting": waiting,
        "lanes": waiting & ~Q(lane=""),
        "neighbours": waiting & ~Q(tip=""),
        "random": waiting & Q(origin="random"),
        "hand": Q(state__in=("taken", "for_control")),
        "mine": Q(state__in=("taken", "for_control"), taken_by=person),
        "coming": waiting & Q(due_at__gt=now),
        "released": Q(state="released", state_at__gte=start, state_at__lt=start + timedelta(days=1)),
    }


class QueueReferenceQuerySet(VisibleQuerySet["QueueReference"]):
    """References of lines."""

    seen_by = QUEUE_READERS
    office_field = "item__office"


class SavedViewQuerySet(VisibleQuerySet["SavedView"]):
    """Saved views: one's own, and those that are shared in an office above one's own or in it."""

    def visible_to(self, person: Person) -> Self:
        """See the class."""
        if not person.is_active:
            return self.none()
        above = [code for code in person.office.path.split("/") if code]
        return self.filter(Q(person=person) | Q(shared=True, office__in=above)).select_related("person")
