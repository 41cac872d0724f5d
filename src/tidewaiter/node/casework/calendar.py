"""The clocks of a case on one calendar, drawn as SVG attributes: the same dates stand in words below it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tidewaiter.procedures import Clock

LEFT, WIDTH, TOP, ROW = 230.0, 830.0, 22, 28
_ROOM = 5
"""Days left free at either end."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One clock: where its bar begins and ends, how much of it has passed, where its words stand."""

    clock: Clock
    y: int
    x: float
    width: float
    passed: float
    level: str

    @property
    def baseline(self) -> int:
        """Where text stands."""
        return self.y + 11

    @property
    def beyond(self) -> float:
        """Where the words behind the bar begin."""
        return self.x + self.width + 6


@dataclass(frozen=True, slots=True)
class Calendar:
    """The drawing: its height, the shaded weekends, the dates over it, today, and the bars."""

    first: date
    last: date
    height: int
    weekends: tuple[float, ...]
    day_width: float
    dates: tuple[tuple[float, date], ...]
    today_x: float
    bars: tuple[Bar, ...]

    @property
    def bottom(self) -> int:
        """Where the shading ends."""
        return self.height - 16

    @property
    def shade(self) -> int:
        """How tall the shading is."""
        return self.bottom - TOP


def draw(clocks: Sequence[Clock], today: date) -> Calendar | None:
    """Give the calendar of the clocks that run or ran; None where none does."""
    running = [clock for clock in clocks if clock.start is not None and clock.due is not None]
    if not running:
        return None
    first = min([clock.start for clock in running if clock.start] + [today]) - timedelta(days=_ROOM)
    last = max([clock.due for clock in running if clock.due] + [today]) + timedelta(days=_ROOM)
    days = (last - first).days
    day_width = WIDTH / (days + 14)  # the last bar's words need room

    def at(day: date) -> float:
        return round(LEFT + (day - first).days * day_width, 1)

    bars = tuple(_bar(clock, number, at, today) for number, clock in enumerate(running))
    every = max(7, days // 6 // 7 * 7)
    return Calendar(
        first=first,
        last=last,
        height=TOP + 11 + ROW * len(bars) + 20,
        weekends=tuple(at(day) for day in _days(first, last) if day.isoweekday() in {6, 7}) if days < 200 else (),
        day_width=round(day_width, 1),
        dates=tuple((at(first + timedelta(days=step)), first + timedelta(days=step)) for step in range(0, days, every)),
        today_x=at(today),
        bars=bars,
    )


def _bar(clock: Clock, number: int, at: Callable[[date], float], today: date) -> Bar:
    start, due = clock.start or today, clock.due or today
    x, end = at(start), at(due + timedelta(days=1))
    passed = min(max(at(today), x), end) - x
    level = {"due": "due", "over": "over"}.get(clock.level.value, "run")
    return Bar(clock, TOP + 13 + ROW * number, x, round(end - x, 1), round(passed, 1), level)


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=step) for step in range((last - first).days + 1)]
