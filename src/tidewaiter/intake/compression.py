"""Decompressed streams that give every byte that can be read, and then say plainly that the rest is damaged."""

import io
import zlib
from collections.abc import Callable
from typing import BinaryIO, Protocol

import zstandard

from tidewaiter.intake.rejects import Reason

GZIP_MAGIC = b"\x1f\x8b"
ZSTANDARD_MAGIC = b"\x28\xb5\x2f\xfd"
CHUNK = 64 * 1024
GZIP_OUTPUT = 1 << 20
"""Decompressed bytes at a time."""
ZSTANDARD_CHUNK = 1024
"""Compressed bytes at a time: four bytes may stand for 128 KiB, so this bounds the output to 32 MiB."""
ZSTANDARD_WINDOW = 1 << 27


class DamagedInput(OSError):
    """The source cannot be read, or not any further. All that came before has been given.

    ``reason`` is the reject's code and ``message`` its words.
    """

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message


def read_up_to(stream: BinaryIO, size: int) -> tuple[bytes, DamagedInput | None]:
    """Read ``size`` bytes from a stream that may give fewer at a time; with the damage that ended it early, if any."""
    parts: list[bytes] = []
    missing = size
    while missing:
        try:
            part = stream.read(missing)
        except DamagedInput as error:
            return b"".join(parts), error
        if not part:
            break
        parts.append(part)
        missing -= len(part)
    return b"".join(parts), None


class _Frame(Protocol):
    """One compressed unit of a stream: a gzip member or a zstandard frame."""

    @property
    def eof(self) -> bool: ...
    @property
    def rest(self) -> bytes:
        """Input that was given but not used: it is to be given again, or belongs to the next frame."""
        ...

    def step(self, data: bytes) -> tuple[bytes, str | None]:
        """Decompress; with the words for the damage, if any."""
        ...


class DecompressedStream(io.RawIOBase):
    """A compressed stream, of one frame or several, as the bytes that it stands for.

    ``read(n)`` may give fewer bytes than asked for, as raw streams do. Where the data end too early or are damaged, all
    bytes before come first; then `DamagedInput` is raised. Reading all at once raises it as well, so that a part is
    never taken for the whole.
    """

    def __init__(self, compressed: BinaryIO, kind: str) -> None:
        super().__init__()
        self._compressed = compressed
        self._kind = kind
        self._new: Callable[[], _Frame] = _GzipMember if kind == "gzip" else _ZstandardFrame
        self._frame: _Frame | None = None
        self._input = b""
        self._ready = memoryview(b"")
        self._damage: DamagedInput | None = None
        self._ended = False
        self._frames = 0

    def readable(self) -> bool:
        """Say that the stream can be read."""
        return True

    def readinto(self, buffer: "memoryview | bytearray", /) -> int:  # type: ignore[override]
        """Fill the start of the buffer; 0 at the end."""
        while not self._ready and not self._ended and self._damage is None:
            self._advance()
        if not self._ready:
            if self._damage is not None:
                raise self._damage
            return 0
        count = min(len(buffer), len(self._ready))
        buffer[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count

    def close(self) -> None:
        """Close the stream below too."""
        self._compressed.close()
        super().close()

    def _advance(self) -> None:
        if not self._input:
            self._input = self._compressed.read(CHUNK if self._kind == "gzip" else ZSTANDARD_CHUNK)
        if not self._input:
            self._finish()
            return
        if self._frame is None:
            if self._frames and self._kind == "gzip":
                # Tapes and block devices pad a gzip file with zero bytes; gzip ignores them, and so do we.
                self._input = self._input.lstrip(b"\0")
                if not self._input:
                    return
            self._frame = self._new()
            self._frames += 1
        self._ready = memoryview(self._decompress(self._frame))

    def _finish(self) -> None:
        if self._frame is not None:
            # zlib may have taken all input and still hold back output that did not fit.
            self._ready = memoryview(self._decompress(self._frame))
            if self._ready:
                return
        if self._frame is not None and self._damage is None:
            self._stop(Reason.TRUNCATED_INPUT, f"the {self._kind} data end too early: the file is cut short")
        self._ended = True

    def _decompress(self, frame: _Frame) -> bytes:
        out, problem = frame.step(self._input)
        if problem is not None:
            self._stop(Reason.CORRUPT_COMPRESSION, f"the {self._kind} data are damaged ({problem})")
        self._input = frame.rest
        if frame.eof:
            self._frame = None
        return out

    def _stop(self, reason: Reason, message: str) -> None:
        self._damage = DamagedInput(reason, message)


class _GzipMember:
    """zlib's decompressor with bounded output, which gives what came before damage."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(wbits=31)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def rest(self) -> bytes:
        return self._inner.unused_data or self._inner.unconsumed_tail

    def step(self, data: bytes) -> tuple[bytes, str | None]:
        spare = self._inner.copy()
        try:
            return self._inner.decompress(data, GZIP_OUTPUT), None
        except zlib.error as error:
            return _before_damage(spare.decompress, data), str(error)


class _ZstandardFrame:
    """zstandard's decompressor. Its output is bounded by the size of the input that it is given."""

    def __init__(self) -> None:
        self._inner = zstandard.ZstdDecompressor(max_window_size=ZSTANDARD_WINDOW).decompressobj()

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def rest(self) -> bytes:
        return self._inner.unused_data

    def step(self, data: bytes) -> tuple[bytes, str | None]:
        try:
            return self._inner.decompress(data), None
        except zstandard.ZstdError as error:
            return b"", str(error)


def _before_damage(decompress: Callable[[bytes], bytes], chunk: bytes) -> bytes:
    """Decompress again byte by byte what the failed step lost: zlib drops all output of a call that fails."""
    kept: list[bytes] = []
    try:
        for start in range(len(chunk)):
            kept.append(decompress(chunk[start : start + 1]))
    except zlib.error:
        return b"".join(kept)
    return b"".join(kept)
