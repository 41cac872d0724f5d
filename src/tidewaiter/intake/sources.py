"""Find what there is to read: files, folders, members of archives, compressed or not.

Nothing is extracted to disk and no name inside an archive is ever used as a path. A thing that cannot be read is found
too: opening it raises `DamagedInput`, from which the reader makes a reject row.
"""

import io
import os
import stat
import threading
import weakref
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from tidewaiter.intake.compression import GZIP_MAGIC, ZSTANDARD_MAGIC, DamagedInput, DecompressedStream, read_up_to
from tidewaiter.intake.reading import Source
from tidewaiter.intake.rejects import Reason
from tidewaiter.intake.tape import Cut, Stretch, Tape, members

HEAD_BYTES = 64 * 1024
"""Bytes of a source that are kept for recognising its format."""

MEMBER_IN_MEMORY = 4 << 20
"""A member of an archive up to this size is held in memory while it is read."""

COMPRESSION_SUFFIXES = {".gz": "gzip", ".tgz": "gzip", ".zst": "zstandard", ".tzst": "zstandard"}
DOCUMENT_SUFFIXES = {".md", ".rst", ".pdf", ".htm", ".html", ".doc", ".docx", ".xsd", ".xsl", ".xslt"}
"""Found in a folder, these accompany data and are passed over; named by the user, they are read like any other."""


@dataclass
class FileSource:
    """A file on disk, compressed or not."""

    file: Path
    name: str

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Lower-case suffixes without those of compression."""
        return plain_suffixes(self.file.name)

    @property
    def path(self) -> Path | None:
        """The file itself, unless it is compressed."""
        return None if self._compression() else self.file

    def open(self) -> BinaryIO:
        """Open the decompressed bytes; raises `DamagedInput` where the file cannot be opened."""
        try:
            raw = self.file.open("rb")
            magic = raw.peek(4)[:4]
        except OSError as error:
            raise DamagedInput(Reason.UNREADABLE_FILE, _words(error)) from error
        return _decompressed(raw, _compression(self.file.name, magic))

    def head(self, size: int) -> bytes:
        """Give the first decompressed bytes, at most 64 KiB; none where the file cannot be read."""
        return _first_bytes(self)[:size]

    def _compression(self) -> str | None:
        try:
            with self.file.open("rb") as raw:
                return _compression(self.file.name, raw.read(4))
        except OSError:
            return None


@dataclass
class MemberSource:
    """A regular file within a tar archive. It holds no data: many may be listed before any is read.

    Read in the order in which they were found, each costs no more than its own length, compressed archive or not.
    """

    archive: FileSource
    member: str
    offset: int
    size: int

    @property
    def name(self) -> str:
        """Name of the archive and of the member."""
        return f"{self.archive.name}!{self.member}"

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Lower-case suffixes without those of compression."""
        return plain_suffixes(PurePosixPath(self.member).name)

    @property
    def path(self) -> Path | None:
        """None: a member has no file of its own."""
        return None

    def open(self) -> BinaryIO:
        """Open the decompressed bytes."""
        if self.size > MEMBER_IN_MEMORY:
            stretch = Stretch(self.archive.open(), self.offset, self.size)
            return _decompressed(cast("BinaryIO", stretch), _compression(self.member, stretch.first(4)))
        data, damage = _tape(self.archive).content(self.offset, self.size)
        return _decompressed(Cut(data, damage) if damage else io.BytesIO(data), _compression(self.member, data[:4]))

    def head(self, size: int) -> bytes:
        """Give the first decompressed bytes, at most 64 KiB."""
        return _first_bytes(self)[:size]


class _Recent(threading.local):
    """What was used last in this thread: the head of one source, and one archive. More would grow with the inputs."""

    head: "tuple[weakref.ref[Source], bytes] | None" = None
    tape: "tuple[tuple[object, ...], Tape] | None" = None


_recent = _Recent()


def _tape(archive: FileSource) -> Tape:
    """Give the tape of an archive as it is on disk now; a process that was forked never shares its parent's."""
    try:
        status = archive.file.stat()
    except OSError as error:
        raise DamagedInput(Reason.UNREADABLE_FILE, _words(error)) from error
    key = (os.getpid(), str(archive.file), status.st_ino, status.st_size, status.st_mtime_ns)
    if _recent.tape is None or _recent.tape[0] != key:
        if _recent.tape is not None and _recent.tape[0][0] == os.getpid():
            _recent.tape[1].close()
        _recent.tape = (key, Tape(archive.open))
    return _recent.tape[1]


@dataclass(frozen=True)
class UnreadableSource:
    """Something that was named or found but cannot be read. Opening it raises `DamagedInput`."""

    name: str
    reason: Reason
    message: str
    suffixes: tuple[str, ...] = ()
    path: Path | None = None

    def open(self) -> BinaryIO:
        """Raise `DamagedInput`."""
        raise DamagedInput(self.reason, self.message)

    def head(self, size: int) -> bytes:
        """Give no bytes."""
        return b""[:size]


