"""Cut the inputs into pieces of work."""

from collections.abc import Iterator

from tidewaiter.intake.reading import ReadOptions, Source
from tidewaiter.intake.registry import read
from tidewaiter.intake.sources import FileSource, MemberSource
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
    """Give the bytes of a source as it lies on disk or in its archive, compressed or not; at least one."""
    if isinstance(source, MemberSource):
        return max(1, source.size)
    if isinstance(source, FileSource) and source.file.is_file():
        return max(1, source.file.stat().st_size)
    return 1
