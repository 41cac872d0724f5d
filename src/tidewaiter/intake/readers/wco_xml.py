"""Declarations of the WCO Data Model as XML: one message for each ``Declaration``, however many a file holds."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree

from tidewaiter.intake.identity import message_id
from tidewaiter.intake.reading import ReadBatch, Reader, ReadOptions, Source
from tidewaiter.intake.rejects import RAW_BYTES, Reason, Reject, reject_batch
from tidewaiter.intake.wco.columns import Columns
from tidewaiter.intake.wco.conversion import NotADeclaration, Place, Row, row_of
from tidewaiter.intake.wco.documents import Fault, Message, at_once, looks_like_xml, messages
from tidewaiter.intake.wco.elements import DECLARATION, REPORT
from tidewaiter.intake.wco.tree import FieldTooLong, Record, compiled, record_of

__all__ = ["READER", "WcoXmlReader"]

_DECLARATION = compiled("Declaration", DECLARATION)
_REPORT = compiled("FullDeclarationDataDetails", REPORT)
_NO_REJECTS = reject_batch([])
_MARKS = ("urn:wco:datamodel", "Declaration")
_HEAD_BYTES = 4096
_BATCH_BYTES = 32 << 20
"""A batch ends, too, when its messages have taken this much of the document."""
_TOGETHER, _TOGETHER_BYTES = 64, 2 << 20
"""Documents, and bytes of them, that are parsed before the values of the first one are taken out."""


class WcoXmlReader:
    """Reader of WCO Data Model declarations (version 3.6, DEC), their amendments, cancellations and system reports."""

    name = "WCO Data Model XML"

    def recognises(self, source: Source) -> bool:
        """Say whether the source is XML by its suffix, or XML by its first bytes that names a declaration."""
        if source.suffixes[-1:] == (".xml",):
            return True
        head = source.head(_HEAD_BYTES)
        plain = head.replace(b"\0", b"").decode("latin-1")
        return looks_like_xml(head) and any(mark in plain for mark in _MARKS)

    def read(self, source: Source, options: ReadOptions) -> Iterator[ReadBatch]:
        """Read the messages of a document.

        A message that cannot be used is one reject. A document that is not well-formed gives the messages that ended
        before the fault, and one reject for all that follows.
        """
        gathered = _Gathered(options)
        with source.open() as stream:
            for one in _located(source, messages(stream)):
                yield from gathered.filled([one])
        yield from gathered.rest()

    def read_together(self, sources: Iterable[Source], options: ReadOptions) -> Iterator[ReadBatch]:
        """Read small documents into common batches.

        Step by step for some documents at a time: the processor's caches hold the code of one step, but not of all.
        """
        gathered = _Gathered(options)
        remaining = iter(sources)
        while block := list(islice(remaining, _TOGETHER)):
            simple: list[_Located | Reject] = []
            size = 0
            for source in block:
                with source.open() as stream:
                    content = stream.read()
                found = at_once(content)
                simple += _located(source, found)
                size += len(content)
                if not found or size >= _TOGETHER_BYTES:
                    yield from gathered.filled(simple)
                    simple, size = [], 0
                if not found:
                    for one in _located(source, messages(io.BytesIO(content))):
                        yield from gathered.filled([one])
            yield from gathered.filled(simple)
        yield from gathered.rest()


READER: Reader = WcoXmlReader()


@dataclass(slots=True)
class _Located:
    """A message and where it stands; then, what was taken out of its elements."""

    message: Message
    source_name: str
    position: int
    record: Record = field(default_factory=dict)
    report: Record | None = None

    def reject(self, reason: Reason, words: str, line: int | None = None) -> Reject:
        """Refuse it; the text that is shown has no comments, since they were dropped while parsing."""
        raw = etree.tostring(self.message.element, encoding="utf-8", with_tail=False)[:RAW_BYTES]
        return Reject(reason, self.source_name, f"line {line or self.message.line}", words, raw)


def _located(source: Source, found: Iterable[Message | Fault]) -> Iterator[_Located | Reject]:
    for position, one in enumerate(found, start=1):
        if isinstance(one, Fault):
            line = "" if one.line is None else f"line {one.line}"
            yield Reject(one.reason, source.name, line, one.message, one.raw)
        else:
            yield _Located(one, source.name, position)


class _Gathered:
    """Messages of one or many documents on their way into batches."""

    def __init__(self, options: ReadOptions) -> None:
        self._options = options
        self._columns = Columns()
        self._rejects: list[Reject] = []
        self._size = 0

    def filled(self, located: Iterable[_Located | Reject]) -> Iterator[ReadBatch]:
        """Take in messages whose elements are there, and give each batch that they fill."""
        for one in [self._with_values(one) for one in located]:
            row = one if isinstance(one, Reject) else self._row(one)
            if isinstance(row, Reject):
                self._rejects.append(row)
                self._size += len(row.raw)
            else:
                self._columns.append(row)
            if not isinstance(one, Reject):
                self._size += one.message.size
            if self._size >= _BATCH_BYTES or len(self._columns) + len(self._rejects) >= self._options.batch_rows:
                yield from self.rest()

    def rest(self) -> Iterator[ReadBatch]:
        """Give what has come together since the last batch."""
        if len(self._columns) or self._rejects:
            accepted = len(self._columns)
            rejects = reject_batch(self._rejects) if self._rejects else _NO_REJECTS
            yield ReadBatch(accepted + len(self._rejects), accepted, self._columns.take(), rejects)
            self._rejects, self._size = [], 0

    def _with_values(self, one: _Located | Reject) -> _Located | Reject:
        """Take the values of a declaration, and of the report that holds it, out of their elements."""
        if isinstance(one, Reject):
            return one
        element: etree._Element | None = one.message.element
        limit = self._options.max_field_bytes
        try:
            if one.message.is_report:
                one.report = record_of(one.message.element, _REPORT, limit)
                element = one.message.element.find(".//{*}Declaration")
            if element is None:
                return one.reject(Reason.UNKNOWN_MESSAGE, "the report holds no declaration")
            one.record = record_of(element, _DECLARATION, limit)
        except FieldTooLong as error:
            return one.reject(Reason.FIELD_TOO_LONG, f"{error}; at most {limit:,} are allowed", error.line)
        return one

    def _row(self, one: _Located) -> Row | Reject:
        message = one.message
        place = Place(
            source_file=one.source_name,
            position=f"line {message.line}",
            message_id=message_id(one.source_name, one.position),
            administration=message.administration or self._options.administration,
            received=message.received,
        )
        try:
            return row_of(one.record, one.report, place)
        except NotADeclaration as error:
            return one.reject(error.reason, error.message)
