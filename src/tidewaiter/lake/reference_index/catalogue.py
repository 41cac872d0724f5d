"""What an index consists of: its segments and the files that they point into. Kept as ``index.json`` beside them."""

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from tidewaiter.lake.reference_index.refusal import IndexRefused
from tidewaiter.lake.reference_index.spelling import KINDS

__all__ = ["CATALOGUE", "STATES", "Catalogue", "File", "Listed", "read_catalogue", "write_catalogue"]

CATALOGUE = "index.json"
STATES = "message_state.segment"
_FORMAT = "tidewaiter reference index/1"


@dataclass(frozen=True)
class File:
    """A file of the lake: its path from the result's root, and what it held when it was indexed."""

    path: str
    rows: int
    bytes: int


@dataclass(frozen=True)
class Listed:
    """A segment: its path within the index, its partition, and its files in the order of their numbers."""

    path: str
    administration: str
    month: str
    entries: int
    files: tuple[File, ...]


@dataclass(frozen=True)
class Catalogue:
    """All segments, the latest month first; ``states`` lists the messages that are not in force, if there are any."""

    result: str
    """Path of the result's root from the index folder."""
    segments: tuple[Listed, ...]
    states: Listed | None


def write_catalogue(folder: Path, catalogue: Catalogue) -> None:
    """Write ``index.json``, on disk before this returns."""
    content = asdict(catalogue)
    document = {"format": _FORMAT, "kinds": KINDS, "digest": _digest(content), "content": content}
    with (folder / CATALOGUE).open("x", encoding="utf-8") as file:
        json.dump(document, file, ensure_ascii=False, indent=1)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())


def read_catalogue(folder: Path) -> Catalogue:
    """Read ``index.json``. Raises IndexRefused where it is absent, damaged, or of another release."""
    path = folder / CATALOGUE
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise IndexRefused(f"{folder} holds no reference index (no {CATALOGUE}). Build one.") from None
    except (OSError, ValueError) as error:
        raise IndexRefused(f"{path} cannot be read: {error}. Build the index again.") from error
    if not isinstance(document, dict) or document.get("format") != _FORMAT or document.get("kinds") != list(KINDS):
        raise IndexRefused(f"{path} was written by another release. Build the index again.")
    content = document.get("content")
    if not isinstance(content, dict) or _digest(content) != document.get("digest"):
        raise IndexRefused(f"{path} is damaged: its digest does not fit. Build the index again.")
    states = content["states"]
    return Catalogue(
        result=content["result"],
        segments=tuple(_listed(one) for one in content["segments"]),
        states=None if states is None else _listed(states),
    )


def _listed(content: dict[str, object]) -> Listed:
    files = content.pop("files")
    return Listed(**content, files=tuple(File(**one) for one in files))  # type: ignore[arg-type, attr-defined]


def _digest(content: object) -> str:
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
