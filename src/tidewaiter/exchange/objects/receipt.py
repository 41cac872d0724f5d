"""Receipts: what has become of an object at the other side; and the recall of objects."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from tidewaiter.exchange.objects.exchanged import Exchanged
from tidewaiter.exchange.objects.figures import Figure
from tidewaiter.exchange.objects.identifiers import Code, IdentityId, Paragraph, Short
from tidewaiter.exchange.objects.limits import BATCH_OBJECTS
from tidewaiter.exchange.objects.parts import Count, Subject
from tidewaiter.exchange.objects.wire import Many
from tidewaiter.exchange.refusal import Reason, Refused

Subjects = Annotated[tuple[Subject, ...], Many(BATCH_OBJECTS, least=1)]


class ReceiptState(StrEnum):
    """The rungs. The machine says the first four, a person the others."""

    RECEIVED = "received"
    STORED = "stored"
    REJECTED = "rejected"
    RELEASED = "released"
    """Released to the analysts whom it concerns."""
    UNACKNOWLEDGED = "unacknowledged"
    """Released, and nobody there has acknowledged it in the time that its office order gives."""
    ACKNOWLEDGED = "acknowledged"
    ACTED_ON = "acted_on"
    RECALL_ACKNOWLEDGED = "recall_acknowledged"


class Outcome(StrEnum):
    """What came of acting on a tip."""

    FIND = "find"
    NO_FIND = "no_find"
    NOT_INSPECTABLE = "not_inspectable"
    NOT_MET = "not_met"
    """The goods or the conveyance did not turn up."""
    TOO_LATE = "too_late"
    NOT_ACTED = "not_acted"


@dataclass(frozen=True, kw_only=True)
class Result:
    """What came of it: when, at which office, with which figures, under which reference, credited to whom."""

    outcome: Outcome
    acted_at: datetime
    office: Code | None = None
    reference: Short | None = None
    figures: Annotated[tuple[Figure, ...], Many(50)] = ()
    credited: IdentityId | None = None


@dataclass(frozen=True, kw_only=True)
class Removal:
    """How a recall was followed: whether the object is out of use, and how many sealed copies must stay for a case."""

    removed: bool
    sealed_copies: Count = 0


@dataclass(frozen=True, kw_only=True)
class Receipt(Exchanged):
    """One rung reached by one object, or by many at once (a whole batch that was stored).

    A rejection says why, as a code and in words; ``acted_on`` holds the result as soon as there is one, before that it
    says that something is being done; ``recall_acknowledged`` says what remains. No person is named. Chained by
    ``created`` and the signed batch that carries it.
    """

    kind: ClassVar[str] = "receipt"
    stix_type: ClassVar[str] = "note"

    state: ReceiptState
    subjects: Subjects
    reached_at: datetime
    reason: Reason | None = None
    words: Paragraph | None = None
    office: Code | None = None
    result: Result | None = None
    removal: Removal | None = None

    def __post_init__(self) -> None:
        """Refuse a receipt whose parts do not fit its state."""
        Exchanged.__post_init__(self)
        for name, state in (
            ("reason", ReceiptState.REJECTED),
            ("result", ReceiptState.ACTED_ON),
            ("removal", ReceiptState.RECALL_ACKNOWLEDGED),
        ):
            told, fits = getattr(self, name) is not None, self.state is state
            if told != fits and not (fits and name == "result"):
                raise Refused(Reason.CONTRADICTORY, f"goes with the state {state} and with no other", name)
        if self.result is not None and len(self.subjects) != 1:
            raise Refused(Reason.CONTRADICTORY, "a result belongs to one object", "subjects")

    def bound(self) -> dict[str, Any]:
        """The objects that it speaks about."""
        return {"object_refs": _each_once(self.subjects)}

    def shown(self) -> dict[str, Any]:
        """One line for readers without our vocabulary."""
        words = f": {self.words}" if self.words else ""
        return {"abstract": f"Receipt: {self.state}", "content": f"{self.state} ({len(self.subjects)}){words}"}


class RecallReason(StrEnum):
    """Why an object is recalled."""

    ERROR = "error"
    SENT_BY_MISTAKE = "sent_by_mistake"
    SOURCE_AT_RISK = "source_at_risk"
    LEGAL = "legal"
    SUPERSEDED = "superseded"


class Instruction(StrEnum):
    """What the receivers are asked to do."""

    STOP_USING = "stop_using"
    DELETE = "delete"


@dataclass(frozen=True, kw_only=True)
class Recall(Exchanged):
    """The originator takes objects back: out of every view, search, screening and export, and never in again."""

    kind: ClassVar[str] = "recall"
    stix_type: ClassVar[str] = "note"
    native: ClassVar[Mapping[str, str]] = {"words": "content"}

    subjects: Subjects
    reason: RecallReason
    instruction: Instruction
    words: Paragraph

    def bound(self) -> dict[str, Any]:
        """The objects that are taken back."""
        return {"object_refs": _each_once(self.subjects)}

    def shown(self) -> dict[str, Any]:
        """A heading for readers without our vocabulary."""
        return {"abstract": "Recall"}


def _each_once(subjects: tuple[Subject, ...]) -> list[str]:
    return list(dict.fromkeys(subject.id for subject in subjects))
