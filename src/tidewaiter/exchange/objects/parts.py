"""Parts of several kinds: references, places, what an object speaks about, counts of controls."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from tidewaiter.domain.vocabulary import ControlChannel, ReferenceType
from tidewaiter.exchange.objects.exchanged import Exchanged
from tidewaiter.exchange.objects.identifiers import AdministrationCode, Code, Digest, ObjectId, Short
from tidewaiter.exchange.objects.moments import written
from tidewaiter.exchange.objects.wire import Whole
from tidewaiter.exchange.refusal import Reason, Refused

Count = Annotated[int, Whole(0, 10**12)]


class Status(StrEnum):
    """Whether a figure or text may still change."""

    PROVISIONAL = "provisional"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, kw_only=True)
class Reference:
    """A number by which a consignment, container or conveyance is found: a house bill, a plate, a flight."""

    kind: ReferenceType
    value: Short


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where: the administration, its office or control point by code, a UN/LOCODE, or words."""

    administration: AdministrationCode
    office: Code | None = None
    locode: Code | None = None
    words: Short | None = None


@dataclass(frozen=True, kw_only=True)
class Subject:
    """The object that another one speaks about: one version by its ``modified`` and digest, or all (both None)."""

    id: ObjectId
    modified: datetime | None = None
    digest: Digest | None = None

    @classmethod
    def of(cls, told: Exchanged, digest: str | None = None) -> "Subject":
        """Exactly this version of an object."""
        return cls(id=told.id, modified=told.modified, digest=digest)

    def __str__(self) -> str:
        return f"{self.id} of {written(self.modified)}" if self.modified else self.id


@dataclass(frozen=True, kw_only=True)
class Controls:
    """Counts of controls, those without a find included, of a lane, day, office or kind of control; None means all.

    ``not_inspectable`` are those that could not be carried out, such as a consignment that had left.
    """

    inspections: Count
    finds: Count
    no_finds: Count
    not_inspectable: Count = 0
    lane: Code | None = None
    day: date | None = None
    office: Code | None = None
    channel: ControlChannel | None = None

    def __post_init__(self) -> None:
        """Refuse counts that do not come out."""
        if self.finds + self.no_finds + self.not_inspectable != self.inspections:
            words = f"{self.finds} + {self.no_finds} + {self.not_inspectable} are not {self.inspections} inspections"
            raise Refused(Reason.CONTRADICTORY, words, "inspections")
