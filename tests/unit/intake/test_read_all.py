"""Many sources are read as each alone is read, whatever they are and whatever stands between them."""

import gzip
import io
import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from tidewaiter.intake.held import HELD_BYTES, hold
from tidewaiter.intake.reading import ReadBatch, ReadOptions, Source
from tidewaiter.intake.registry import read, read_all
from tidewaiter.intake.sources import find_sources


def declaration(number: str, more: str = "") -> bytes:
    inside = f"<FunctionCode>9</FunctionCode><TypeCode>EXA</TypeCode><ID>{number}</ID>{more}"
    return f"<Declaration>{inside}</Declaration>".encode()


CSV = b"administration,references.plate\nHK,AB1\nHK,AB2\n"
CONTENTS = {
    "01.xml": declaration("N1"),
    "02.xml": declaration("N2"),
    "03-empty.xml": b"",
    "04-damaged.xml": declaration("N4")[:-5],
    "05.xml.gz": gzip.compress(declaration("N5")),
    "06-cut.xml.gz": gzip.compress(declaration("N6") * 50)[:-20],
    "07-not.xml.gz": b"\x1f\x8b" + bytes(40),
    "08.csv": CSV,
    "09.xml": declaration("N9"),
    "10-large.xml": b"<all>" + b"".join(declaration(f"L{n}", " " * 4000) for n in range(70)) + b"</all>",
    "11.xml": declaration("N11"),
    "12-unknown.bin": bytes(range(256)),
    "13.unnamed": declaration("N13"),
    "14.jsonl": b'{"administration": "HK", "references": [{"type": "plate", "value": "AB3"}]}\nnothing\n',
    "15-entities.xml": b"<!DOCTYPE x []>" + declaration("N15"),
    "16.xml": b"<all>" + declaration("N16") + declaration("N17") + b"<broken",
    "17-notes.md": b"read me",
    "18.xml": declaration("N18"),
}


@pytest.fixture(params=["folder", "archive", "compressed archive"])
def sources(request: pytest.FixtureRequest, tmp_path: Path) -> list[Source]:
    folder = tmp_path / "input"
    folder.mkdir()
    for name, content in CONTENTS.items():
        (folder / name).write_bytes(content)
    (folder / "19-loop").symlink_to(folder)
    if request.param == "folder":
        return list(find_sources([folder]))
    compressed = request.param == "compressed archive"
    path = tmp_path / ("input.tar.gz" if compressed else "input.tar")
    with tarfile.open(path, "w:gz" if compressed else "w") as archive:
        archive.add(folder, "input")
    return list(find_sources([path]))


def result(batches: Iterable[ReadBatch]) -> dict[str, Any]:
    kept = list(batches)
    return {
        "read": sum(batch.read for batch in kept),
        "accepted": sum(batch.accepted for batch in kept),
        "rows": [row for batch in kept for row in batch.consignments.to_pylist()],
        "rejects": [row for batch in kept for row in batch.rejects.to_pylist()],
    }


@pytest.mark.parametrize("rows", [2, 65_536])
def test_rows_rejects_order_and_counts(sources: list[Source], rows: int) -> None:
    options = ReadOptions(administration="HK", batch_rows=rows)
    expected = result(batch for source in sources for batch in read(source, options))
    assert result(read_all(sources, options)) == expected
    assert expected["accepted"] > 75
    assert len(expected["rejects"]) >= 8


def test_small_messages_share_batches(tmp_path: Path) -> None:
    for number in range(50):
        (tmp_path / f"{number:02d}.xml").write_bytes(declaration(f"N{number}")[: -5 if number == 20 else None])
    (batch,) = read_all(find_sources([tmp_path]))
    assert (batch.read, batch.accepted, batch.rejects.num_rows) == (50, 49, 1)


@dataclass
class Counted:
    """A source that counts how often it is opened."""

    data: bytes
    name: str = "counted.xml"
    suffixes: tuple[str, ...] = (".xml",)
    path: Path | None = None
    opened: list[int] = field(default_factory=list)

    def open(self) -> BinaryIO:
        self.opened.append(1)
        return io.BytesIO(self.data)

    def head(self, size: int) -> bytes:
        with self.open() as stream:
            return stream.read(size)


def test_a_small_source_is_opened_once() -> None:
    sources = [Counted(declaration(f"N{number}")) for number in range(3)]
    assert sum(batch.accepted for batch in read_all(sources)) == 3
    assert [len(source.opened) for source in sources] == [1, 1, 1]


def test_sources_are_not_collected_before_they_are_read() -> None:
    given: list[Source] = []

    def endless() -> Iterator[Source]:
        while True:
            given.append(Counted(declaration(f"N{len(given)}")))
            yield given[-1]

    assert next(read_all(endless(), ReadOptions(batch_rows=4))).read == 4
    assert len(given) < 100


def test_what_is_held() -> None:
    small, large = hold(Counted(b"x" * HELD_BYTES)), hold(Counted(b"x" * (HELD_BYTES + 1)))
    assert small is not None
    assert large is not None
    assert (small.whole, large.whole) == (True, False)
    assert small.open().read() == b"x" * HELD_BYTES
    assert large.open().read() == b"x" * (HELD_BYTES + 1)
    assert len(large.head(1 << 20)) == 64 * 1024
    assert hold(Counted(b"")) is None


def test_a_source_that_breaks_between_others_is_a_reject() -> None:
    class Broken(Counted):
        def open(self) -> BinaryIO:
            raise OSError("gone")

        def head(self, size: int) -> bytes:
            return b"<a"[:size]

    batches = list(read_all([Counted(declaration("N1")), Broken(b""), Counted(declaration("N2"))]))
    assert [batch.accepted for batch in batches] == [1, 0, 1]
    assert batches[1].rejects.column("code").to_pylist() == ["unreadable_file"]
