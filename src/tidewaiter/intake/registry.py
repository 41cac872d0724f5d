"""Choose the reader of a source, and read it."""

import pkgutil
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from itertools import groupby

from tidewaiter.intake import readers
from tidewaiter.intake.compression import DamagedInput
from tidewaiter.intake.held import hold
from tidewaiter.intake.reading import GatheringReader, ReadBatch, Reader, ReadOptions, Source
from tidewaiter.intake.rejects import Reason, Reject, no_consignments, only_rejects

MAPPED = "CSV"
"""Name of the format that a mapping describes."""


@cache
def all_readers() -> tuple[Reader, ...]:
    """Find the formats: every module of ``intake.readers`` that defines ``READER``, in order of the modules' names."""
    found: list[Reader] = []
    for module in sorted(pkgutil.iter_modules(readers.__path__), key=lambda module: module.name):
        reader = getattr(import_module(f"{readers.__name__}.{module.name}"), "READER", None)
        if reader is not None:
            found.append(reader)
    return tuple(found)


def reader_for(source: Source, options: ReadOptions | None = None) -> Reader | None:
    """Give the first reader that recognises the source; None where none does.

    A named mapping says that what nobody recognises is delimited text.
    """
    found = next((reader for reader in all_readers() if reader.recognises(source)), None)
    if found is None and options is not None and options.mapping is not None:
        return next(reader for reader in all_readers() if reader.name == MAPPED)
    return found


def read(source: Source, options: ReadOptions | None = None) -> Iterator[ReadBatch]:
    """Read a source, whatever it is. Nothing in its content raises.

    An empty source gives no row: one batch with ``read`` 0, so that it stays visible among the inputs. A source that
    cannot be opened, and a format that no reader knows, give one reject row.
    """
    options = options or ReadOptions()
    try:
        if not source.head(1):
            with source.open() as stream:
                stream.read(1)  # raises where it is damage that left no byte to read
            yield ReadBatch(read=0, accepted=0, consignments=no_consignments())
            return
        reader = reader_for(source, options)
        if reader is None:
            yield only_rejects([_unknown(source)])
            return
        yield from reader.read(source, options)
    except DamagedInput as error:
        yield only_rejects([Reject(error.reason, source.name, "", error.message)])
    except OSError as error:
        words = f"the file cannot be read: {error.strerror or error}"
        yield only_rejects([Reject(Reason.UNREADABLE_FILE, source.name, "", words)])


def read_all(sources: Iterable[Source], options: ReadOptions | None = None) -> Iterator[ReadBatch]:
    """Read sources one after the other, each as `read` does.

    Neighbours of a format whose reader knows how to gather (`GatheringReader`) share batches where they are small; so
    a folder of ten thousand files of one message each does not make ten thousand batches.
    """
    options = options or ReadOptions()
    for gathering, neighbours in groupby(_looked_at(sources, options), key=lambda found: found[0]):
        if gathering is not None:
            yield from gathering.read_together((source for _, source in neighbours), options)
        else:
            for _, source in neighbours:
                yield from read(source, options)


def _looked_at(sources: Iterable[Source], options: ReadOptions) -> Iterator[tuple[GatheringReader | None, Source]]:
    """Give each source, in memory as far as it can be held, with the reader that may gather it."""
    for source in sources:
        held = hold(source)
        if held is None:
            yield None, source
        else:
            reader = reader_for(held, options) if held.whole else None
            yield next((one for one in _gathering_readers() if one is reader), None), held


@cache
def _gathering_readers() -> tuple[GatheringReader, ...]:
    return tuple(reader for reader in all_readers() if isinstance(reader, GatheringReader))


def _unknown(source: Source) -> Reject:
    known = ", ".join(reader.name for reader in all_readers())
    words = f"no reader knows this format; Tidewaiter reads {known}"
    return Reject(Reason.UNKNOWN_FORMAT, source.name, "", words, source.head(512))
