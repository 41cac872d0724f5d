"""The one type of result: a record of the database or a consignment of the lake."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One result, ready to be shown in the language of the page."""

    kind: str
    """What it is, in words."""
    icon: str
    title: str
    summary: str
    url: str
    office: str
    """Name of its office; empty for the whole node."""
    at: datetime | None = None
    day: date | None = None
    """For a consignment of the lake, of which only the day is known."""
    in_force: bool = True
    """False: only a superseded or cancelled version of the consignment bears the reference."""
    consignment_id: str = ""
    cursor: str = ""
    """Where a list goes on after this result."""

    @property
    def on(self) -> date | None:
        """The day on which it happened, in the office's zone."""
        return self.day if self.at is None else timezone.localdate(self.at)
