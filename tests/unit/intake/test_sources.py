"""Files, folders, archives and compressed streams: found whole, or refused with the reason."""

import gzip
import io
import os
import pickle
import tarfile
import zlib
from pathlib import Path
from typing import BinaryIO

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from tidewaiter.intake.compression import DamagedInput, DecompressedStream, read_up_to
from tidewaiter.intake.reading import Source
from tidewaiter.intake.rejects import Reason
from tidewaiter.intake.sources import FileSource, find_sources
from tidewaiter.intake.tape import members


def content(source: Source) -> tuple[bytes, Reason | None]:
    try:
        with source.open() as stream:
            data, damage = read_up_to(stream, 1 << 30)
    except DamagedInput as error:
        return b"", error.reason
    return data, damage.reason if damage else None


def found(*paths: Path) -> dict[str, tuple[bytes, Reason | None]]:
    return {Path(source.name).name: content(source) for source in find_sources(paths)}


def archive(entries: dict[str, bytes], *, links: tuple[str, ...] = ()) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        for name, data in entries.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
        for name in links:
            info = tarfile.TarInfo(name)
            info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
            tar.addfile(info)
    return out.getvalue()


def test_a_folder_is_read_in_order_and_each_file_once(tmp_path: Path) -> None:
    for name in ("b.csv", "a.csv", "sub/c.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(name.encode())
    names = [Path(source.name).name for source in find_sources([tmp_path, tmp_path / "a.csv"])]
    assert names == ["a.csv", "b.csv", "c.csv"]


def test_ten_thousand_small_files(tmp_path: Path) -> None:
    for number in range(10_000):
        (tmp_path / f"{number:05}.csv").touch()
    assert sum(1 for _ in find_sources([tmp_path])) == 10_000


def test_compression_is_known_by_its_first_bytes_too(tmp_path: Path) -> None:
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(b"one") + gzip.compress(b"two") + bytes(512))
    (tmp_path / "b.csv").write_bytes(gzip.compress(b"one"))
    (tmp_path / "c.csv.zst").write_bytes(zstandard.compress(b"one") + zstandard.compress(b"two"))
    (tmp_path / "d.csv").write_bytes(zstandard.compress(b"one"))
    assert found(tmp_path) == {
        "a.csv.gz": (b"onetwo", None),
        "b.csv": (b"one", None),
        "c.csv.zst": (b"onetwo", None),
        "d.csv": (b"one", None),
    }
    assert {source.suffixes for source in find_sources([tmp_path])} == {(".csv",)}


@pytest.mark.parametrize("kind", ["gzip", "zstandard"])
def test_a_truncated_stream_gives_what_came_before_and_says_so(kind: str) -> None:
    data = os.urandom(300_000)
    packed = gzip.compress(data) if kind == "gzip" else zstandard.compress(data)
    stream = DecompressedStream(io.BytesIO(packed[:-100]), kind)
    kept, damage = read_up_to(stream, 1 << 30)  # type: ignore[arg-type]
    assert damage is not None and damage.reason is Reason.TRUNCATED_INPUT
    assert len(kept) > 100_000 and data.startswith(kept)


def test_a_corrupt_gzip_gives_the_bytes_before_the_damage() -> None:
    packed = bytearray(gzip.compress(b"declaration\n" * 100))
    packed[-8:-4] = b"\xff\xff\xff\xff"
    kept, damage = read_up_to(DecompressedStream(io.BytesIO(packed), "gzip"), 1 << 20)  # type: ignore[arg-type]
    assert damage is not None and damage.reason is Reason.CORRUPT_COMPRESSION
    assert kept == b"declaration\n" * 100


def test_reading_all_at_once_never_passes_a_part_for_the_whole() -> None:
    with pytest.raises(DamagedInput):
        DecompressedStream(io.BytesIO(gzip.compress(os.urandom(9_000))[:-9]), "gzip").read()


@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=3000), cut=st.integers(0, 4000), kind=st.sampled_from(["gzip", "zstandard"]))
def test_no_cut_of_a_compressed_stream_is_taken_for_the_whole(data: bytes, cut: int, kind: str) -> None:
    packed = gzip.compress(data) if kind == "gzip" else zstandard.compress(data)
    kept, damage = read_up_to(DecompressedStream(io.BytesIO(packed[:cut]), kind), 1 << 20)  # type: ignore[arg-type]
    assert data.startswith(kept)
    if cut >= len(packed):
        assert kept == data and damage is None
    elif cut:
        assert damage is not None


def test_a_bomb_is_read_in_bounded_pieces() -> None:
    packed = zstandard.compress(bytes(200 << 20))
    stream = DecompressedStream(io.BytesIO(packed), "zstandard")
    largest = total = 0
    while part := stream.read(64 << 20):
        largest, total = max(largest, len(part)), total + len(part)
    assert total == 200 << 20
    assert largest <= 33 << 20


