"""What happened in a case, as far as a clock can depend on it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class EventKind(StrEnum):
    """A fact in the life of a case that starts or stops a clock."""

    NOTICE_SENT = "notice_sent"
    NOTICE_SERVED = "notice_served"
    APPLICATION_MADE = "application_made"
    DETAINED_EX_OFFICIO = "detained_ex_officio"
    DETAINED_ON_APPLICATION = "detained_on_application"
    FOUND_INFRINGING = "found_infringing"
    FOUND_NOT_INFRINGING = "found_not_infringing"
    UNDETERMINED_NOTIFIED = "undetermined_notified"
    COURT_NOTICE = "court_notice"
    GOODS_RELEASED = "goods_released"


@dataclass(frozen=True, slots=True)
class Event:
    """A fact, the day on which it happened (in the office's zone), and what proves it.

    ``proof`` names the evidence, such as the number of a delivery record; a clock that runs from service starts only
    where the service is proven. ``application_made`` means the right holder's application with its security.
    """

    kind: EventKind
    day: date
    proof: str = ""
