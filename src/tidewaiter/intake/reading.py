"""What a reader is, and what it gives."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Protocol, runtime_checkable

import pyarrow as pa

from tidewaiter.schemas import REJECT


@dataclass(frozen=True)
class ReadBatch:
    """A piece of an input after reading.

    ``read == accepted + rejects.num_rows`` holds for each batch, counted in the rows or messages of the input.
    ``consignments`` follows ``schemas.CONSIGNMENT``; its column ``source_rows`` adds up to ``accepted``.
    """

    read: int
    accepted: int
    consignments: pa.RecordBatch
    rejects: pa.RecordBatch = field(default_factory=lambda: pa.RecordBatch.from_pylist([], schema=REJECT))
    inspections: pa.RecordBatch | None = None


@dataclass(frozen=True)
class ReadOptions:
    """What the reader of one input may need to know beyond the input itself."""

    mapping: str | None = None
    """Name of a shipped mapping, or path of a mapping file (CSV and JSON Lines)."""
    administration: str | None = None
    """Administration to assume where the input names none."""
    batch_rows: int = 65_536
    """Rows in a batch at the most."""
    max_field_bytes: int = 1 << 20
    """A longer field rejects its row or message."""


class Source(Protocol):
    """One thing to read: a file, or a member of an archive. ``intake.sources`` finds them."""

    @property
    def name(self) -> str:
        """Name for people: from the last part of the path as given on, with ``!member`` for a member of an archive."""
        ...

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Lower-case suffixes without those of compression, such as ``('.csv',)``."""
        ...

    @property
    def path(self) -> Path | None:
        """The file itself where it lies uncompressed on disk; None for a compressed file or a member."""
        ...

    def open(self) -> BinaryIO:
        """Open the decompressed bytes from the start."""
        ...

    def head(self, size: int) -> bytes:
        """Give the first decompressed bytes, without consuming them."""
        ...


class Reader(Protocol):
    """A format. ``intake.readers`` modules define one as ``READER``."""

    name: str

    def recognises(self, source: Source) -> bool:
        """Say whether the source is of this format, from its suffix and its first bytes."""
        ...

    def read(self, source: Source, options: ReadOptions) -> Iterator[ReadBatch]:
        """Read the source in batches. An unreadable remainder becomes a reject row, never an exception."""
        ...


@runtime_checkable
class GatheringReader(Reader, Protocol):
    """A format of which people have thousands of small inputs: it may fill one batch over many of them."""

    def read_together(self, sources: Iterable[Source], options: ReadOptions) -> Iterator[ReadBatch]:
        """Read sources that lie whole in memory, one after the other.

        Rows, rejects, their order and the counts are those of reading each source alone; only the batches are larger.
        """
        ...
