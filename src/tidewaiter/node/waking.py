"""Bells: whoever wrote wakes another process of the node at once. The table is the truth; a lost ring costs a poll."""

import os
import socket
from contextlib import closing, suppress
from pathlib import Path

_LONGEST = 100


def bell(folder: Path, name: str) -> socket.socket:
    """Hang up the bell ``name`` in the node's folder; the socket becomes readable when somebody rings.

    The caller closes it. Raises OSError where the folder cannot hold sockets.
    """
    place = folder / f"{name}.sock"
    place.unlink(missing_ok=True)
    found = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    found.setblocking(False)
    with _Address(place) as address:
        found.bind(address)
    place.chmod(0o600)
    return found


def ring(folder: Path, name: str) -> bool:
    """Ring the bell; False when nobody has hung it up or it rings already. Never waits, never raises."""
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)) as sender:
        sender.setblocking(False)
        with suppress(OSError), _Address(folder / f"{name}.sock") as address:
            sender.sendto(b"1", address)
            return True
    return False


def silence(heard: socket.socket) -> None:
    """Take all rings that came."""
    with suppress(BlockingIOError):
        while heard.recv(16):
            pass


class _Address:
    """The address of a socket; a path longer than a socket's 107 bytes is reached through its open folder."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._folder = -1

    def __enter__(self) -> str:
        if len(os.fsencode(self._place)) <= _LONGEST:
            return str(self._place)
        self._folder = os.open(self._place.parent, os.O_RDONLY | os.O_DIRECTORY)
        return f"/proc/self/fd/{self._folder}/{self._place.name}"

    def __exit__(self, *_: object) -> None:
        if self._folder >= 0:
            os.close(self._folder)
