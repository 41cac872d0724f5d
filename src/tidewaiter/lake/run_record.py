"""``run.json``: what a run read, with what, and what came of it."""

import hashlib
import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

FORMAT = "tidewaiter.run/2"


@dataclass
class Counts:
    """Totals of a run.

    The first three count rows or messages as they were read; ``messages``, ``superseded``, ``cancelled`` and
    ``waiting`` count messages that were accepted; the others consignments in force.
    """

    read: int = 0
    accepted: int = 0
    rejected: int = 0
    messages: int = 0
    consignments: int = 0
    superseded: int = 0
    cancelled: int = 0
    waiting: int = 0
    hits: int = 0
    selected: int = 0
    overflow: int = 0

    def check(self) -> None:
        """Raise ArithmeticError unless all adds up: nothing may be lost on the way.

        read = accepted + rejected, and messages = consignments + superseded + cancelled + waiting.
        """
        if self.read != self.accepted + self.rejected:
            raise ArithmeticError(f"read {self.read} rows, but accepted {self.accepted} + rejected {self.rejected}")
        settled = self.consignments + self.superseded + self.cancelled + self.waiting
        if self.messages != settled:
            raise ArithmeticError(f"{self.messages} messages were kept, but {settled} are accounted for")


@dataclass
class RunRecord:
    """All that is needed to say what a run was, and to run it again."""

    version: str
    seed: int
    share: float
    capacity: int | dict[str, Any]
    """Controls an office can make in a day: one number for all, or the capacity file and its digest."""
    as_of: str | None
    synthetic: bool
    inputs: list[dict[str, Any]] = field(default_factory=list)
    criteria: dict[str, dict[str, Any] | None] = field(default_factory=dict)
    schemas: dict[str, str] = field(default_factory=dict)
    counts: Counts = field(default_factory=Counts)
    rejected_by_reason: dict[str, int] = field(default_factory=dict)
    waiting_by_reason: dict[str, int] = field(default_factory=dict)
    flags: dict[str, int] = field(default_factory=dict)
    """Doubtful values that were kept, by code."""
    unjudged: dict[str, int] = field(default_factory=dict)
    """For each profile: messages that it could not judge because a currency has no rate."""
    warnings: list[str] = field(default_factory=list)
    selection_digest: str = ""
    timings: dict[str, float] = field(default_factory=dict)

    def write(self, path: Path) -> None:
        """Write the record, on disk before this returns. Raises ArithmeticError when the counts do not add up."""
        self.counts.check()
        text = json.dumps({"format": FORMAT, **asdict(self)}, ensure_ascii=False, indent=2)
        with path.open("w", encoding="utf-8") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())


def file_digest(path: Path) -> str:
    """Give the SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
