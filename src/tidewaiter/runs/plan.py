"""Cut the inputs into pieces of work."""

from collections.abc import Iterator
from pathlib import Path

from tidewaiter.intake.reading import ReadOptions, Source
from tidewaiter.intake.registry import read
from tidewaiter.runs.work import Piece

# Small files are done together, up to this many bytes. A larger file is read by the parent, so that its batches can be
# spread over the processes.
TOGETHER = 8 << 20


def pieces(sources: Iterator[Source], options: ReadOptions) -> Iterator[Piece]:
    """Give the pieces in the order of the input."""
    number = 0
    together: list[Source] = []
    size = 0
    for source in sources:
        own = size_of(source)
        if own > TOGETHER:
            if together:
                yield Piece(number, tuple(together), size=size)
                number, together, size = number + 1, [], 0
            for count, batch in enumerate(read(source, options)):
                yield Piece(number, batch=batch, size=own if count == 0 else 0)
                number += 1
            continue
        if together and size + own > TOGETHER:
            yield Piece(number, tuple(together), size=size)
            number, together, size = number + 1, [], 0
        together.append(source)
        size += own
    if together:
        yield Piece(number, tuple(together), size=size)


def size_of(source: Source) -> int:
    """Give the bytes of a source as far as they are known without reading it; at least one."""
    path: Path | None = source.path
    return max(1, path.stat().st_size) if path is not None and path.is_file() else 1
