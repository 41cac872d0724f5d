"""The watched folder: files that have stopped growing become a run, whole or not at all.

A file counts as finished when two looks, at least ``STILL`` apart, saw the same size and time of change. Files whose
names begin with a dot or end with ``.part`` or ``.tmp`` are left to who writes them. A file is moved into the run's
folder by one rename; one that is refused is moved to ``refused`` beside a text that says why.
"""

import hashlib
import json
import time
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings

from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.models import Office
from tidewaiter.node.logs import logger
from tidewaiter.node.targeting.models import ScreeningRun
from tidewaiter.node.targeting.services.files import Stored, check_content, safe_name
from tidewaiter.node.targeting.services.runs import start_run_of_paths

STILL = 5.0
"""Seconds without a change after which a file is taken."""

MOST_AT_ONCE = 500
_UNFINISHED = (".part", ".tmp", ".filepart", ".crdownload")
_SEEN = ".seen.json"
_TAKEN = ".taken-"
_MARK = "from-the-watched-folder"
_LOG = logger(__name__)


def incoming() -> Path:
    """The watched folder of this node; made on first use."""
    folder = Path(settings.CONFIG.folder) / "incoming"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def look(now: float | None = None) -> ScreeningRun | None:
    """Take the files that are finished and start a run over them; None where none is."""
    folder = incoming()
    _begin_again(folder)
    moment = time.time() if now is None else now
    seen = _seen(folder)
    present: dict[str, tuple[int, int, float]] = {}
    finished = []
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or path.suffix in _UNFINISHED or path.is_symlink() or not path.is_file():
            continue
        state = path.stat()
        size, changed, since = seen.get(path.name, (-1, -1, moment))
        since = since if (size, changed) == (state.st_size, state.st_mtime_ns) else moment
        present[path.name] = (state.st_size, state.st_mtime_ns, since)
        if state.st_size and moment - since >= STILL:
            finished.append(path)
    (folder / _SEEN).write_text(json.dumps(present), encoding="utf-8")
    return _start(folder, finished[:MOST_AT_ONCE]) if finished else None


def _seen(folder: Path) -> dict[str, tuple[int, int, float]]:
    try:
        held = json.loads((folder / _SEEN).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {name: (int(size), int(changed), float(since)) for name, (size, changed, since) in held.items()}


def _start(folder: Path, finished: list[Path]) -> ScreeningRun | None:
    run = ScreeningRun(id=uuid4())
    # All go into one folder that bears the run's id, by renames: what a cut leaves half done is found again by it.
    taken = folder / f"{_TAKEN}{run.id}"
    taken.mkdir(mode=0o700)
    for place, path in enumerate(finished):
        path.rename(taken / f"{place:03d}-{safe_name(path.name)}")
    return _put_in(folder, taken, run)


def _put_in(folder: Path, taken: Path, run: ScreeningRun) -> ScreeningRun | None:
    for path in sorted(taken.iterdir()):
        try:
            check_content([_stored(path)])
        except Refused as refused:
            _put_aside(folder, path, refused.message)
    if not any(taken.iterdir()):
        taken.rmdir()
        return None
    run.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    (run.folder / _MARK).touch(mode=0o600)
    taken.rename(run.folder / "in")
    return _write(run)


def _write(run: ScreeningRun) -> ScreeningRun:
    stored = [_stored(path) for path in sorted((run.folder / "in").iterdir())]
    office = Office.objects.get(pk=settings.CONFIG.administration)
    started = start_run_of_paths(stored, office=office, run=run)
    (run.folder / _MARK).unlink()
    return started


def _begin_again(folder: Path) -> None:
    """Take up what an earlier look left half done when it was cut."""
    for taken in folder.glob(f"{_TAKEN}*"):
        _put_in(folder, taken, ScreeningRun(id=UUID(taken.name.removeprefix(_TAKEN))))
    for mark in (Path(settings.CONFIG.files) / "runs").glob(f"*/{_MARK}"):
        run = ScreeningRun(id=UUID(mark.parent.name))
        if ScreeningRun.objects.filter(pk=run.pk).exists() or not (run.folder / "in").is_dir():
            mark.unlink()
        else:
            _write(run)


def _put_aside(folder: Path, path: Path, why: str) -> None:
    """Keep a file that is refused, under a name of its own, beside a text that says why."""
    refused = folder / "refused"
    refused.mkdir(mode=0o700, exist_ok=True)
    name = f"{uuid4().hex[:8]}-{path.name[4:]}"
    path.rename(refused / name)
    (refused / f"{name}.why.txt").write_text(why + "\n", encoding="utf-8")
    _LOG.warning("watched_file_refused", file=name)


def _stored(path: Path) -> Stored:
    return Stored(path.name[4:], path, path.stat().st_size, _digest(path))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
