"""Take messages out of an XML document as it streams by: safely, and in bounded memory.

A document type is refused before the parser sees it: entities are never declared, so none is ever resolved and nothing
outside the document is ever opened. Depth, names and single texts are bounded by the parser itself (``huge_tree`` is
off), the size of a message by `MESSAGE_BYTES`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from lxml import etree

from tidewaiter.intake.compression import DamagedInput
from tidewaiter.intake.rejects import RAW_BYTES, SENTENCES, Reason

__all__ = ["MESSAGE_BYTES", "Fault", "Message", "at_once", "looks_like_xml", "messages"]

MESSAGE_BYTES = 16 << 20
"""Bytes from one message to the next at the most; a declaration of 999 items has a third of that."""

_CHUNK = 1 << 16
_TAIL = 1 << 14
_PROLOG_BYTES = 1 << 20
_SPACE = re.compile(r"\s*")
_DOCTYPE = "<!DOCTYPE"
_ASIDES = (("<?", "?>"), ("<!--", "-->"))
_UTF8_MARK = b"\xef\xbb\xbf"
_ENCODINGS = (
    (_UTF8_MARK, "utf-8-sig"),
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
_MESSAGES = frozenset({_DECLARATION, _REPORT})
_SAYINGS = frozenset({_COUNTRY, _RECEIVED})
_TAGS = [f"{{*}}{name}" for name in (_DECLARATION, _REPORT, _META, _REQUEST, _COUNTRY, _RECEIVED)]
_ENCODING_ERRORS = {
    etree.ErrorTypes.ERR_INVALID_ENCODING,
    etree.ErrorTypes.ERR_UNKNOWN_ENCODING,
    etree.ErrorTypes.ERR_UNSUPPORTED_ENCODING,
    etree.ErrorTypes.ERR_MISSING_ENCODING,
}


_LIMITS: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "attribute_defaults": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
    "remove_blank_text": True,
}
_AT_ONCE = etree.XMLParser(**_LIMITS)
_AT_ONCE_BYTES = 1 << 20
"""A document up to this size may be parsed at once."""
_ENCODING = re.compile(rb"encoding\s*=\s*[\"']([^\"']*)")


@dataclass(slots=True)
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


def at_once(data: bytes) -> list[Message]:
    """Give the messages of a document that is small, plain, well-formed and simple; none where it is not.

    They are those that `messages` gives, but their elements live as long as they do.
    """
    if len(data) > _AT_ONCE_BYTES or not _is_plain(data):
        return []
    try:
        root = etree.fromstring(data, _AT_ONCE)
    except etree.XMLSyntaxError:
        return []
    envelope = _Envelope()
    found: list[Message] = []
    message: etree._Element | None = None

    def end_message() -> None:
        if message is not None:
            found.append(_message(message, envelope, 0 if found else len(data)))

    for element in root.iter(*_TAGS):
        name = _local(element)
        if message is not None and not any(above is message for above in element.iterancestors()):
            end_message()
            message = None
        if name in _MESSAGES:
            message = element if message is None else message
        elif name not in _SAYINGS:
            envelope.opens(name)
        elif len(element):
            return []  # what an element says counts from its end on, and here its end is not in sight
        else:
            envelope.ends(name, element)
    end_message()
    return found


@dataclass(slots=True)
class _Envelope:
    """What stands around the messages and counts for all that follow."""

    country: str | None = None
    received: str | None = None

    def opens(self, name: str) -> None:
        """Forget what an envelope before has said."""
        if name == _META:
            self.country = None
        elif name == _REQUEST:
            self.received = None

    def ends(self, name: str, element: etree._Element) -> None:
        """Note what an element says."""
        if name == _COUNTRY:
            self.country = (element.text or "").strip() or None
        elif name == _RECEIVED:
            self.received = (element.text or "").strip() or None


def _is_plain(data: bytes) -> bool:
    """Say whether a document is in UTF-8, where no document type can hide, and has none before its first element."""
    start = 3 if data.startswith(_UTF8_MARK) else 0
    if data[start : start + 1] != b"<" or data[start + 1 : start + 2] == b"\0":
        return False
    named = _ENCODING.search(data, start, data.find(b">")) if data.startswith(b"<?xml", start) else None
    if named is not None and named[1].lower() != b"utf-8":
        return False
    return _starts_element(_after_asides(data[start:].decode("latin-1")))


def _message(element: etree._Element, envelope: _Envelope, size: int) -> Message:
    is_report = _local(element) == _REPORT
    return Message(element, is_report, element.sourceline, size, envelope.country, envelope.received)


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
        self._envelope = _Envelope()
        self._parser = etree.XMLPullParser(
            events=("start", "end"),
            tag=_TAGS,
            **_LIMITS,
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
            name = _local(element)
            if event == "start":
                self._opens(name, element)
            elif name not in _MESSAGES:
                self._envelope.ends(name, element)
            elif not _within_message(element):
                self._messages += 1
                yield _message(element, self._envelope, self._pending)
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
        elif _starts_element(rest):
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

    def _opens(self, name: str, element: etree._Element) -> None:
        self._envelope.opens(name)
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


def _local(element: etree._Element) -> str:
    name: str = element.tag.rpartition("}")[2]
    return name


def _within_message(element: etree._Element) -> bool:
    return any(_local(above) in _MESSAGES for above in element.iterancestors())


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


def _starts_element(text: str) -> bool:
    return text[:1] == "<" and text[1:2] not in ("", "!", "?")


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
