"""A tip to a neighbour about goods that are on the move."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from tidewaiter.domain.vocabulary import TransportMode
from tidewaiter.exchange.objects import moments
from tidewaiter.exchange.objects.exchanged import Exchanged, in_order
from tidewaiter.exchange.objects.identifiers import Code, OperationId, Paragraph, Short, TipNumber
from tidewaiter.exchange.objects.parts import Place, Reference
from tidewaiter.exchange.objects.wire import Many, Whole
from tidewaiter.exchange.refusal import Reason, Refused


class Asked(StrEnum):
    """What the sender asks the receiver to do."""

    CONTROL = "control"
    OBSERVE = "observe"
    CONTACT_FIRST = "contact_first"
    INFORM = "inform"
    """For information; nothing is asked."""


@dataclass(frozen=True, kw_only=True)
class Tip(Exchanged):
    """What is expected where and when, by which references it is found, what is asked, and by when an answer.

    The STIX object is an indicator: something to look for during a time. A tip always ends: ``handling.expires`` is the
    indicator's ``valid_until``. ``certainty`` is STIX's confidence, 0 to 100. ``categories`` are product categories.
    ``number`` is of the sender's series to this receiver, by which people name it to one another.
    """

    kind: ClassVar[str] = "tip"
    stix_type: ClassVar[str] = "indicator"
    native: ClassVar[Mapping[str, str]] = {
        "title": "name", "what": "description", "sent_at": "valid_from", "certainty": "confidence",
    }  # fmt: skip

    title: Short
    what: Paragraph
    sent_at: datetime
    where: Place
    asked: Asked
    number: TipNumber | None = None
    expected_from: datetime | None = None
    expected_until: datetime | None = None
    answer_by: datetime | None = None
    references: Annotated[tuple[Reference, ...], Many(50)] = ()
    mode: TransportMode | None = None
    categories: Annotated[tuple[Code, ...], Many(30)] = ()
    brands: Annotated[tuple[Short, ...], Many(30)] = ()
    certainty: Annotated[int, Whole(0, 100)] | None = None
    operation: OperationId | None = None

    def __post_init__(self) -> None:
        """Refuse a tip without an end or with its times in disorder."""
        Exchanged.__post_init__(self)
        expires = self.handling.expires
        if expires is None or expires <= self.sent_at:
            raise Refused(Reason.CONTRADICTORY, "a tip expires, and later than it is sent", "handling.expires")
        in_order(self.expected_from, self.expected_until, "expected_until")
        in_order(self.sent_at, self.answer_by, "answer_by")

    def bound(self) -> dict[str, Any]:
        """The pattern that a tool may watch for, and until when."""
        assert self.handling.expires
        return {
            "pattern": self._pattern(),
            "pattern_type": "stix",
            "valid_until": moments.written(self.handling.expires),
        }

    def _pattern(self) -> str:
        """Any one of the references; without them the place, which a tip always names."""
        if self.references:
            return " OR ".join(_equal("x-customs-reference", kind=one.kind, value=one.value) for one in self.references)
        return _equal("x-customs-place", administration=self.where.administration, office=self.where.office)


def _equal(observable: str, **wanted: str | None) -> str:
    """One observation expression of STIX patterning: the observable with these values."""
    escaped = {name: str(value).replace("\\", "\\\\").replace("'", "\\'") for name, value in wanted.items() if value}
    terms = (f"{observable}:{name} = '{value}'" for name, value in escaped.items())
    return f"[{' AND '.join(terms)}]"
