"""Everything that the board shows, put together from the kept count and the others' releases."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from tidewaiter.consolidation import Figure, Finality, Measure
from tidewaiter.node.accounts.models import Person
from tidewaiter.node.board.models import KeptTally
from tidewaiter.node.operations.exchanged import own
from tidewaiter.node.operations.models import FocusLane, Operation
from tidewaiter.node.operations.queries import reporting
from tidewaiter.node.operations.queries.figures import (
    Group,
    PartyFigures,
    latest_releases,
    offices_shown,
    own_figures,
    released_figures,
)
from tidewaiter.node.operations.queries.tally import Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """One look at an operation. ``whole`` says that one's own figures are those of the whole administration."""

    operation: Operation
    parties: tuple[PartyFigures, ...]
    whole: bool
    at: datetime
    reports_day: date
    reports: tuple[reporting.Reported, ...]
    doubles: int

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the parties."""
        return tuple(one.party for one in self.parties)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures of all."""
        return tuple(figure for one in self.parties for figure in one.figures)

    @property
    def missing(self) -> tuple[str, ...]:
        """Who has released nothing."""
        return tuple(one.party for one in self.parties if one.as_of is None)

    def amount(self, party: PartyFigures, measure: Measure) -> Decimal | None:
        """A party's amount of what has neither unit nor stage; None where nothing was released."""
        if party.as_of is None:
            return None
        return sum((one.amount for one in party.figures if one.key.measure is measure), Decimal(0))

    def together(self, measure: Measure) -> Decimal:
        """The same of all who released."""
        return sum((one.amount for one in self.figures if one.key.measure is measure), Decimal(0))

    def is_provisional(self) -> bool:
        """Whether any figure may still change."""
        return any(one.key.finality is Finality.PROVISIONAL for one in self.figures)

    @property
    def drawn(self) -> Group:
        """Controls that chance alone chose, of all parties."""
        return _sum([one.drawn for one in self.parties])

    @property
    def targeted(self) -> Group:
        """All other controls."""
        inspections, finds = self.together(Measure.INSPECTIONS), self.together(Measure.FINDS)
        return Group(int(inspections) - self.drawn.inspections, int(finds) - self.drawn.finds)

    def lane(self, lane: FocusLane) -> Group:
        """Controls of a lane, of all parties."""
        return _sum([one.lanes[lane.code] for one in self.parties if lane.code in one.lanes])

    def days(self) -> list[tuple[date, Group, str]]:
        """Each day with its controls and finds and whether it is done, now or still to come."""
        today = self.operation.today()
        found = []
        for number in range(self.operation.days):
            day = self.operation.starts_on + timedelta(days=number)
            state = "now" if day == today and self.operation.state == "running" else "done" if day < today else "todo"
            found.append((day, _sum([one.days.get(day.isoformat(), Group()) for one in self.parties]), state))
        return found

    def tips(self) -> dict[str, int]:
        """Tips that the parties sent each other, each counted by its sender."""
        names = ("tips_sent", "tips_acknowledged", "tips_acted_on")
        return {name: sum(one.extras.get(name, 0) for one in self.parties) for name in names}


def _sum(groups: list[Group]) -> Group:
    return Group(sum(one.inspections for one in groups), sum(one.finds for one in groups))


def shown(person: Person) -> Operation | None:
    """The operation that the board shows: the one that runs, else the one that ended or was planned last."""
    found = list(
        Operation.objects.visible_to(person).prefetch_related("parties", "lanes").exclude(state="cancelled")[:20]
    )
    order = {"running": 0, "closing": 1, "closed": 2, "agreed": 3, "planned": 4}
    return min(found, key=lambda one: (order[one.state], -one.starts_on.toordinal()), default=None)


def look(operation: Operation, person: Person, kept: KeptTally) -> Board:
    """Put the board of ``operation`` together as ``person`` sees it."""
    offices = offices_shown(person)
    tally = Tally.from_json(kept.content["tally"]).within(offices)
    releases = latest_releases(operation)
    codes = [one.administration for one in operation.parties.all() if one.role != "observer"]
    parties = tuple(
        own_figures(operation, tally, kept.at, kept.content["extras"] if offices is None else {})
        if code == own()
        else released_figures(operation, code, releases.get(code))
        for code in codes
    )
    day = reporting.due_day(operation)
    return Board(
        operation=operation,
        parties=parties,
        whole=offices is None,
        at=kept.at if operation.state == "running" else timezone.now(),
        reports_day=day,
        reports=tuple(reporting.reported(operation, day, codes, offices)),
        doubles=sum(tally.with_tips.values()),
    )