@dataclass(frozen=True)
class PassedOverSource:
    """A hidden file or a document that accompanies data in a folder: visible among the inputs, read as empty."""

    name: str
    suffixes: tuple[str, ...] = ()
    path: Path | None = None

    def open(self) -> BinaryIO:
        """Open no bytes."""
        return io.BytesIO()

    def head(self, size: int) -> bytes:
        """Give no bytes."""
        return b""[:size]


def find_sources(paths: Iterable[str | os.PathLike[str]]) -> Iterator[Source]:
    """Find all sources under files, folders (recursively, in order of name) and tar archives.

    A source is named by the last part of the path that was given, and what lies below it: the same input has the same
    names, and so its messages the same ids, wherever it lies. Where two inputs would be named alike, their whole paths
    stand. A file that is reached twice is given once. Links are followed on disk, loops are noticed; links and devices
    within an archive are refused. Sources hold no open file: they may be opened later, repeatedly, and in another
    process.
    """
    seen: set[tuple[int, int]] = set()
    given = [Path(path) for path in paths]
    short = [path.name or path.resolve().name for path in given]
    for path, name in zip(given, short, strict=True):
        alone = name and short.count(name) == 1
        yield from _under(path, name if alone else os.fspath(path), seen, (), named=True)


def plain_suffixes(name: str) -> tuple[str, ...]:
    """Give the lower-case suffixes of a file name, those of compression taken away; ``.tgz`` counts as ``.tar``."""
    suffixes = [suffix.lower() for suffix in PurePosixPath(name).suffixes]
    if suffixes and suffixes[-1] in COMPRESSION_SUFFIXES:
        last = suffixes.pop()
        if last in (".tgz", ".tzst"):
            suffixes.append(".tar")
    return tuple(suffixes)


def is_archive(source: Source) -> bool:
    """Say whether a source is a tar archive, by its suffix or by the mark that POSIX asks for in its first block."""
    return source.suffixes[-1:] == (".tar",) or source.head(262)[257:262] == b"ustar"


def _under(
    path: Path, name: str, seen: set[tuple[int, int]], above: tuple[tuple[int, int], ...], *, named: bool
) -> Iterator[Source]:
    try:
        status = path.stat()
    except OSError as error:
        yield UnreadableSource(name, Reason.UNREADABLE_FILE, _words(error))
        return
    key = (status.st_dev, status.st_ino)
    if not named and (path.name.startswith(".") or path.suffix.lower() in DOCUMENT_SUFFIXES):
        yield PassedOverSource(name)
    elif stat.S_ISDIR(status.st_mode):
        yield from _folder(path, name, seen, above, key)
    elif not stat.S_ISREG(status.st_mode):
        yield UnreadableSource(name, Reason.NOT_A_FILE, "a device, pipe or socket is not read")
    elif key not in seen:
        seen.add(key)
        source = FileSource(path, name)
        if is_archive(source):
            yield from _archive(source)
        else:
            yield source


def _folder(
    path: Path, name: str, seen: set[tuple[int, int]], above: tuple[tuple[int, int], ...], key: tuple[int, int]
) -> Iterator[Source]:
    if key in above:
        yield UnreadableSource(name, Reason.LINK_LOOP, "the link leads back to a folder above it; it is not followed")
        return
    try:
        entries = sorted(entry.name for entry in path.iterdir())
    except OSError as error:
        yield UnreadableSource(name, Reason.UNREADABLE_FILE, _words(error))
        return
    for entry in entries:
        yield from _under(path / entry, os.path.join(name, entry), seen, (*above, key), named=False)  # noqa: PTH118


def _archive(source: FileSource) -> Iterator[Source]:
    try:
        with source.open() as stream:
            for member in members(stream):
                found = MemberSource(source, member.name, member.offset, member.size)
                if not member.regular:
                    yield UnreadableSource(found.name, Reason.NOT_A_FILE, "a link or device in an archive is refused")
                elif found.suffixes[-1:] == (".tar",) or member.start[257:262] == b"ustar":
                    yield UnreadableSource(found.name, Reason.NESTED_ARCHIVE, "unpack the inner archive first")
                else:
                    yield found
    except DamagedInput as error:
        yield UnreadableSource(source.name, error.reason, error.message)
    except OSError as error:
        yield UnreadableSource(source.name, Reason.UNREADABLE_FILE, _words(error))


def _first_bytes(source: Source) -> bytes:
    if _recent.head is None or _recent.head[0]() is not source:
        try:
            with source.open() as stream:
                first = read_up_to(stream, HEAD_BYTES)[0]
        except OSError:
            first = b""
        _recent.head = (weakref.ref(source), first)
    return _recent.head[1]


def _decompressed(raw: BinaryIO, kind: str | None) -> BinaryIO:
    if kind is None:
        return raw
    return cast("BinaryIO", DecompressedStream(raw, kind))


def _compression(name: str, magic: bytes) -> str | None:
    """Name the compression: what the first bytes say, else what the suffix promises."""
    if magic.startswith(GZIP_MAGIC):
        return "gzip"
    if magic.startswith(ZSTANDARD_MAGIC):
        return "zstandard"
    return COMPRESSION_SUFFIXES.get(PurePosixPath(name).suffix.lower()) if magic else None


def _words(error: OSError) -> str:
    return error.strerror or str(error)
