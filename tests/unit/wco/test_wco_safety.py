"""What must never hurt: entities, depth, size, broken text. Each gives one reject with its line; the run goes on."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from tidewaiter.intake.compression import DamagedInput
from tidewaiter.intake.readers.wco_xml import READER
from tidewaiter.intake.reading import ReadOptions
from tidewaiter.intake.rejects import Reason
from tidewaiter.intake.wco import documents
from tidewaiter.intake.wco.documents import messages

Read = Callable[..., Any]
Wrap = Callable[..., str]

ORIGINAL = "<FunctionCode>9</FunctionCode><TypeCode>IMA</TypeCode><ID>N1</ID>"
BOMB = """<!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>"""


def test_an_entity_bomb_is_refused_before_it_is_parsed(read: Read, wrap: Wrap) -> None:
    reject = read(BOMB + wrap(f"{ORIGINAL}<IssueLocationID>&d;</IssueLocationID>")).reject
    assert reject["code"] == "forbidden_entity"
    assert "document type" in reject["message"]


@pytest.mark.parametrize("address", ["file:///etc/hostname", "http://127.0.0.1:9/secret"])
def test_external_entities_are_refused(read: Read, wrap: Wrap, address: str) -> None:
    document = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{address}">]>' + wrap(ORIGINAL.replace("N1", "&e;"))
    assert read(document).reject["code"] == "forbidden_entity"


def test_an_external_document_type_is_refused(read: Read, wrap: Wrap) -> None:
    assert (
        read('<!DOCTYPE MetaData SYSTEM "http://127.0.0.1:9/x.dtd">' + wrap(ORIGINAL)).reject["code"]
        == "forbidden_entity"
    )


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_document_type_does_not_hide_in_another_encoding(read: Read, wrap: Wrap, encoding: str) -> None:
    document = (BOMB + wrap(ORIGINAL)).encode(encoding)
    assert read(document).reject["code"] in ("forbidden_entity", "malformed_xml", "wrong_encoding")


def test_a_document_type_does_not_hide_behind_an_encoding_that_needs_decoding(read: Read, wrap: Wrap) -> None:
    hidden = BOMB.replace("<!", "+ADwAIQ-").replace("<", "+ADw-")
    document = f"<?xml version='1.0' encoding='UTF-7'?><!-- +AC0ALQA+- {hidden} -->{wrap(ORIGINAL)}"
    reading = read(document)
    assert not reading.rows or "&" not in str(reading.rows)


def test_a_document_type_far_behind_comments_is_found(read: Read, wrap: Wrap) -> None:
    document = f"<?xml version='1.0'?><!-- {'x' * 200_000} --><?go on?>{BOMB}{wrap(ORIGINAL)}"
    assert read(document).reject["code"] == "forbidden_entity"


def test_the_word_in_a_comment_is_no_document_type(read: Read, wrap: Wrap) -> None:
    assert len(read(f"<!-- <!DOCTYPE x> -->{wrap(ORIGINAL)}").rows) == 1


def test_an_undeclared_entity_is_not_well_formed(read: Read, wrap: Wrap) -> None:
    assert read(wrap(ORIGINAL.replace("N1", "&nbsp;"))).reject["code"] == "malformed_xml"


def test_an_endless_prolog_is_refused(read: Read) -> None:
    reject = read("<!--" + "x" * 1_200_000).reject
    assert (reject["code"], reject["source_position"]) == ("malformed_xml", "line 1")


def test_depth_is_bounded(read: Read, wrap: Wrap) -> None:
    assert read(wrap(ORIGINAL + "<a>" * 5000 + "</a>" * 5000)).reject["code"] == "too_deep"


def test_a_long_field_refuses_its_message_alone(read: Read, wrap: Wrap) -> None:
    long = wrap(ORIGINAL.replace("N1", "\nN" + "1" * 2000))
    reading = read(f"<all>\n{wrap(ORIGINAL)}\n{long}{wrap(ORIGINAL)}</all>", max_field_bytes=1000)
    assert len(reading.rows) == 2
    (reject,) = reading.rejects
    assert (reject["code"], reject["source_position"]) == ("field_too_long", "line 3")
    assert "Declaration/ID" in reject["message"]


def test_bytes_count_not_characters(read: Read, wrap: Wrap) -> None:
    assert read(wrap(ORIGINAL.replace("N1", "物" * 400)), max_field_bytes=1000).reject["code"] == "field_too_long"
    assert read(wrap(ORIGINAL.replace("N1", "物" * 300)), max_field_bytes=1000).row


def test_fifty_megabytes_of_text(read: Read) -> None:
    reject = read(b"<Declaration><ID>" + b"x" * 50_000_000 + b"</ID></Declaration>").reject
    assert reject["code"] == "field_too_long"
    assert len(reject["raw"]) <= 65_536


def test_a_message_that_does_not_end_is_given_up(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MESSAGE_BYTES", 2 << 20)
    filler = b"<a>b</a>" * 1000
    reject = read(b"<Declaration>" + filler * ((2 << 20) // len(filler) + 10)).reject
    assert reject["code"] == "row_too_long"


def test_not_well_formed_names_the_line_and_keeps_the_text(read: Read, wrap: Wrap) -> None:
    reject = read("\n\n" + wrap(ORIGINAL.replace("</ID>", "</id>"))).reject
    assert (reject["code"], reject["source_position"]) == ("malformed_xml", "line 3")
    assert reject["source_file"] == "made/declaration.xml"
    assert "N1" in reject["raw"]


def test_declarations_before_a_fault_are_kept(read: Read, wrap: Wrap) -> None:
    reading = read(f"<all>\n{wrap(ORIGINAL)}\n{wrap(ORIGINAL)}\n<broken")
    assert len(reading.rows) == 2
    assert [(reject["code"], reject["source_position"]) for reject in reading.rejects] == [("malformed_xml", "line 4")]


@pytest.mark.parametrize("document", [b"not xml", b"\x00\x01\x02", b"   ", b"<", b"<!", b"<?xml", b"{}"])
def test_what_is_no_xml_is_one_reject(read: Read, document: bytes) -> None:
    assert read(document).reject["code"] == "malformed_xml"


def test_xml_without_a_declaration_is_an_unknown_format(read: Read) -> None:
    reject = read("<html><body><p>hello</p></body></html>").reject
    assert reject["code"] == "unknown_format"
    assert "hello" in reject["raw"]


def test_text_in_the_wrong_encoding_is_refused(read: Read, wrap: Wrap) -> None:
    document = wrap(ORIGINAL.replace("N1", "廣東")).encode("big5")
    assert read(b"<?xml version='1.0' encoding='UTF-8'?>" + document).reject["code"] in (
        "wrong_encoding",
        "malformed_xml",
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030", "big5"])
def test_encodings_that_say_what_they_are(read: Read, wrap: Wrap, encoding: str) -> None:
    named = "utf-8" if encoding == "utf-8-sig" else encoding
    document = f"<?xml version='1.0' encoding='{named}'?>" + wrap(ORIGINAL.replace("N1", "粵港澳"))
    assert read(document.encode(encoding)).row["references"][0]["value"] == "粵港澳"


def test_a_null_character_is_not_well_formed(read: Read, wrap: Wrap) -> None:
    assert read(wrap(ORIGINAL.replace("N1", "N\0"))).reject["code"] == "malformed_xml"


class Breaking(io.RawIOBase):
    """Gives its bytes, then fails."""

    def __init__(self, data: bytes, error: OSError) -> None:
        self._data = io.BytesIO(data)
        self._error = error

    def read(self, size: int = -1) -> bytes:
        found = self._data.read(size)
        if not found:
            raise self._error
        return found


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (DamagedInput(Reason.CORRUPT_COMPRESSION, "damaged"), "corrupt_compression"),
        (OSError("gone"), "unreadable_file"),
    ],
)
def test_a_stream_that_breaks_keeps_what_came_before(wrap: Wrap, source: Any, error: OSError, code: str) -> None:
    class BreakingSource(source):  # type: ignore[misc]
        def open(self) -> BinaryIO:
            return Breaking(self.data, error)  # type: ignore[return-value]

    document = f"<all>{wrap(ORIGINAL)}".encode()
    (batch,) = READER.read(BreakingSource(document), ReadOptions())
    assert (batch.read, batch.accepted) == (2, 1)
    assert batch.rejects.column("code").to_pylist() == [code]


def test_memory_does_not_grow_with_the_document(wrap: Wrap) -> None:
    class Endless(io.RawIOBase):
        """The same declaration again and again."""

        def __init__(self) -> None:
            self.left = 300

        def read(self, size: int = -1) -> bytes:
            self.left -= 1
            return b"<all>" if self.left == 299 else wrap(ORIGINAL).encode() * 50 if self.left > 0 else b""

    siblings = set()
    for found in messages(Endless()):  # type: ignore[arg-type]
        if hasattr(found, "element"):
            root = found.element.getroottree().getroot()
            siblings.add(len(root))
    assert max(siblings) <= 51


def test_recognises(source: Any, wrap: Wrap, tmp_path: Path) -> None:
    document = wrap(ORIGINAL).encode()
    assert READER.recognises(source(b"anything", suffixes=(".xml",)))
    assert READER.recognises(source(document, suffixes=(".txt",)))
    assert READER.recognises(source(document.decode().encode("utf-16"), suffixes=()))
    assert not READER.recognises(source(b"<html/>", suffixes=(".html",)))
    assert not READER.recognises(source(b"a,b\nDeclaration,c\n", suffixes=(".csv",)))
