"""Walk through a tar archive as a stream.

The standard library's walk stops at a damaged header as if the archive ended there. Here every end that is not the
closing block of zeros is damage, and said to be.
"""

import io
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, cast

from tidewaiter.intake.compression import DamagedInput, read_up_to
from tidewaiter.intake.rejects import Reason

BLOCK = 512
NAME_BYTES = 64 * 1024
"""A longer name or set of extended attributes is damage."""
START = 512
"""Bytes of a member that the walk gives, for recognising an archive within the archive."""
LONG_NAME, EXTENDED = b"L", b"x"
"""Types of the headers that describe the next member (GNU and POSIX.1-2001)."""
SPARSE = b"S"
WITHOUT_DATA = {b"1", b"2", b"3", b"4", b"6"}
"""Links, devices and pipes: a size in their header counts no data."""
SKIPPED = {b"K", b"g", b"V", b"5"}
"""Types that carry no data of ours: link targets, attributes for all, volume labels, folders."""


@dataclass(frozen=True)
class Member:
    """One member: its name, place and size in the decompressed archive."""

    name: str
    offset: int
    size: int
    regular: bool
    start: bytes = field(repr=False)
    """Its first block."""


class Tape:
    """An archive that is read member by member, mostly forwards. Going back opens it again.

    The last small member is kept, because a source is looked at before it is read.
    """

    def __init__(self, open_archive: Callable[[], BinaryIO]) -> None:
        self._open = open_archive
        self._stream: BinaryIO | None = None
        self._position = 0
        self._last: tuple[int, bytes, DamagedInput | None] = (-1, b"", None)

    def content(self, offset: int, size: int) -> tuple[bytes, DamagedInput | None]:
        """Read a stretch whole; with the damage that ended it early, if any."""
        if self._last[0] != offset:
            if self._stream is None or self._position > offset:
                self.close()
                self._stream = self._open()
            skip(self._stream, offset - self._position)
            data, damage = read_up_to(self._stream, size)
            if damage is None and len(data) < size:
                damage = _cut_short()
            self._position = offset + len(data)
            self._last = (offset, data, damage)
        return self._last[1:]

    def close(self) -> None:
        """Close the stream."""
        if self._stream is not None:
            self._stream.close()
        self._stream, self._position = None, 0


class Cut(io.BytesIO):
    """The first bytes of something that is damaged further on: reading past them raises."""

    def __init__(self, data: bytes, damage: DamagedInput) -> None:
        super().__init__(data)
        self._damage = damage

    def read(self, size: int | None = -1, /) -> bytes:
        """Read on; raises `DamagedInput` at the end, and at once where all is asked for."""
        data = super().read(size)
        if size != 0 and (not data or size is None or size < 0):
            raise self._damage
        return data


class Stretch(io.RawIOBase):
    """A stretch of a stream as a stream of its own; raises `DamagedInput` where the stream ends within it."""

    def __init__(self, stream: BinaryIO, offset: int, size: int) -> None:
        super().__init__()
        self._stream = stream
        self._skip = offset
        self._left = size
        self._ahead = b""

    def first(self, size: int) -> bytes:
        """Give the first bytes without consuming them, as far as they can be read."""
        self._ahead = read_up_to(cast("BinaryIO", self), size)[0]
        return self._ahead

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: "memoryview | bytearray", /) -> int:  # type: ignore[override]
        """Fill the start of the buffer; 0 at the end."""
        if self._ahead:
            part, self._ahead = self._ahead[: len(buffer)], self._ahead[len(buffer) :]
            buffer[: len(part)] = part
            return len(part)
        if self._skip:
            skip(self._stream, self._skip)
            self._skip = 0
        wanted = min(len(buffer), self._left)
        if not wanted:
            return 0
        part = self._stream.read(wanted)
        if not part:
            raise _cut_short()
        buffer[: len(part)] = part
        self._left -= len(part)
        return len(part)

    def close(self) -> None:
        """Close the stream below too."""
        self._stream.close()
        super().close()


def members(stream: BinaryIO) -> Iterator[Member]:
    """Give the members of an archive in order, folders left out.

    A member that the damaged end cuts short is given too; then, as for any damage, `DamagedInput` is raised.
    """
    offset = 0
    long_name: str | None = None
    long_size: int | None = None
    while True:
        header = _exactly(stream, BLOCK)
        offset += BLOCK
        if not header.strip(b"\0"):
            return
        info = _parsed(header)
        size = info.size if long_size is None else long_size
        padding = -size % BLOCK
        if info.type in (LONG_NAME, EXTENDED):
            if size > NAME_BYTES:
                raise DamagedInput(Reason.CORRUPT_ARCHIVE, f"a name in the archive is {size} bytes long")
            content = _exactly(stream, size + padding)[:size]
            if info.type == LONG_NAME:
                long_name = content.rstrip(b"\0").decode("utf-8", "backslashreplace")
            else:
                long_name, long_size = _attributes(content, long_name)
        elif info.type in SKIPPED:
            skip(stream, size + padding)
        else:
            regular = info.isreg() and info.type != SPARSE
            if info.type in WITHOUT_DATA:
                size = padding = 0
            name = long_name or info.name
            start, damage = read_up_to(stream, min(size, START))
            yield Member(name, offset, size, regular, start)
            if damage is not None:
                raise damage
            skip(stream, size - len(start) + padding)
            long_name = long_size = None
        offset += size + padding


def skip(stream: BinaryIO, size: int) -> None:
    """Go forward; raises `DamagedInput` where a stream that cannot seek ends before."""
    if size > 0 and stream.seekable():
        stream.seek(size, io.SEEK_CUR)
        return
    while size > 0:
        part = stream.read(min(size, 1 << 20))
        if not part:
            raise _cut_short()
        size -= len(part)


def _exactly(stream: BinaryIO, size: int) -> bytes:
    content, damage = read_up_to(stream, size)
    if damage is not None:
        raise damage
    if len(content) < size:
        raise _cut_short()
    return content


def _parsed(header: bytes) -> tarfile.TarInfo:
    try:
        info = tarfile.TarInfo.frombuf(header, "utf-8", "backslashreplace")
        if info.size < 0:
            raise ValueError("negative size")
        return info
    except (tarfile.TarError, ValueError) as error:
        raise DamagedInput(Reason.CORRUPT_ARCHIVE, f"a header of the archive is damaged ({error})") from error


def _attributes(content: bytes, name: str | None) -> tuple[str | None, int | None]:
    """Take name and size from the records ``length key=value`` of an extended header."""
    size: int | None = None
    while content:
        digits, blank, _ = content.partition(b" ")
        length = int(digits) if digits.isdigit() and blank and len(digits) < 8 else 0
        key, equals, value = content[len(digits) + 1 : length - 1].partition(b"=")
        if length <= len(digits) + 1 or length > len(content) or not equals:
            raise DamagedInput(Reason.CORRUPT_ARCHIVE, "an extended header of the archive is damaged")
        if key == b"path":
            name = value.decode("utf-8", "backslashreplace")
        elif key == b"size" and value.isdigit():
            size = int(value)
        content = content[length:]
    return name, size


def _cut_short() -> DamagedInput:
    return DamagedInput(Reason.TRUNCATED_INPUT, "the archive ends too early: it is cut short")
