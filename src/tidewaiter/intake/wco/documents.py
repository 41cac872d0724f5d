"""Take messages out of an XML document as it streams by: safely, and in bounded memory.

A document type is refused before the parser sees it: entities are never declared, so none is ever resolved and nothing
outside the document is ever opened. Depth, names and single texts are bounded by the parser itself (``huge_tree`` is
off), the size of a message by `MESSAGE_BYTES`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from lxml import etree

from tidewaiter.intake.compression import DamagedInput
from tidewaiter.intake.rejects import RAW_BYTES, SENTENCES, Reason

__all__ = ["MESSAGE_BYTES", "Fault", "Message", "looks_like_xml", "messages"]

MESSAGE_BYTES = 16 << 20
"""Bytes from one message to the next at the most; a declaration of 999 items has a third of that."""

_CHUNK = 1 << 16
_TAIL = 1 << 14
_PROLOG_BYTES = 1 << 20
_SPACE = re.compile(r"\s*")
_DOCTYPE = "<!DOCTYPE"
_ASIDES = (("<?", "?>"), ("<!--", "-->"))
_ENCODINGS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
"""How a document starts, and the encoding that this tells (XML 1.0, appendix F); any other is a superset of ASCII."""

_DECLARATION = "Declaration"
_REPORT = "FullDeclarationDataDetails"
_META = "MetaData"
_REQUEST = "submitDeclarationRequest"
_COUNTRY = "ResponsibleCountryCode"
_RECEIVED = "receiptDate"
_TAGS = [f"{{*}}{name}" for name in (_DECLARATION, _REPORT, _META, _REQUEST, _COUNTRY, _RECEIVED)]
_ENCODING_ERRORS = {
    etree.ErrorTypes.ERR_INVALID_ENCODING,
    etree.ErrorTypes.ERR_UNKNOWN_ENCODING,
    etree.ErrorTypes.ERR_UNSUPPORTED_ENCODING,
    etree.ErrorTypes.ERR_MISSING_ENCODING,
}


@dataclass(frozen=True, slots=True)
class Message:
    """A declaration, or a report that holds one, with what its envelope says. Its element lives until the next."""

    element: etree._Element
    is_report: bool
    line: int
    size: int
    """Bytes of the document since the message before, to the nearest chunk."""
    administration: str | None
    received: str | None


@dataclass(frozen=True, slots=True)
class Fault:
    """Why the rest of a document could not be read."""

    reason: Reason
    message: str
    line: int | None
    raw: bytes


def looks_like_xml(head: bytes) -> bool:
    """Say whether the first bytes are those of an XML document, in any of Unicode's encodings."""
    return _text(head).lstrip()[:1] == "<"


def messages(stream: BinaryIO) -> Iterator[Message | Fault]:
    """Give the messages of a document in order, and a fault, if there is one, last.

    Messages that ended before the fault are given. A document without a message ends with ``unknown_format``.
    """
    document = _Document()
    try:
        while document.fault is None and (chunk := stream.read(_CHUNK)):
            document.feed(chunk)
            yield from document.found()
    except DamagedInput as damage:
        document.fail(damage.reason, damage.message)
    except OSError as error:
        document.fail(Reason.UNREADABLE_FILE, f"reading stops: {error.strerror or error}")
    if document.fault is None:
        document.close()
        yield from document.found()
        document.judge()
    if document.fault is not None:
        yield document.fault