def test_members_of_an_archive_are_sources(tmp_path: Path) -> None:
    long = "x" * 200 + ".csv"
    entries = {"a.csv": b"a", "b.csv.gz": gzip.compress(b"b"), f"deep/{long}": b"c", "big.csv": bytes(5 << 20)}
    (tmp_path / "t.tar.gz").write_bytes(gzip.compress(archive(entries, links=("link",))))
    sources = list(find_sources([tmp_path]))
    assert [source.name.rsplit("!", 1)[1] for source in sources] == [*entries, "link"]
    assert [content(source) for source in sources] == [
        (b"a", None),
        (b"b", None),
        (b"c", None),
        (bytes(5 << 20), None),
        (b"", Reason.NOT_A_FILE),
    ]


def test_a_compressed_archive_is_read_once_however_many_members(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = {f"{at:04}.csv": f"row {at}".encode() for at in range(500)}
    (tmp_path / "t.tar.gz").write_bytes(gzip.compress(archive(entries)))
    sources = list(find_sources([tmp_path]))
    opened = 0
    plain_open = FileSource.open

    def counted(self: FileSource) -> BinaryIO:
        nonlocal opened
        opened += 1
        return plain_open(self)

    monkeypatch.setattr(FileSource, "open", counted)
    assert [(source.head(9), content(source)[0]) for source in sources] == [(data, data) for data in entries.values()]
    assert opened == 1
    assert content(sources[3])[0] == b"row 3"
    assert pickle.loads(pickle.dumps(sources[7])).head(9) == b"row 7"
    assert all(len(pickle.dumps(source)) < 1000 for source in sources)


def test_an_archive_that_changed_is_read_anew(tmp_path: Path) -> None:
    for text in (b"one", b"other"):
        (tmp_path / "t.tar").write_bytes(archive({"a.csv": text}))
        assert found(tmp_path) == {"t.tar!a.csv": (text, None)}


def test_an_archive_within_an_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "t.tar").write_bytes(archive({"inner.tar": archive({"a.csv": b"a"})}))
    assert found(tmp_path) == {"t.tar!inner.tar": (b"", Reason.NESTED_ARCHIVE)}


def test_a_damaged_archive_keeps_the_members_before_the_damage(tmp_path: Path) -> None:
    whole = bytearray(archive({"a.csv": b"a" * 600, "b.csv": b"b" * 600}))
    (tmp_path / "cut.tar").write_bytes(whole[: 512 + 1024 + 512 + 100])
    whole[512 + 1024 + 10] ^= 0xFF
    (tmp_path / "bad.tar").write_bytes(whole)
    assert found(tmp_path) == {
        "cut.tar!a.csv": (b"a" * 600, None),
        "cut.tar!b.csv": (b"b" * 100, Reason.TRUNCATED_INPUT),
        "cut.tar": (b"", Reason.TRUNCATED_INPUT),
        "bad.tar!a.csv": (b"a" * 600, None),
        "bad.tar": (b"", Reason.CORRUPT_ARCHIVE),
    }


@settings(max_examples=150, deadline=None)
@given(at=st.integers(0, 4000), byte=st.integers(0, 255), cut=st.integers(0, 12_000))
def test_a_damaged_archive_never_raises_anything_else(at: int, byte: int, cut: int) -> None:
    data = bytearray(archive({"a.csv": b"a" * 600, "y" * 150: b"b" * 600}))
    data[at] = byte
    try:
        given_members = list(members(io.BytesIO(data[:cut])))
    except DamagedInput:
        return
    assert cut >= 512 * 9 or len(given_members) < 2


def test_loops_missing_files_and_pipes_are_reported(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "gone.csv").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe")
    assert {name: reason for name, (_, reason) in found(tmp_path).items()} == {
        "loop": Reason.LINK_LOOP,
        "gone.csv": Reason.UNREADABLE_FILE,
        "pipe": Reason.NOT_A_FILE,
    }


def test_documents_and_hidden_files_in_a_folder_stay_visible_but_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "SOURCE.md").write_text("words")
    (tmp_path / ".hidden.csv").write_text("words")
    assert found(tmp_path) == {"SOURCE.md": (b"", None), ".hidden.csv": (b"", None)}
    assert found(tmp_path / "SOURCE.md") == {"SOURCE.md": (b"words", None)}


def test_a_name_that_promises_compression_must_keep_it(tmp_path: Path) -> None:
    (tmp_path / "a.csv.gz").write_bytes(b"plain text")
    assert found(tmp_path)["a.csv.gz"][1] is Reason.CORRUPT_COMPRESSION
    with pytest.raises(zlib.error):
        zlib.decompress(b"plain text", 31)
