"""What a run is asked to do, and what it says while it works."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tidewaiter.selection.set_aside import SetAside


@dataclass(frozen=True)
class RunRequest:
    """Inputs, criteria and limits of a run."""

    inputs: tuple[Path, ...]
    out: Path
    watchlist: Path | None = None
    terms: Path | None = None
    profiles: Path | None = None
    rates: Path | None = None
    capacity: int | Path = 200
    """Controls an office can make in a day: one number for all, or a capacity file."""
    share: float = 0.1
    """Part of the capacity that the uniform random draw takes first."""
    fill_with_random: bool = False
    """Whether capacity that no candidate needs is filled with further random rows."""
    set_aside: tuple[SetAside, ...] = ()
    """Parts of the capacity that candidates of some rules get before others."""
    seed: int = 1
    as_of: datetime | None = None
    """Versions issued later do not count yet; None takes all that was read."""
    language: str = "en"
    mapping: str | None = None
    administration: str | None = None
    processes: int = 2
    batch_rows: int = 65_536


@dataclass(frozen=True)
class Progress:
    """Where a run stands: ``done`` of ``total`` in bytes of input while reading, else in steps of the stage."""

    stage: str
    done: int
    total: int


Watch = Callable[[Progress], None]


def unwatched(_: Progress) -> None:
    """Watch nothing."""


class RunRefused(Exception):
    """A run cannot start; the message says why and what to do. Nothing was written."""
