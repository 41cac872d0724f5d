"""A segment: the entries of one partition in one file, sorted by hash, in pages that prove themselves.

Layout, all little-endian: a header of 64 bytes; entries of 16 bytes (hash, row, file and kind in one word); for each
page of `PAGE` entries its first hash; for each page its CRC-32. A look-up reads the pages where the hash may stand and
no other. The header names its own CRC-32, that of the directory, and the check of the key.
"""

import os
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

import numpy as np
import numpy.typing as npt

from tidewaiter.lake.reference_index.refusal import IndexRefused

__all__ = ["ENTRY", "Entries", "Segment", "SegmentWriter", "file_of", "kind_of", "where"]

ENTRY = np.dtype([("hash", "<u8"), ("row", "<u4"), ("where", "<u4")])
"""An entry; ``where`` holds the number of the file in its upper 24 bits and the code of the kind in the lower 8."""
PAGE = 1024
_MAGIC = b"TWREFIX1"
_HEADER = struct.Struct("<8sQII16s20xI")
_MOST_FILES = 1 << 24

Entries = npt.NDArray[np.void]


def where(file: int, kinds: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint32]:
    """Put the number of a file (below 2**24) and codes of kinds into one word each."""
    if not 0 <= file < _MOST_FILES:
        raise ValueError(f"a partition has at most {_MOST_FILES} files")
    return np.uint32(file << 8) | kinds.astype(np.uint32)


def file_of(entry: np.void) -> int:
    """Give the number of an entry's file."""
    return int(entry["where"]) >> 8


def kind_of(entry: np.void) -> int:
    """Give the code of an entry's kind."""
    return int(entry["where"]) & 0xFF


class SegmentWriter:
    """Writes a segment from entries that come in order; it is complete, and on disk, when the block ends normally."""

    def __init__(self, path: Path, key_check: bytes) -> None:
        self._path = path
        self._key_check = key_check
        self._rest = np.empty(0, ENTRY)
        self._first: list[int] = []
        self._crc: list[int] = []
        self.count = 0

    def __enter__(self) -> Self:
        self._file = self._path.open("xb")
        self._file.write(bytes(_HEADER.size))
        return self

    def add(self, entries: Entries) -> None:
        """Append entries, none of whose hashes is below one that was added before."""
        self.count += entries.size
        entries = np.concatenate([self._rest, entries])
        whole = entries.size // PAGE * PAGE
        for start in range(0, whole, PAGE):
            self._page(entries[start : start + PAGE])
        self._rest = entries[whole:].copy()

    def _page(self, entries: Entries) -> None:
        data = entries.tobytes()
        self._first.append(int(entries["hash"][0]))
        self._crc.append(zlib.crc32(data))
        self._file.write(data)

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        with self._file:
            if kind is not None:
                return
            if self._rest.size:
                self._page(self._rest)
            directory = np.array(self._first, "<u8").tobytes() + np.array(self._crc, "<u4").tobytes()
            self._file.write(directory)
            self._file.seek(0)
            header = _HEADER.pack(_MAGIC, self.count, PAGE, zlib.crc32(directory), self._key_check, 0)
            self._file.write(header[:-4] + struct.pack("<I", zlib.crc32(header[:-4])))
            self._file.flush()
            os.fsync(self._file.fileno())


class Segment:
    """A segment open for look-ups; its entries stay on disk, mapped into memory."""

    def __init__(self, path: Path, key_check: bytes) -> None:
        """Open a segment. Raises IndexRefused where it is not whole, or was made with another key."""
        self._path = path
        count, directory_crc = self._header(key_check)
        pages = -(-count // PAGE)
        start = _HEADER.size + count * ENTRY.itemsize
        # As a plain array: a slice of a memmap takes several times as long, and a look-up takes many.
        mapped = np.asarray(np.memmap(path, np.uint8, "r"))
        if mapped.size != start + pages * 12:
            raise self._broken(f"it has {mapped.size} bytes instead of {start + pages * 12}")
        directory = bytes(mapped[start:])
        if zlib.crc32(directory) != directory_crc:
            raise self._broken("the directory of its pages is damaged")
        self._first = np.frombuffer(directory, "<u8", pages)
        self._crc = np.frombuffer(directory, "<u4", pages, pages * 8)
        self._entries = mapped[_HEADER.size : start].view(ENTRY)
        self._hashes = self._entries["hash"]
        self._bytes = mapped[_HEADER.size : start].data

    def __len__(self) -> int:
        return self._entries.size

    def _header(self, key_check: bytes) -> tuple[int, int]:
        try:
            with self._path.open("rb") as file:
                header = file.read(_HEADER.size)
        except OSError as error:
            raise self._broken(f"it cannot be read ({error.strerror})") from error
        if len(header) != _HEADER.size or not header.startswith(_MAGIC):
            raise self._broken("it does not start as a segment does")
        _, count, page, directory_crc, check, crc = _HEADER.unpack(header)
        if zlib.crc32(header[:-4]) != crc or page != PAGE:
            raise self._broken("its header is damaged")
        if check != key_check:
            raise IndexRefused(
                f"{self._path} was made with another key than this node's. Nothing was looked up; "
                "restore the key, or build the index again."
            )
        return count, directory_crc

    def _broken(self, what: str) -> IndexRefused:
        return IndexRefused(
            f"{self._path} is not a whole segment of a reference index: {what}. The lake itself is not touched; "
            "build the index again."
        )

    def _page(self, number: int) -> Entries:
        """Give a page, proven. Raises IndexRefused where it is damaged."""
        self._prove(number)
        page: Entries = self._entries[number * PAGE : (number + 1) * PAGE]
        return page

    def _prove(self, number: int) -> None:
        content = self._bytes[number * PAGE * ENTRY.itemsize : (number + 1) * PAGE * ENTRY.itemsize]
        if zlib.crc32(content) != int(self._crc[number]):
            raise self._broken(f"page {number} is damaged")

    def span(self, key: np.uint64) -> tuple[int, int]:
        """Give the places of the entries with this hash, as a half-open range; both ends equal where there are none."""
        if not len(self):
            return 0, 0
        first = max(int(self._first.searchsorted(key, "left")) - 1, 0)
        last = max(int(self._first.searchsorted(key, "right")) - 1, 0)
        start = self._place(first, key, "left")
        if last == first and (start == len(self) or self._hashes[start] != key):
            return start, start
        return start, self._place(last, key, "right")

    def _place(self, number: int, key: np.uint64, side: Literal["left", "right"]) -> int:
        """The place of a hash in a page that is proven."""
        self._prove(number)
        return number * PAGE + int(self._hashes[number * PAGE : (number + 1) * PAGE].searchsorted(key, side))

    def latest(self, key: np.uint64) -> Iterator[np.void]:
        """Give the entries with this hash, the last rows of the last file first; pages are read as they are needed."""
        start, end = self.span(key)
        while end > start:
            number = (end - 1) // PAGE
            page = self._page(number)
            first = max(start, number * PAGE)
            for place in range(end - 1, first - 1, -1):
                yield page[place - number * PAGE]
            end = first
