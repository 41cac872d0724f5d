"""What every object of ours has: who made it, when, which version, how it is handled."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, Any, ClassVar, Self

from tidewaiter.exchange.objects.handling import Handling
from tidewaiter.exchange.objects.identifiers import IdentityId, ObjectId
from tidewaiter.exchange.objects.wire import LANGUAGE, Text
from tidewaiter.exchange.refusal import Reason, Refused


@dataclass(frozen=True, kw_only=True)
class Exchanged:
    """The part that all kinds share. ``author`` alone makes new versions; ``modified`` tells versions apart.

    ``created`` and ``modified`` are precise to the millisecond, as STIX 2.1 section 3.1 wants them. ``language`` is
    that of the texts that stand in one language only.
    """

    kind: ClassVar[str]
    """Name of the kind in our extension."""
    stix_type: ClassVar[str]
    """The STIX object that carries it."""
    native: ClassVar[Mapping[str, str]] = {}
    """Fields that stand in the STIX object's own property of that name and not in our extension."""

    id: ObjectId
    author: IdentityId
    created: datetime
    modified: datetime
    handling: Handling
    language: Annotated[str, Text(35, LANGUAGE)] = "en"

    def __post_init__(self) -> None:
        """Refuse what contradicts itself."""
        if not self.id.startswith(f"{self.stix_type}--"):
            raise Refused(Reason.CONTRADICTORY, f"the identifier of this kind begins with {self.stix_type}--", "id")
        for name in ("created", "modified"):
            moment = getattr(self, name)
            if moment.tzinfo is None or moment.microsecond % 1000:
                raise Refused(Reason.BAD_FORMAT, "a moment in UTC, precise to the millisecond, is expected", name)
        if self.modified < self.created:
            raise Refused(Reason.CONTRADICTORY, "modified before it was created", "modified")

    def bound(self) -> dict[str, Any]:
        """STIX properties that follow from the fields; a reader refuses an object where they differ."""
        return {}

    def shown(self) -> dict[str, Any]:
        """STIX properties for readers who do not know our extension; only written, never read."""
        return {}

    def new_version(self, modified: datetime, **changes: Any) -> Self:
        """A later version with these changes. Raises Refused unless ``modified`` is later than this version's."""
        if modified <= self.modified:
            raise Refused(Reason.CONTRADICTORY, "a new version is later than the one before it", "modified")
        return replace(self, modified=modified, **changes)


def in_order(earlier: Any, later: Any, name: str) -> None:
    """Refuse a period that ends before it begins; either end may be None."""
    if earlier is not None and later is not None and later < earlier:
        raise Refused(Reason.CONTRADICTORY, "ends before it begins", name)
