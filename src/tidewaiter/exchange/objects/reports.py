"""What participants tell one another in figures: situation reports, released figures, snapshots, statements."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, ClassVar

from tidewaiter.exchange.objects.exchanged import Exchanged, in_order
from tidewaiter.exchange.objects.figures import Figure
from tidewaiter.exchange.objects.identifiers import Code, Digest, OperationId, Paragraph, Short, SnapshotId
from tidewaiter.exchange.objects.parts import Controls, Count, Status, Subject
from tidewaiter.exchange.objects.wire import Many, Text
from tidewaiter.exchange.refusal import Reason, Refused

Figures = Annotated[tuple[Figure, ...], Many(1_000)]
ControlCounts = Annotated[tuple[Controls, ...], Many(1_000)]


@dataclass(frozen=True, kw_only=True)
class _Report(Exchanged):
    """A STIX report about an operation."""

    stix_type: ClassVar[str] = "report"
    native: ClassVar[Mapping[str, str]] = {"title": "name", "words": "description", "at": "published"}

    operation: OperationId
    title: Short
    at: datetime
    words: Paragraph | None = None

    def bound(self) -> dict[str, Any]:
        """The operation that it belongs to."""
        return {"object_refs": [self.operation]}


@dataclass(frozen=True, kw_only=True)
class SituationReport(_Report):
    """One participant's day up to the cut-off hour. Without figures and counts: there was nothing to report."""

    kind: ClassVar[str] = "situation_report"

    day: date
    cut_off: datetime
    status: Status
    figures: Figures = ()
    controls: ControlCounts = ()


@dataclass(frozen=True, kw_only=True)
class ReleasedFigures(_Report):
    """One participant's figures for a period, released to the others. A correction is a new version."""

    kind: ClassVar[str] = "released_figures"

    starts_on: date
    ends_on: date
    status: Status
    figures: Figures
    controls: ControlCounts = ()
    snapshot: SnapshotId | None = None

    def __post_init__(self) -> None:
        """Refuse a period that ends before it begins."""
        Exchanged.__post_init__(self)
        in_order(self.starts_on, self.ends_on, "ends_on")


@dataclass(frozen=True, kw_only=True)
class Records:
    """How many records of a kind a snapshot holds, and the digest of them all in their fixed order."""

    kind: Code
    count: Count
    digest: Digest


@dataclass(frozen=True, kw_only=True)
class Snapshot(_Report):
    """A frozen set of records, named by number and digests; the records themselves stay at home."""

    kind: ClassVar[str] = "snapshot"

    number: Code
    status: Status
    records: Annotated[tuple[Records, ...], Many(50)]
    figures: Figures = ()
    controls: ControlCounts = ()


@dataclass(frozen=True, kw_only=True)
class Statement(_Report):
    """The text with the results of an operation, in several languages, with the figures and snapshots it rests on."""

    kind: ClassVar[str] = "statement"

    texts: Mapping[str, Annotated[str, Text(20_000)]]
    snapshots: Annotated[tuple[SnapshotId, ...], Many(50)]
    figures: Figures = ()


@dataclass(frozen=True, kw_only=True)
class Agreement(Exchanged):
    """A participant's yes or no to one exact version of a statement or snapshot."""

    kind: ClassVar[str] = "agreement"
    stix_type: ClassVar[str] = "opinion"
    native: ClassVar[Mapping[str, str]] = {"words": "explanation"}

    subject: Subject
    agreed: bool
    words: Paragraph | None = None

    def __post_init__(self) -> None:
        """Refuse an answer that does not say to which version, or a no without words."""
        Exchanged.__post_init__(self)
        if self.subject.modified is None or self.subject.digest is None:
            raise Refused(Reason.MISSING, "one exact version is agreed to: modified and digest", "subject")
        if not self.agreed and not self.words:
            raise Refused(Reason.MISSING, "a refusal says why", "words")

    def bound(self) -> dict[str, Any]:
        """What is agreed to, on STIX's scale."""
        return {"opinion": "agree" if self.agreed else "disagree", "object_refs": [self.subject.id]}
