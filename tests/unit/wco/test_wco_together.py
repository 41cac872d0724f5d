"""Many small documents share batches; what is read is what reading each alone gives."""

import io
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from xml.sax.saxutils import escape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from tidewaiter.intake.readers import wco_xml
from tidewaiter.intake.readers.wco_xml import WcoXmlReader
from tidewaiter.intake.reading import GatheringReader, ReadBatch, ReadOptions
from tidewaiter.intake.wco.documents import Fault, Message, at_once, messages

READER = WcoXmlReader()
ORIGINAL = "<FunctionCode>9</FunctionCode><TypeCode>IMA</TypeCode><ID>N1</ID>"
NAMELESS = "<FunctionCode>13</FunctionCode><TypeCode>COR</TypeCode>"
Wrap = Callable[..., str]


def result(batches: Iterable[ReadBatch]) -> dict[str, Any]:
    """All that was read, whatever the batches."""
    kept = list(batches)
    for batch in kept:
        assert batch.read == batch.accepted + batch.rejects.num_rows
        batch.consignments.validate(full=True)
    return {
        "read": sum(batch.read for batch in kept),
        "accepted": sum(batch.accepted for batch in kept),
        "rows": [row for batch in kept for row in batch.consignments.to_pylist()],
        "rejects": [row for batch in kept for row in batch.rejects.to_pylist()],
    }


def alone(sources: Iterable[Any], options: ReadOptions) -> dict[str, Any]:
    """Each source by itself, as a stream."""
    return result(batch for source in sources for batch in READER.read(source, options))


def together(sources: Iterable[Any], options: ReadOptions) -> dict[str, Any]:
    return result(READER.read_together(sources, options))


