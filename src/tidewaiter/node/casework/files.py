"""Files of casework below the node's folder of files: sealed originals, copies, uploads on their way."""

import os
from pathlib import Path

from django.conf import settings

SEALED, COPIES, UPLOADS = "sealed", "photographs", "uploads"


def place(name: str) -> Path:
    """The path of a stored name such as ``sealed/3f/3fa…-….jpg``; raises ValueError for one that leads elsewhere."""
    root: Path = settings.CONFIG.files
    path = (root / name).resolve()
    if not path.is_relative_to(root.resolve()):
        raise ValueError("a stored file lies below the folder of files")
    return path


def write(name: str, content: bytes, *, mode: int = 0o600) -> None:
    """Write a new file whole and durably: it is there with all its bytes, or it is not there."""
    path = place(name)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_name(path.name + ".part")
    with part.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    part.chmod(mode)
    part.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def remove(name: str) -> None:
    """Remove a file, where it is there."""
    place(name).unlink(missing_ok=True)


def append(name: str, offset: int, content: bytes) -> None:
    """Write ``content`` at ``offset`` durably, and cut off what an interrupted attempt left behind it."""
    path = place(name)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(handle, "r+b") as out:
        out.seek(offset)
        out.write(content)
        out.truncate()
        out.flush()
        os.fsync(out.fileno())
