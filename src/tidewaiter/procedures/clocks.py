"""From what happened in a case to its clocks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tidewaiter.procedures.clock import Clock, Level, Note
from tidewaiter.procedures.events import Event, EventKind
from tidewaiter.procedures.rules import Counting, Procedure, Rule, Unit, procedure_of
from tidewaiter.procedures.working_days import WorkingCalendar, calendar_of

_MANNERS = frozenset({EventKind.DETAINED_EX_OFFICIO, EventKind.DETAINED_ON_APPLICATION})


def clocks_for(administration: str, events: Iterable[Event], today: date) -> list[Clock]:
    """The clocks of a case under the law of ``administration`` (CN-GD, HK, MO…), on ``today`` in its zone.

    Every clock of the law is given, the ones that have not started too; only those of the other manner of detention are
    left out once goods are detained. Where several events could start a clock, the earliest proven one does; an event
    dated after ``today`` starts and stops nothing. Clocks that expire first come first. Raises ProcedureDataError for
    rule files that contradict themselves.
    """
    procedure = procedure_of(administration)
    happened = sorted(events, key=lambda event: event.day)
    case = _Case([event for event in happened if event.day <= today], happened, today)
    stated = [
        Clock(s.code, s.title, s.text, s.law, Level.UNKNOWN, notes=_legal(s.law.confirmed))
        for s in procedure.statements
    ]
    clocks = [case.clock(versions, procedure) for versions in _by_code(procedure.rules) if case.concerns(versions[0])]
    return sorted(clocks, key=lambda clock: (clock.due is None, clock.due or date.max)) + stated


@dataclass(frozen=True, slots=True)
class _Case:
    known: Sequence[Event]
    told: Sequence[Event]
    today: date

    def concerns(self, rule: Rule) -> bool:
        """Leave out the clocks of one manner of detention when the goods were detained in the other."""
        manners = {event.kind for event in self.known} & _MANNERS
        return rule.starts not in _MANNERS or not manners or rule.starts in manners

    def clock(self, versions: Sequence[Rule], procedure: Procedure) -> Clock:
        """The clock of one rule, by the version in force on the day of its event."""
        newest = versions[-1]
        started = self._start(newest)
        if started is None:
            return _plain(newest, Level.NOT_STARTED, *self._why_not(newest))
        rule = next((rule for rule in versions if rule.in_force(started.day)), None)
        if rule is None:
            values = {"day": started.day, "from": versions[0].valid_from}
            return _plain(newest, Level.UNKNOWN, Note("rule_not_held", values))
        return self._running(rule, started.day, procedure)

    def _start(self, rule: Rule) -> Event | None:
        fitting = (e for e in self.known if e.kind is rule.starts and (e.proof.strip() or not rule.needs_proof))
        return next(fitting, None)

    def _why_not(self, rule: Rule) -> list[Note]:
        notes = [
            Note("in_the_future", {"day": e.day}) for e in self.told if e.kind is rule.starts and e.day > self.today
        ]
        unproven = next((event for event in self.known if event.kind is rule.starts), None)
        sent = next((event for event in self.known if event.kind is EventKind.NOTICE_SENT), None)
        if unproven is not None:
            notes.insert(0, Note("service_not_proven", {"day": unproven.day}))
        elif rule.starts is EventKind.NOTICE_SERVED and sent is not None:
            notes.insert(0, Note("notice_sent", {"day": sent.day}))
        elif not notes:
            notes = [Note("not_started", {})]
        return notes

    def _running(self, rule: Rule, start: date, procedure: Procedure) -> Clock:
        calendar = calendar_of(procedure.calendar) if procedure.calendar else None
        due = due_day(rule, start, calendar)
        stop = next((event.day for event in self.known if event.kind in rule.stops and event.day >= start), None)
        level = self._level(due, stop)
        notes = [*_stopped(stop, due), *_unpublished(calendar, rule, start, due)]
        counts = level is not Level.MET
        return Clock(
            code=rule.code,
            title=rule.title,
            on_expiry=rule.on_expiry,
            law=rule.law,
            level=level,
            unit=rule.unit,
            length=rule.length,
            start=start,
            due=due,
            days_left=days_left(rule.unit, self.today, due, calendar) if counts else None,
            calendar_days_left=(due - self.today).days if counts else None,
            published=all(note.code != "calendar_not_published" for note in notes),
            notes=(*notes, *_legal(rule.law.confirmed)),
        )

    def _level(self, due: date, stop: date | None) -> Level:
        if stop is not None and stop <= due:
            return Level.MET
        if self.today > due:
            return Level.OVER
        return Level.DUE if self.today == due else Level.RUNNING


def due_day(rule: Rule, start: date, calendar: WorkingCalendar | None) -> date:
    """The last day of a rule that runs from an event on ``start``.

    A rule in working days needs ``calendar``; one in calendar days that ends on a day off ends on the next working day.
    """
    before_first = start if rule.counting is Counting.DAY_AFTER else start - timedelta(days=1)
    if rule.unit is Unit.CALENDAR_DAY:
        last = before_first + timedelta(days=rule.length)
        return calendar.on_or_after(last) if calendar else last
    if calendar is None:
        raise ValueError(f"{rule.code} counts working days and has no calendar")
    return calendar.add(before_first, rule.length)


def days_left(unit: Unit, today: date, due: date, calendar: WorkingCalendar | None) -> int:
    """Count the days after ``today`` up to and including ``due``; below zero when ``due`` has passed."""
    if unit is Unit.CALENDAR_DAY or calendar is None:
        return (due - today).days
    return calendar.between(today, due)


def _by_code(rules: Iterable[Rule]) -> list[list[Rule]]:
    found: dict[str, list[Rule]] = {}
    for rule in sorted(rules, key=lambda rule: rule.valid_from):
        found.setdefault(rule.code, []).append(rule)
    return list(found.values())


def _plain(rule: Rule, level: Level, *notes: Note) -> Clock:
    legal = _legal(rule.law.confirmed)
    return Clock(rule.code, rule.title, rule.on_expiry, rule.law, level, rule.unit, rule.length, notes=(*notes, *legal))


def _stopped(stop: date | None, due: date) -> list[Note]:
    if stop is None:
        return []
    return [Note("met" if stop <= due else "done_late", {"day": stop})]


def _unpublished(calendar: WorkingCalendar | None, rule: Rule, start: date, due: date) -> list[Note]:
    if calendar is None or rule.unit is Unit.CALENDAR_DAY or calendar.published(start, due):
        return []
    year = next(year for year in range(start.year, due.year + 1) if year not in calendar.years)
    return [Note("calendar_not_published", {"year": str(year)})]


def _legal(confirmed: bool) -> tuple[Note, ...]:
    return () if confirmed else (Note("law_unconfirmed", {}),)
