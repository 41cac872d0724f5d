"""A source whose first bytes are in memory: opened once, however often it is looked at."""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from tidewaiter.intake.compression import read_up_to
from tidewaiter.intake.reading import Source

__all__ = ["HELD_BYTES", "HeldSource", "hold"]

HELD_BYTES = 256 * 1024
"""Decompressed bytes that are held; a source that has no more is whole in memory. Most declarations have a tenth."""

_HEAD_BYTES = 64 * 1024
"""What any source gives as its head at the most."""


@dataclass(slots=True)
class HeldSource:
    """A source and its first bytes."""

    source: Source
    name: str
    suffixes: tuple[str, ...]
    first: bytes
    whole: bool
    """The first bytes are all of them."""

    @property
    def path(self) -> Path | None:
        """The file itself where it lies uncompressed on disk."""
        return self.source.path

    def open(self) -> BinaryIO:
        """Open the decompressed bytes, from memory where all of them are there."""
        return io.BytesIO(self.first) if self.whole else self.source.open()

    def head(self, size: int) -> bytes:
        """Give the first decompressed bytes, at most 64 KiB."""
        return self.first[: min(size, _HEAD_BYTES)]


def hold(source: Source) -> HeldSource | None:
    """Take the first bytes of a source into memory; None where it is empty or damage meets the eye at once."""
    try:
        with source.open() as stream:
            first, damage = read_up_to(stream, HELD_BYTES + 1)
    except OSError:
        return None
    if damage is not None or not first:
        return None
    return HeldSource(source, source.name, source.suffixes, first, len(first) <= HELD_BYTES)
