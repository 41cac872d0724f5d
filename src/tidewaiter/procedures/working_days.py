"""Working days of a jurisdiction: weekends, public holidays, and the weekend days that make up for them.

Holidays are those that the authority has published, year by year; a day of any other year counts by its weekday alone,
and ``published`` says so.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from tidewaiter.procedures.words import ProcedureDataError

_ONE = timedelta(days=1)
_LONGEST = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class PublishedYear:
    """One year's calendar: its source, and the days that differ from an ordinary week."""

    year: int
    source: str
    checked: str
    holidays: frozenset[date]
    make_up: frozenset[date]


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """The working days of ``jurisdiction``. ``weekend`` holds ISO weekday numbers (6 is Saturday)."""

    jurisdiction: str
    weekend: frozenset[int]
    years: dict[int, PublishedYear]

    @property
    def last_published(self) -> int:
        """The last year whose holidays are known."""
        return max(self.years)

    def published(self, first: date, last: date) -> bool:
        """Say whether the holidays of every year from ``first`` to ``last`` are known."""
        return all(year in self.years for year in range(first.year, last.year + 1))

    def is_working(self, day: date) -> bool:
        """Say whether ``day`` is a working day; by its weekday alone where its year has not been published."""
        year = self.years.get(day.year)
        if year is not None and day in year.holidays:
            return False
        if year is not None and day in year.make_up:
            return True
        return day.isoweekday() not in self.weekend

    def add(self, day: date, count: int) -> date:
        """Give the ``count``-th working day after ``day``, which is not counted itself. Raises ValueError below 1."""
        if count < 1:
            raise ValueError(f"{count} working days: at least one is counted")
        found = day
        while count:
            found += _ONE
            count -= self.is_working(found)
        return found

    def between(self, first: date, last: date) -> int:
        """Count the working days after ``first`` up to and including ``last``; below zero where ``last`` is earlier."""
        if last < first:
            return -self.between(last, first)
        return sum(self.is_working(first + timedelta(days=step)) for step in range(1, (last - first).days + 1))

    def on_or_after(self, day: date) -> date:
        """Give ``day``, or the first working day after it where it is none."""
        return day if self.is_working(day) else self.add(day, 1)


@cache
def calendar_of(jurisdiction: str) -> WorkingCalendar:
    """Load the calendar of a jurisdiction, such as CN. Raises ProcedureDataError where there is none or it is wrong."""
    path = files("tidewaiter.procedures").joinpath("data", "calendars", f"{jurisdiction}.toml")
    if not path.is_file():
        raise ProcedureDataError(f"no working-day calendar of {jurisdiction}: data/calendars/{jurisdiction}.toml")
    return read_calendar(path.read_text(encoding="utf-8"), f"{jurisdiction}.toml")


def read_calendar(text: str, where: str) -> WorkingCalendar:
    """Read a calendar from TOML. Raises ProcedureDataError for days outside their year or both holiday and working."""
    table = tomllib.loads(text)
    weekend = frozenset(table["weekend"])
    years = [_year(entry, weekend, where) for entry in table["year"]]
    if len({year.year for year in years}) != len(years):
        raise ProcedureDataError(f"{where}: a year stands twice")
    return WorkingCalendar(table["jurisdiction"], weekend, {year.year: year for year in years})


def _year(entry: dict[str, Any], weekend: frozenset[int], where: str) -> PublishedYear:
    place = f"{where}, {entry['year']}"
    holidays = frozenset(day for period in entry["holidays"] for day in _days(period["first"], period["last"], place))
    make_up = frozenset(entry["make_up"])
    if any(day.year != entry["year"] for day in holidays | make_up):
        raise ProcedureDataError(f"{place}: a day of another year")
    if holidays & make_up or any(day.isoweekday() not in weekend for day in make_up):
        raise ProcedureDataError(f"{place}: a day made up for is a holiday or no weekend day")
    return PublishedYear(entry["year"], entry["source"], entry["checked"], holidays, make_up)


def _days(first: date, last: date, place: str) -> Iterator[date]:
    if not first <= last <= first + _LONGEST:
        raise ProcedureDataError(f"{place}: {first} to {last} is no holiday")
    for step in range((last - first).days + 1):
        yield first + timedelta(days=step)
