"""Choose the reader of a source, and read it."""

import pkgutil
from collections.abc import Iterator
from functools import cache
from importlib import import_module

from tidewaiter.intake import readers
from tidewaiter.intake.compression import DamagedInput
from tidewaiter.intake.reading import ReadBatch, Reader, ReadOptions, Source
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


def _unknown(source: Source) -> Reject:
    known = ", ".join(reader.name for reader in all_readers())
    words = f"no reader knows this format; Tidewaiter reads {known}"
    return Reject(Reason.UNKNOWN_FORMAT, source.name, "", words, source.head(512))
