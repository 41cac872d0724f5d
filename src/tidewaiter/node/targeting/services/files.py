"""Taking files in: names that cannot escape, sizes that are limited, and content that some reader knows."""

import hashlib
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tidewaiter.intake.reading import ReadOptions
from tidewaiter.intake.registry import all_readers, reader_for
from tidewaiter.intake.sources import find_sources
from tidewaiter.node.accounts.errors import Refused

MOST_BYTES = 256 << 20
"""Bytes of one uploaded file. Larger inputs come through the watched folder."""

MOST_FILES = 20
_UNSAFE = re.compile(r"[^\w.\-]+")
_LOOKED_AT = 200
"""Members of an archive that are looked at before it is taken."""


class Incoming(Protocol):
    """An uploaded file, as Django gives it."""

    name: str | None

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """The content, piece by piece."""
        ...


@dataclass(frozen=True, slots=True)
class Stored:
    """A file as it was taken in."""

    name: str
    path: Path
    size: int
    sha256: str


def safe_name(given: str) -> str:
    """A name for a file in a folder of ours: no path, no odd character, its endings kept, at most 120 characters."""
    bare = _UNSAFE.sub("_", Path(given.replace("\\", "/")).name).lstrip(".")
    if len(bare) > 120:
        endings = "".join(Path(bare).suffixes[-2:])[-20:]
        bare = bare[: 120 - len(endings)] + endings
    return bare or "file"


def store(files: Iterable[Incoming], folder: Path) -> list[Stored]:
    """Write uploaded files into ``folder``, which is removed again where one is refused. Raises Refused and OSError."""
    given = list(files)
    if not given:
        raise Refused(_("Choose at least one file."), field="files")
    if len(given) > MOST_FILES:
        raise Refused(
            ngettext("At most %(n)s file at a time.", "At most %(n)s files at a time.", MOST_FILES) % {"n": MOST_FILES},
            field="files",
        )
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        return [_written(one, folder / f"{place:02d}-{safe_name(one.name or '')}") for place, one in enumerate(given)]
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _written(incoming: Incoming, path: Path) -> Stored:
    name = (incoming.name or path.name)[:200]
    digest, size = hashlib.sha256(), 0
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for piece in incoming.chunks():
            size += len(piece)
            if size > MOST_BYTES:
                raise Refused(
                    _("%(name)s is larger than %(most)s MB. Put it into the watched folder instead.")
                    % {"name": name, "most": MOST_BYTES >> 20},
                    field="files",
                )
            digest.update(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    if not size:
        raise Refused(_("%(name)s is empty.") % {"name": name}, field="files")
    return Stored(name, path, size, digest.hexdigest())


def check_content(stored: Iterable[Stored], mapping: str = "") -> None:
    """Refuse a file whose content no reader knows; raises Refused, which names it and the formats that are read."""
    options = ReadOptions(mapping or None, None)
    for one in stored:
        sources = find_sources([one.path])
        if not any(reader_for(source, options) is not None for source in islice(sources, _LOOKED_AT)):
            raise Refused(
                _("No reader knows the content of %(name)s. These formats are read: %(formats)s.")
                % {"name": one.name, "formats": ", ".join(reader.name for reader in all_readers())},
                field="files",
            )
