"""Reading in bulk gives what reading line by line gives, or leaves the file to it."""

import csv
import io

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tidewaiter.screening.lists import careful, well_formed

PARTS = st.sampled_from(
    [
        b"a",
        b"b c",
        b",",
        b",",
        b'"',
        b'""',
        b'"x"',
        b"\n",
        b"\r\n",
        b"\r",
        b" ",
        "鞋".encode(),
        "\ufeff".encode(),
        b"\0",
    ]
)
LOOSE = st.lists(PARTS | st.binary(max_size=2), max_size=40).map(b"".join)
VALUES = st.text(st.sampled_from('ab ,"\n鞋\u00a0é'), max_size=6)
TABLES = st.integers(1, 4).flatmap(lambda width: st.lists(st.lists(VALUES, min_size=width, max_size=width), min_size=2))


def written(rows: list[list[str]], quoting: int, end: str) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, quoting=quoting, lineterminator=end).writerows(rows)  # type: ignore[arg-type]
    return text.getvalue().encode()


def same_as_line_by_line(data: bytes) -> bool:
    """Whether the file is read in bulk; what it gives is compared."""
    quick = well_formed.read(data)
    if quick is None:
        return False
    slow, problems = careful.read(data, "list.csv")
    assert problems == []
    assert quick.header == slow.header
    assert [column.to_pylist() for column in quick.columns] == [column.to_pylist() for column in slow.columns]
    assert quick.lines.tolist() == slow.lines.tolist()
    return True


@settings(deadline=None, max_examples=400)
@given(LOOSE)
@example(b"a,b\n1,2\n\n3,4")
@example(b'a,b\n"1"x,2\n')
@example(b'a,b\n1"x",2\n')
@example(b'a,b\n"1\n2",3\n4,5\n')
@example(b"a,b\n1,2\r3,4\n")
@example(b"a,b\n1\n")
@example('a,b\n"1",\ufeff2\n'.encode())
@example("a,b\n\ufeff1,2\n".encode())
def test_any_bytes_are_read_alike_or_left(data: bytes) -> None:
    same_as_line_by_line(b"one,two\n" + data)
    same_as_line_by_line(data)


@settings(deadline=None)
@given(TABLES, st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]), st.sampled_from(["\n", "\r\n"]), st.integers(1, 9))
def test_a_table_that_a_program_wrote_is_read_in_bulk(
    rows: list[list[str]], quoting: int, end: str, block: int
) -> None:
    data = written(rows, quoting, end)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(well_formed, "_BLOCK", block)
        assert same_as_line_by_line(data)


def test_rows_know_the_line_that_they_begin_on() -> None:
    rows = well_formed.read(b'a,b\n"1\n\n2",3\n\n4,5\n')
    assert rows is not None
    assert rows.lines.tolist() == [2, 6]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"a,b\n",
        b'a,b\n"1"x,2\n',
        b'a,b\n1"x,2\n',
        b'a,b\n"1,2\n',
        b"a,b\n1\n",
        b"a,b\n1,2\r3,4\r",
        "a,b\n1,鞋\n".encode("big5"),
        "a,b\n1,\ufffd\n".encode(),
        b"a,b\n1," + b"x" * 200_000,
    ],
)
def test_what_is_unusual_is_left_to_the_careful_reader(data: bytes) -> None:
    assert well_formed.read(data) is None
