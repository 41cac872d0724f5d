"""When things happen in the play: in the zone of the node, never in the future."""

from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from tidewaiter.demo.script import script

_OPENS, _CLOSES = 8 * 60, 17 * 60 + 30


def zone() -> ZoneInfo:
    """The node's zone."""
    return ZoneInfo(settings.CONFIG.time_zone)


def day_of(moment: datetime) -> date:
    """The day that it is in the node's zone."""
    return moment.astimezone(zone()).date()


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """That hour of a day, in the node's zone."""
    return datetime.combine(day, time(hour, minute), zone())


def of_control(day: date, chance: Random) -> tuple[datetime, datetime]:
    """When a control of that day began and was recorded: in working hours; today, in the hours that have passed."""
    shortest, longest = script()["controls"]["minutes"]
    lasts = timedelta(minutes=chance.randint(shortest, longest))
    began = at(day, 0) + timedelta(minutes=chance.randint(_OPENS, _CLOSES))
    passed = timezone.now() - lasts
    if began > passed:
        # Before the end of working hours, the day's controls lie within what has passed of it.
        begin = at(day, 0)
        began = begin + max(timedelta(0), passed - begin) * chance.random()
    return began, began + lasts
