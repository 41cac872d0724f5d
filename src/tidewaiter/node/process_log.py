"""The log file of a process, which begins a new file when it grows large."""

from pathlib import Path

LARGEST = 10_000_000
"""Bytes after which a new file begins."""

KEPT = 5
"""Older files that are kept: ``worker.log.1`` is the newest of them."""


class ProcessLog:
    """Writes what a process says into ``path``; readable for the node's user alone."""

    def __init__(self, path: Path, *, largest: int = LARGEST) -> None:
        self._path = path
        self._largest = largest
        self._file = path.open("ab", buffering=0)
        path.chmod(0o600)
        self.last_line = ""

    def write(self, data: bytes) -> None:
        """Write, and begin a new file when this one is large."""
        self._file.write(data)
        lines = data.decode("utf-8", "replace").strip().splitlines()
        self.last_line = lines[-1] if lines else self.last_line
        if self._file.tell() >= self._largest and data.endswith(b"\n"):
            self._turn()

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _turn(self) -> None:
        self._file.close()
        for number in range(KEPT - 1, 0, -1):
            older = self._path.with_name(f"{self._path.name}.{number}")
            if older.exists():
                older.replace(self._path.with_name(f"{self._path.name}.{number + 1}"))
        self._path.replace(self._path.with_name(f"{self._path.name}.1"))
        self._file = self._path.open("ab", buffering=0)
        self._path.chmod(0o600)
