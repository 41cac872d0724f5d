"""Declarations of the WCO Data Model as XML: one message for each ``Declaration``, however many a file holds."""

from collections.abc import Iterable, Iterator

from lxml import etree

from tidewaiter.intake.identity import message_id
from tidewaiter.intake.reading import ReadBatch, Reader, ReadOptions, Source
from tidewaiter.intake.rejects import RAW_BYTES, Reason, Reject, reject_batch
from tidewaiter.intake.wco.columns import Columns
from tidewaiter.intake.wco.conversion import NotADeclaration, Place, Row, row_of
from tidewaiter.intake.wco.documents import Fault, Message, looks_like_xml, messages, messages_in
from tidewaiter.intake.wco.elements import DECLARATION, REPORT
from tidewaiter.intake.wco.tree import FieldTooLong, compiled, record_of

__all__ = ["READER", "WcoXmlReader"]

_DECLARATION = compiled("Declaration", DECLARATION)
_REPORT = compiled("FullDeclarationDataDetails", REPORT)
_NO_REJECTS = reject_batch([])
_MARKS = ("urn:wco:datamodel", "Declaration")
_HEAD_BYTES = 4096
_BATCH_BYTES = 32 << 20
"""A batch ends, too, when its messages have taken this much of the document."""


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
            yield from gathered.filled(source.name, messages(stream))
        yield from gathered.rest()

    def read_together(self, sources: Iterable[Source], options: ReadOptions) -> Iterator[ReadBatch]:
        """Read small documents one after the other into common batches."""
        gathered = _Gathered(options)
        for source in sources:
            with source.open() as stream:
                yield from gathered.filled(source.name, messages_in(stream.read()))
        yield from gathered.rest()


READER: Reader = WcoXmlReader()


class _Gathered:
    """Messages of one or many documents on their way into batches."""

    def __init__(self, options: ReadOptions) -> None:
        self._options = options
        self._columns = Columns()
        self._rejects: list[Reject] = []
        self._size = 0

    def filled(self, source_name: str, found: Iterable[Message | Fault]) -> Iterator[ReadBatch]:
        """Take in the messages of a document, and give each batch that they fill."""
        for position, one in enumerate(found, start=1):
            if isinstance(one, Fault):
                self._size += len(one.raw)
                self._rejects.append(_fault(one, source_name))
            else:
                self._size += one.size
                self._take(one, source_name, message_id(source_name, position))
            if self._size >= _BATCH_BYTES or len(self._columns) + len(self._rejects) >= self._options.batch_rows:
                yield from self.rest()

    def rest(self) -> Iterator[ReadBatch]:
        """Give what has come together since the last batch."""
        if len(self._columns) or self._rejects:
            accepted = len(self._columns)
            rejects = reject_batch(self._rejects) if self._rejects else _NO_REJECTS
            yield ReadBatch(accepted + len(self._rejects), accepted, self._columns.take(), rejects)
            self._rejects, self._size = [], 0

    def _take(self, found: Message, source_name: str, name: str) -> None:
        place = Place(
            source_file=source_name,
            position=f"line {found.line}",
            message_id=name,
            administration=found.administration or self._options.administration,
            received=found.received,
        )
        try:
            self._columns.append(_row(found, place, self._options))
        except NotADeclaration as error:
            self._rejects.append(Reject(error.reason, source_name, place.position, error.message, _raw(found)))
        except FieldTooLong as error:
            words = f"{error}; at most {self._options.max_field_bytes:,} are allowed"
            position = f"line {error.line or found.line}"
            self._rejects.append(Reject(Reason.FIELD_TOO_LONG, source_name, position, words, _raw(found)))


def _row(found: Message, place: Place, options: ReadOptions) -> Row:
    """Make the row of a message. Raises `NotADeclaration` and `FieldTooLong`."""
    report, element = None, found.element
    if found.is_report:
        report = record_of(element, _REPORT, options.max_field_bytes)
        element = element.find(".//{*}Declaration")
        if element is None:
            raise NotADeclaration(Reason.UNKNOWN_MESSAGE, "the report holds no declaration")
    return row_of(record_of(element, _DECLARATION, options.max_field_bytes), report, place)


def _fault(fault: Fault, source_name: str) -> Reject:
    position = "" if fault.line is None else f"line {fault.line}"
    return Reject(fault.reason, source_name, position, fault.message, fault.raw)


def _raw(found: Message) -> bytes:
    """The message as text; comments were dropped while parsing."""
    return bytes(etree.tostring(found.element, encoding="utf-8", with_tail=False)[:RAW_BYTES])
