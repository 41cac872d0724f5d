"""A result appears whole or not at all.

A run writes into a folder beside its destination and renames it when all is on disk. Whatever stops it before
(an error, Ctrl-C, a full disk, a power cut) leaves the destination as it was: nobody takes half a result for
a whole one.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

RUN_RECORD = "run.json"


class DestinationRefused(Exception):
    """The destination cannot take a result; the message says why and what to do."""


def check_destination(destination: Path, *, marker: str = RUN_RECORD) -> None:
    """Refuse a destination that holds something other than an earlier result of ours.

    Raises DestinationRefused when ``destination`` is a file, or a folder that has content but no ``marker``.
    """
    if destination.is_symlink() or (destination.exists() and not destination.is_dir()):
        raise DestinationRefused(f"{destination} is not a folder. Nothing was written; choose another --out.")
    if destination.is_dir() and any(destination.iterdir()) and not (destination / marker).is_file():
        raise DestinationRefused(
            f"{destination} holds files that are not an earlier result (it has no {marker}). "
            "Nothing was written; choose another --out or empty it yourself."
        )


@contextmanager
def building(destination: Path, *, marker: str = RUN_RECORD) -> Iterator[Path]:
    """Give a folder to build in; on a normal end it takes the place of ``destination``, otherwise it is removed.

    Raises DestinationRefused as `check_destination` does, and OSError where the disk refuses.
    """
    check_destination(destination, marker=marker)
    destination.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f".{destination.name}.unfinished-", dir=destination.parent))
    try:
        yield folder
        if not (folder / marker).is_file():
            raise RuntimeError(f"a result without {marker} is never put in place")
        folder.chmod(0o777 & ~_umask())
        _replace(folder, destination)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _replace(folder: Path, destination: Path) -> None:
    _sync(folder)
    if destination.exists():
        # Two renames: between them the destination is absent, never a mixture.
        old = Path(tempfile.mkdtemp(prefix=f".{destination.name}.replaced-", dir=destination.parent))
        destination.rename(old / "result")
        folder.rename(destination)
        shutil.rmtree(old, ignore_errors=True)
    else:
        folder.rename(destination)
    _sync(destination.parent)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
