"""Recomputing the chain: does every row still say what it said when it was placed?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.conf import settings
from django.db.models import Min

from tidewaiter.node.audit import leaf, verbs
from tidewaiter.node.audit.models import AuditPayload, AuditRow, ChainHead

_HEAD_NOW = ChainHead.objects.filter(pk=ChainHead.ONLY).values("seq")[:1]
"""The head as the same statement sees it: the sequencer may move it while a chain is recomputed."""


class Fault(StrEnum):
    """How a chain can be broken."""

    ROW_MISSING = "row_missing"
    LINK = "link"
    ROW_CHANGED = "row_changed"
    CONTENT_CHANGED = "content_changed"
    CONTENT_MISSING = "content_missing"
    HEAD = "head"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What ``verify`` found: rows looked at, erased contents among them, and the first fault with its place."""

    first: int
    last: int
    checked: int
    erased: int
    fault: Fault | None = None
    at_seq: int | None = None

    @property
    def whole(self) -> bool:
        """Whether nothing is broken between ``first`` and ``last``."""
        return self.fault is None


@dataclass(frozen=True, slots=True)
class State:
    """Where the chain ends, and what still waits for its place."""

    seq: int
    hash: str
    at: datetime | None
    waiting: int
    waiting_since: datetime | None


def state() -> State:
    """Give the state of the chain."""
    head = ChainHead.objects.filter(pk=ChainHead.ONLY).first()
    waiting = AuditRow.objects.filter(seq__isnull=True)
    return State(
        seq=head.seq if head else 0,
        hash=head.hash if head else "",
        at=head.at if head else None,
        waiting=waiting.count(),
        waiting_since=waiting.aggregate(oldest=Min("at"))["oldest"],
    )


def administration() -> str:
    """Give the code of the administration whose chain it is."""
    return str(settings.CONFIG.administration)


def verify(first: int = 1, last: int | None = None) -> Verdict:
    """Recompute the chain from place ``first`` to ``last`` (its end where not given) and say where it first breaks.

    Raises ValueError for places that are not on the chain.
    """
    head = ChainHead.objects.filter(pk=ChainHead.ONLY).first()
    end = head.seq if head else 0
    last = end if last is None else last
    if first < 1 or last > end or first > last + 1:
        raise ValueError(f"the chain has the places 1 to {end}")
    if head is None:
        placed = AuditRow.objects.filter(seq__isnull=False).exists()
        return Verdict(1, 0, 0, 0, Fault.HEAD if placed else None, 0 if placed else None)
    return _Walk(first, last, head).verdict()


class _Walk:
    """One pass over the rows in their order."""

    def __init__(self, first: int, last: int, head: ChainHead) -> None:
        self.first, self.last, self.head = first, last, head
        self.checked = self.erased = 0
        self.erasures = set(AuditRow.objects.filter(verb=verbs.PAYLOAD_ERASED.code).values_list("object_id", flat=True))

    def verdict(self) -> Verdict:
        fault = next(self._faults(), None)
        return Verdict(self.first, self.last, self.checked, self.erased, *(fault or (None, None)))

    def _faults(self) -> Iterator[tuple[Fault, int]]:
        previous = leaf.origin_hash(self.head.administration)
        if self.first > 1:
            before = AuditRow.objects.filter(seq=self.first - 1).first()
            if before is None or before.hash is None:
                yield Fault.ROW_MISSING, self.first - 1
                return
            previous = before.hash
        rows = AuditRow.objects.filter(seq__gte=self.first, seq__lte=self.last).order_by("seq")
        expected = self.first
        for row in rows.select_related("payload").iterator(chunk_size=2000):
            if row.seq != expected:
                yield Fault.ROW_MISSING, expected
            if row.prev_hash != previous:
                yield Fault.LINK, expected
            if row.hash != leaf.link_hash(previous, expected, row.leaf()):
                yield Fault.ROW_CHANGED, expected
            if fault := self._content(row):
                yield fault, expected
            self.checked += 1
            expected += 1
            previous = row.hash or ""
        if expected <= self.last:
            yield Fault.ROW_MISSING, expected
        if self.last == self.head.seq and (
            previous != self.head.hash or AuditRow.objects.filter(seq__gt=_HEAD_NOW).exists()
        ):
            yield Fault.HEAD, self.last

    def _content(self, row: AuditRow) -> Fault | None:
        content = getattr(row, "payload", None)
        if isinstance(content, AuditPayload):
            return None if content.commitment == row.commitment else Fault.CONTENT_CHANGED
        if str(row.pk) in self.erasures:
            self.erased += 1
            return None
        return Fault.CONTENT_MISSING
