"""The lakes of this node, as the app that runs screening tells of them, and the reference indexes beside them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.utils.crypto import salted_hmac

from tidewaiter.lake.reference_index import Index, Place
from tidewaiter.lake.reference_index.catalogue import CATALOGUE
from tidewaiter.node.accounts.roles import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Who knows the results of runs: ``folders`` of their indexes, latest run first, and ``url`` of a consignment."""

    folders: Callable[[], Iterable[Path]]
    url: Callable[[Path, Place], str]
    seen_by: frozenset[Role]


_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """Let references be looked up in the lakes of ``source``; the same name again replaces it."""
    _sources[name] = source


def forget(name: str) -> None:
    """Look nothing up there any more. Raises KeyError for an unknown name."""
    del _sources[name]


def sources() -> tuple[Source, ...]:
    """All sources, by name."""
    return tuple(_sources[name] for name in sorted(_sources))


def key() -> bytes:
    """Give this node's key of reference indexes. It follows from the secret key: a new one needs indexes built anew."""
    return salted_hmac("tidewaiter.node.search.reference_index", "", algorithm="sha256").digest()


def opened(folder: Path) -> Index:
    """Open an index, or give it as it was opened before. Raises IndexRefused."""
    try:
        changed = (folder / CATALOGUE).stat().st_mtime_ns
    except OSError:
        changed = 0
    return _opened(folder, changed, key())


@lru_cache(maxsize=4_096)
def _opened(folder: Path, changed: int, secret: bytes) -> Index:
    return Index.open(folder, secret)
