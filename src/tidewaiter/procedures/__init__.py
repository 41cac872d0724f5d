"""Each jurisdiction's rules as dated, cited data, and the clocks that follow from what happened in a case.

Engineering input, not legal advice: a rule says itself whether its administration has confirmed it.
"""

from tidewaiter.procedures.clock import Clock, Level, Note
from tidewaiter.procedures.clocks import clocks_for
from tidewaiter.procedures.events import Event, EventKind
from tidewaiter.procedures.rules import Law, ProcedureDataError, Rule, Statement
from tidewaiter.procedures.words import Words
from tidewaiter.procedures.working_days import WorkingCalendar, calendar_of

__all__ = [
    "Clock",
    "Event",
    "EventKind",
    "Law",
    "Level",
    "Note",
    "ProcedureDataError",
    "Rule",
    "Statement",
    "Words",
    "WorkingCalendar",
    "calendar_of",
    "clocks_for",
]
