"""Declarations of the WCO Data Model as XML: one message for each ``Declaration``, however many a file holds."""

from collections.abc import Iterator

from lxml import etree

from tidewaiter.intake.identity import message_id
from tidewaiter.intake.reading import ReadBatch, Reader, ReadOptions, Source
from tidewaiter.intake.rejects import RAW_BYTES, Reason, Reject, reject_batch
from tidewaiter.intake.wco.columns import Columns
from tidewaiter.intake.wco.conversion import NotADeclaration, Place, Row, row_of
from tidewaiter.intake.wco.documents import Fault, Message, looks_like_xml, messages
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
        columns, rejects, size = Columns(), list[Reject](), 0
        with source.open() as stream:
            for position, found in enumerate(messages(stream), start=1):
                if isinstance(found, Fault):
                    rejects.append(_fault(found, source))
                    continue
                size += found.size
                row = _row_or_reject(found, position, source, options)
                if isinstance(row, Reject):
                    rejects.append(row)
                else:
                    columns.append(row)
                if size >= _BATCH_BYTES or len(columns) >= options.batch_rows:
                    yield _batch(columns, rejects)
                    rejects, size = [], 0
        if len(columns) or rejects:
            yield _batch(columns, rejects)


READER: Reader = WcoXmlReader()


def _batch(columns: Columns, rejects: list[Reject]) -> ReadBatch:
    accepted = len(columns)
    return ReadBatch(
        read=accepted + len(rejects),
        accepted=accepted,
        consignments=columns.take(),
        rejects=reject_batch(rejects) if rejects else _NO_REJECTS,
    )


def _row_or_reject(found: Message, position: int, source: Source, options: ReadOptions) -> Row | Reject:
    place = Place(
        source_file=source.name,
        position=f"line {found.line}",
        message_id=message_id(source.name, position),
        administration=found.administration or options.administration,
        received=found.received,
    )
    try:
        report, element = None, found.element
        if found.is_report:
            report = record_of(element, _REPORT, options.max_field_bytes)
            element = element.find(".//{*}Declaration")
            if element is None:
                raise NotADeclaration(Reason.UNKNOWN_MESSAGE, "the report holds no declaration")
        return row_of(record_of(element, _DECLARATION, options.max_field_bytes), report, place)
    except NotADeclaration as error:
        return Reject(error.reason, source.name, place.position, error.message, _raw(found))
    except FieldTooLong as error:
        words = f"{error}; at most {options.max_field_bytes:,} are allowed"
        return Reject(Reason.FIELD_TOO_LONG, source.name, f"line {error.line or found.line}", words, _raw(found))


def _fault(fault: Fault, source: Source) -> Reject:
    position = "" if fault.line is None else f"line {fault.line}"
    return Reject(fault.reason, source.name, position, fault.message, fault.raw)


def _raw(found: Message) -> bytes:
    """The message as text; comments were dropped while parsing."""
    return bytes(etree.tostring(found.element, encoding="utf-8", with_tail=False)[:RAW_BYTES])