@pytest.fixture(scope="module")
def documents(wrap: Wrap, import_declaration: str) -> list[bytes]:
    """Whole documents, and damaged ones between them."""
    whole = wrap(import_declaration)
    many = f"<all>\n{wrap(ORIGINAL, 'MO')}\n{wrap(NAMELESS)}\n<Declaration>{ORIGINAL}</Declaration></all>"
    report = (
        "<r><submitDeclarationRequest><receiptDate>20260504</receiptDate></submitDeclarationRequest>"
        "<FullDeclarationDataDetails><HighLevelSummaryDetails><MRN>26HKABCDEFGHIJ1234</MRN></HighLevelSummaryDetails>"
        f"<Declaration>{ORIGINAL}</Declaration></FullDeclarationDataDetails></r>"
    )
    texts = [
        whole,
        whole[: len(whole) // 2],
        many,
        many.replace("</all>", "<broken"),
        report,
        report.replace("<Declaration>", "<Other>").replace("</Declaration>", "</Other>"),
        "<!DOCTYPE x [<!ENTITY a 'b'>]>" + wrap(ORIGINAL.replace("N1", "&a;")),
        f"<!-- <!DOCTYPE x> -->{wrap(ORIGINAL)}",
        wrap(ORIGINAL.replace("N1", "&nbsp;")),
        wrap(ORIGINAL.replace("N1", "N\0")),
        wrap(ORIGINAL.replace("N1", "<![CDATA[N & 1]]><!-- c -->2<?p i?>")),
        wrap(ORIGINAL + "<a>" * 5000 + "</a>" * 5000),
        wrap(ORIGINAL.replace("N1", "N" * 5000)),
        "<html><body>hello</body></html>",
        "no xml",
        "\n\n" + wrap(ORIGINAL),
    ]
    named = "<?xml version='1.0' encoding='{}'?>" + wrap(ORIGINAL.replace("N1", "粵港澳"))
    return [
        *(text.encode() for text in texts),
        *(named.format(encoding).encode(encoding) for encoding in ("UTF-8", "utf-16", "big5", "gb18030")),
        b"\xef\xbb\xbf" + whole.encode(),
        named.format("utf-8").encode("big5"),
        named.format("no-such-code").encode(),
        wrap(ORIGINAL.replace("N1", "é")).encode("latin-1"),
        whole.encode("utf-16-le"),
    ]


@pytest.mark.parametrize("rows", [1, 2, 7, 65_536])
def test_together_and_alone_are_the_same(documents: list[bytes], source: Any, rows: int) -> None:
    sources = [source(data, name=f"folder/{number}.xml") for number, data in enumerate(documents * 2)]
    options = ReadOptions(administration="HK", batch_rows=rows, max_field_bytes=4000)
    expected = alone(sources, options)
    assert together(sources, options) == expected
    assert expected["accepted"] > len(documents)
    assert {row["code"] for row in expected["rejects"]} >= {
        "malformed_xml",
        "forbidden_entity",
        "no_identity",
        "unknown_message",
        "unknown_format",
        "too_deep",
        "field_too_long",
        "wrong_encoding",
    }


def test_batches_are_full(documents: list[bytes], source: Any) -> None:
    sources = [source(data, name=str(number)) for number, data in enumerate(documents * 3)]
    batches = list(READER.read_together(sources, ReadOptions(batch_rows=10)))
    assert all(batch.read == 10 for batch in batches[:-1])
    assert 0 < batches[-1].read <= 10


def test_batches_end_by_bytes_too(
    documents: list[bytes], source: Any, wrap: Wrap, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wco_xml, "_BATCH_BYTES", 60_000)
    good, damaged = source(wrap(ORIGINAL + " " * 25_000).encode()), source(b"<a>" + b"x" * 25_000)
    batches = list(READER.read_together([good] * 6 + [damaged] * 6, ReadOptions()))
    assert [batch.read for batch in batches] == [3, 3, 3, 3]


def test_sources_are_asked_for_one_by_one(source: Any, wrap: Wrap) -> None:
    asked = []

    def endless() -> Iterator[Any]:
        while True:
            asked.append(source(wrap(ORIGINAL).encode(), name=str(len(asked))))
            yield asked[-1]

    batch = next(READER.read_together(endless(), ReadOptions(batch_rows=5)))
    assert batch.read == 5
    assert len(asked) <= 5 + wco_xml._TOGETHER


def test_the_registry_can_tell() -> None:
    assert isinstance(wco_xml.READER, GatheringReader)


NAMES = ["Declaration", "FullDeclarationDataDetails", "MetaData", "submitDeclarationRequest", "Other"]
SAYINGS = ["ResponsibleCountryCode", "receiptDate", "ID", "FunctionCode"]
TEXT = st.sampled_from(["", " ", "\n", "HK", "MO", " MO\n", "20260504", "9", "<x/>"])
TREES = st.recursive(
    st.tuples(st.sampled_from(SAYINGS + NAMES), TEXT),
    lambda inner: st.tuples(st.sampled_from(NAMES * 3 + SAYINGS), st.lists(inner, max_size=4)),
    max_leaves=20,
)


def xml(tree: Any) -> str:
    name, inside = tree
    if not isinstance(inside, str):
        return f"<{name}>{''.join(map(xml, inside))}</{name}>"
    return f"<{name}>{inside if inside == '<x/>' else escape(inside)}</{name}>"


def told(found: Iterable[Message | Fault]) -> list[tuple[Any, ...]]:
    """What is known of each message while it is there."""
    return [
        (one.reason, one.message, one.line, one.raw)
        if isinstance(one, Fault)
        else (one.is_report, one.line, one.administration, one.received, etree.tostring(one.element, with_tail=False))
        for one in found
    ]


@settings(max_examples=200, deadline=None)
@given(tree=TREES, before=st.sampled_from(["", "\ufeff", "\n", "<?xml version='1.0'?>", "<!-- -->"]))
@example(tree=("a", [("ResponsibleCountryCode", [("ResponsibleCountryCode", "MO")]), ("Declaration", "")]), before="")
@example(tree=("MetaData", [("Declaration", [("ResponsibleCountryCode", "MO")]), ("Declaration", "")]), before="")
@example(tree=("Declaration", [("Declaration", ""), ("MetaData", [("receiptDate", "9")])]), before="")
def test_at_once_and_as_a_stream_give_the_same_messages(tree: Any, before: str) -> None:
    data = (before + xml(tree)).encode()
    assert told(at_once(data)) in ([], told(messages(io.BytesIO(data))))


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_damage_at_once_and_as_a_stream(wrap: Wrap, import_declaration: str, data: st.DataObject) -> None:
    document = bytearray(f"<all>{wrap(import_declaration)}\n{wrap(ORIGINAL)}</all>".encode())
    at = data.draw(st.integers(0, len(document) - 1))
    document[at : at + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=3))
    assert told(at_once(bytes(document))) in ([], told(messages(io.BytesIO(document))))


@pytest.mark.shared
def test_the_samples_together_and_alone(shared: Any, source: Any) -> None:
    paths = sorted((shared / "samples" / "wco-declarations").glob("*/*.xml"))
    sources = [source(path.read_bytes(), name=path.name) for path in paths]
    assert together(sources, ReadOptions()) == alone(sources, ReadOptions())