class _Document:
    """A document on its way through the parser."""

    def __init__(self) -> None:
        self.fault: Fault | None = None
        self._raw = bytearray()
        """Bytes since the last message, cut: what a reject shows."""
        self._chunk = b""
        self._pending = 0
        self._prolog: bytearray | None = bytearray()
        self._messages = 0
        self._country: str | None = None
        self._received: str | None = None
        self._parser = etree.XMLPullParser(
            events=("start", "end"),
            tag=_TAGS,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            dtd_validation=False,
            attribute_defaults=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
            remove_blank_text=True,
        )

    def fail(self, reason: Reason, message: str, line: int | None = None) -> None:
        """Note why reading stops; the first reason counts."""
        if self.fault is None:
            self.fault = Fault(reason, message, line, bytes(self._raw))

    def feed(self, chunk: bytes) -> None:
        """Parse the next bytes."""
        self._chunk = chunk
        self._raw += chunk[: max(0, RAW_BYTES - len(self._raw))]
        self._pending += len(chunk)
        if self._prolog is not None:
            self._prolog += chunk
            chunk = self._past_prolog(self._prolog)
        if chunk:
            self._parse(chunk)

    def close(self) -> None:
        """End the document."""
        if self._prolog is not None:
            self._parse(bytes(self._prolog))
        try:
            self._parser.close()
        except etree.XMLSyntaxError as error:
            self._malformed(error)

    def judge(self) -> None:
        """Note that the whole document held no message."""
        if not self._messages:
            self.fail(Reason.UNKNOWN_FORMAT, "the XML holds no declaration of the WCO Data Model", 1)

    def found(self) -> Iterator[Message]:
        """Give the messages that ended since the last call, each before it is let go."""
        for event, element in self._parser.read_events():
            name = element.tag.rpartition("}")[2]
            if event == "start":
                self._open(name, element)
            elif name == _COUNTRY:
                self._country = (element.text or "").strip() or None
            elif name == _RECEIVED:
                self._received = (element.text or "").strip() or None
            elif name in (_DECLARATION, _REPORT) and not _within_message(element):
                self._messages += 1
                yield Message(
                    element, name == _REPORT, element.sourceline, self._pending, self._country, self._received
                )
                _let_go(element)
                self._pending = 0
                self._raw = bytearray(self._chunk[-_TAIL:])
        if self._pending > MESSAGE_BYTES:
            words = f"no message ends within {MESSAGE_BYTES:,} bytes; the rest of the document is not read"
            self.fail(Reason.ROW_TOO_LONG, words)

    def _past_prolog(self, prolog: bytearray) -> bytes:
        """Give what may be parsed: nothing as long as the first element is not in sight, or where it never will be."""
        rest = _after_asides(_text(prolog))
        if rest.startswith(_DOCTYPE):
            self._forbidden()
        elif rest[:1] == "<" and rest[1:2] not in ("", "!", "?"):
            self._prolog = None
            return bytes(prolog)
        elif len(prolog) > _PROLOG_BYTES:
            self.fail(Reason.MALFORMED_XML, f"no element starts within the first {_PROLOG_BYTES:,} bytes", 1)
        return b""

    def _parse(self, chunk: bytes) -> None:
        try:
            self._parser.feed(chunk)
        except etree.XMLSyntaxError as error:
            self._malformed(error)

    def _open(self, name: str, element: etree._Element) -> None:
        if name == _META:
            self._country = None
        elif name == _REQUEST:
            self._received = None
        if not self._messages and element.getroottree().docinfo.internalDTD is not None:
            # An unusual encoding may hide a document type from us, but not from the parser.
            self._forbidden()

    def _forbidden(self) -> None:
        words = "a document type is declared; it could define entities, so the document is not read"
        self.fail(Reason.FORBIDDEN_ENTITY, words, 1)

    def _malformed(self, error: etree.XMLSyntaxError) -> None:
        words = " ".join(str(error.msg or error).split())
        if error.code in _ENCODING_ERRORS:
            reason = Reason.WRONG_ENCODING
        elif "depth" in words:
            reason = Reason.TOO_DEEP
        elif "too long" in words:
            reason = Reason.FIELD_TOO_LONG
        else:
            reason = Reason.MALFORMED_XML
        self.fail(reason, f"{SENTENCES[reason]} {words}", error.lineno)


def _within_message(element: etree._Element) -> bool:
    return any(above.tag.rpartition("}")[2] in (_DECLARATION, _REPORT) for above in element.iterancestors())


def _let_go(element: etree._Element) -> None:
    """Drop the content of a message that was used, and all that stands before it in the document."""
    element.clear()
    level = element
    while (parent := level.getparent()) is not None:
        while level.getprevious() is not None:
            del parent[0]
        level = parent


def _text(data: bytes | bytearray) -> str:
    for mark, encoding in _ENCODINGS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    return data.decode("latin-1")


def _after_asides(text: str) -> str:
    """Give what follows comments and processing instructions; of one that has not ended yet, the whole."""
    at = 0
    while True:
        at = _SPACE.match(text, at).end()  # type: ignore[union-attr]
        for start, end in _ASIDES:
            if text.startswith(start, at):
                found = text.find(end, at + len(start))
                if found < 0:
                    return text[at:]
                at = found + len(end)
                break
        else:
            return text[at:]
