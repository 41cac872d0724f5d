"""Rows of delimited text: the bulk parser and the careful one agree, and broken rows cost only themselves."""

import io
import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tidewaiter.intake.encoding import Utf8Blocks, guess
from tidewaiter.intake.records import Dialect, RecordStream, Rows
from tidewaiter.intake.rejects import Reject

Outcome = tuple[list[str], list[tuple[int, tuple[str, ...]]], list[tuple[str, str]]]
CHINESE = "品名,說明,件數\n球鞋,白色 運動用的鞋子,12\n手袋,這是一個皮的手袋,3\n"
MAINLAND = "品名,说明,件数\n球鞋,白色 运动用的鞋子,12\n手袋,这是一个皮的手袋,3\n"


class CarefulOnly(RecordStream):
    """A stream that never takes the bulk path."""

    def _bulk(self, width: int, limit: int) -> Rows | None:
        del width, limit
        return None


def taken_apart(
    text: bytes, *, careful: bool = False, encoding: str = "utf-8", block: int = 1 << 22, longest: int = 1 << 20
) -> Outcome | str:
    blocks = Utf8Blocks(io.BytesIO(text), encoding)
    next_block = blocks.next_block
    blocks.next_block = lambda size=block: next_block(block)  # type: ignore[method-assign]
    stream = (CarefulOnly if careful else RecordStream)(blocks, Dialect(), "input", longest)
    header = stream.header()
    if isinstance(header, Reject):
        return str(header.code)
    rows: list[tuple[int, tuple[str, ...]]] = []
    rejects: list[tuple[str, str]] = []
    for found in stream.rows(len(header)) if header else _none():
        if found.fields.num_rows:
            rows += zip(found.numbers.tolist(), zip(*found.fields.to_pydict().values(), strict=True), strict=True)
        rejects += [(reject.source_position, str(reject.code)) for reject in found.rejects]
    return header, rows, rejects


def _none() -> Iterator[Rows]:
    yield from ()


@settings(max_examples=300, deadline=None)
@given(
    text=st.lists(st.sampled_from(['"', '""', ",", "\n", "\r\n", "\r", "a", "品", "b", "\0"]), max_size=40),
    block=st.integers(1, 9),
)
def test_both_parsers_and_all_block_sizes_agree(text: list[str], block: int) -> None:
    data = b"x,y\n" + "".join(text).encode()
    whole = taken_apart(data)
    assert whole == taken_apart(data, careful=True)
    assert whole == taken_apart(data, block=block)


@settings(max_examples=200, deadline=None)
@given(
    rows=st.lists(
        st.tuples(st.text(st.characters(exclude_characters="\0\r", exclude_categories=["Cs"])), st.text('ab,"\n')),
        min_size=1,
    )
)
def test_what_was_written_is_read(rows: list[tuple[str, str]]) -> None:
    lines = [",".join('"' + value.replace('"', '""') + '"' for value in row) for row in [("x", "y"), *rows]]
    outcome = taken_apart("\n".join(lines).encode())
    assert outcome[1:] == ([(at, row) for at, row in enumerate(rows, start=2)], [])


def test_a_broken_row_costs_only_itself() -> None:
    text = b'a,b\n1,2\n3\n4,5,6\n"7"x,8\n9,"10\n11,12\n\n"q\nr",\0\n13,14'
    assert taken_apart(text) == (
        ["a", "b"],
        [(2, ("1", "2")), (7, ("11", "12")), (10, ("13", "14"))],
        [
            ("3", "wrong_field_count"),
            ("4", "wrong_field_count"),
            ("5", "malformed_quote"),
            ("6", "malformed_quote"),
            ("9", "embedded_null"),
        ],
    )


def test_an_unclosed_quotation_mark_at_the_end() -> None:
    assert taken_apart(b'a,b\n"1,2\n3,4\n') == (["a", "b"], [(3, ("3", "4"))], [("2", "unclosed_quote")])


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", CHINESE),
        ("utf-8-sig", CHINESE),
        ("utf-16", CHINESE),
        ("utf-16-le", MAINLAND),
        ("utf-16-be", CHINESE),
        ("gb18030", MAINLAND),
        ("big5hkscs", CHINESE),
    ],
)
def test_the_encodings_of_the_region_are_recognised(encoding: str, text: str) -> None:
    outcome = taken_apart(text.encode(encoding), encoding="auto")
    assert outcome == taken_apart(text.encode(), encoding="auto")
    assert outcome[0] == text.split("\n", 1)[0].split(",")


def test_a_row_in_another_encoding_is_refused_alone() -> None:
    text = b"a,b\n" + "球鞋,1\n".encode() + "球鞋,2\n".encode("gb18030") + "鞋,3\n".encode()
    assert taken_apart(text, encoding="auto") == (
        ["a", "b"],
        [(2, ("球鞋", "1")), (4, ("鞋", "3"))],
        [("3", "wrong_encoding")],
    )
    wrong = "a,b\n球鞋,1\n".encode("gb18030") + b"\xff\xff,2\nx,3\n"
    assert taken_apart(wrong, encoding="gb18030")[1:] == (
        [(2, ("球鞋", "1")), (4, ("x", "3"))],
        [("3", "wrong_encoding")],
    )


def test_the_encoding_is_judged_where_the_first_foreign_byte_stands() -> None:
    text = b"a,b\n" + b"1,2\n" * 50 + MAINLAND.replace(",12", "").replace(",3", "").encode("gb18030")
    outcome = taken_apart(text, encoding="auto", block=64)
    assert ("球鞋", "白色 运动用的鞋子") in [row for _, row in outcome[1]]


@given(st.binary(max_size=300))
def test_guessing_never_fails(data: bytes) -> None:
    assert guess(data) in ("utf-8", "gb18030", "big5hkscs")


@pytest.mark.parametrize("quoted", [False, True])
def test_a_field_of_fifty_megabytes_is_refused_in_bounded_memory(quoted: bool) -> None:
    class Long(io.RawIOBase):
        """A text with one huge field, made as it is read."""

        start, end = (b'a,b\n1,2\n3,"', b'"\n5,6\n') if quoted else (b"a,b\n1,2\n3,", b"\n5,6\n")
        left = 50 << 20

        def read(self, size: int = -1) -> bytes:
            if self.start:
                self.start, part = b"", self.start
                return part
            if self.left:
                part = b"x" * min(size, self.left)
                self.left -= len(part)
                return part
            self.end, part = b"", self.end
            return part

    stream = RecordStream(Utf8Blocks(Long(), "utf-8"), Dialect(), "input", 1 << 20)  # type: ignore[arg-type]
    tracemalloc.start()
    header = stream.header()
    found = list(stream.rows(len(header)))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    rejects = [(reject.source_position, str(reject.code), len(reject.raw)) for rows in found for reject in rows.rejects]
    assert sum(rows.fields.num_rows for rows in found) == 2
    assert rejects == [("3", "field_too_long" if not quoted else rejects[0][1], 64 * 1024)]
    assert rejects[0][1] in ("field_too_long", "unclosed_quote")
    assert peak < 40 << 20


def test_a_long_field_within_the_row_limit_is_refused_too() -> None:
    text = b"a,b\n1," + b"x" * 2000 + b"\n2,3\n"
    expected = (["a", "b"], [(3, ("2", "3"))], [("2", "field_too_long")])
    assert taken_apart(text, longest=1000) == expected
    assert taken_apart(text, longest=1000, careful=True) == expected
