"""The whole run, from the first input to ``run.json``."""

import hashlib
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tidewaiter import __version__, schemas
from tidewaiter.intake.reading import ReadOptions, Source
from tidewaiter.intake.sources import find_sources
from tidewaiter.lake import scratch
from tidewaiter.lake.building import building, check_destination
from tidewaiter.lake.queries import connection
from tidewaiter.lake.run_record import Counts, RunRecord, file_digest
from tidewaiter.runs.capacities import capacity_of, described, unstated
from tidewaiter.runs.criteria import CriteriaFiles
from tidewaiter.runs.in_force import InForce, settle
from tidewaiter.runs.listing import Listed, draw_lists
from tidewaiter.runs.plan import pieces, size_of
from tidewaiter.runs.request import Progress, RunRefused, RunRequest, Watch, unwatched
from tidewaiter.runs.sheets import write_sheets
from tidewaiter.runs.work import Doubts, Keeper, Outcome, Preparation
from tidewaiter.schemas.versioned import name_and_version
from tidewaiter.screening.drivers.contract import Driver
from tidewaiter.screening.drivers.inline import InlineDriver
from tidewaiter.screening.drivers.pool import PoolDriver

# Below this, starting processes takes longer than the work.
SMALL_INPUT = 4 << 20


@dataclass
class Clock:
    """Seconds of each stage, by the wall."""

    stages: dict[str, float]

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time a stage."""
        start = time.monotonic()
        yield
        self.stages[name] = round(self.stages.get(name, 0.0) + time.monotonic() - start, 3)


def run(request: RunRequest, watch: Watch = unwatched) -> RunRecord:
    """Do a run and put its result in place at ``request.out``.

    Raises RunRefused (nothing was written) for criteria or inputs that cannot be used, DestinationRefused, and OSError
    where the disk refuses; in each case an earlier result is untouched.
    """
    clock = Clock({})
    check_destination(request.out)
    sources = _sources(request)
    capacity = capacity_of(request)
    size = sum(size_of(source) for source in sources)
    # The processes end before the result is put in place or swept away: none writes into it any more.
    with building(request.out) as root, _driver(request, size) as driver, ThreadPoolExecutor(1) as aside:
        with clock.stage("criteria"):
            files = CriteriaFiles.of(request)
            criteria, warnings = files.load()
        digests = aside.submit(_input_digests, request.inputs)
        with clock.stage("read_and_screen"):
            outcome = _work(request, root, files, sources, size, driver, watch)
        with connection(root) as link:
            with clock.stage("versions"):
                watch(Progress("versions", 0, 1))
                settled = settle(link, root, Keeper(root, criteria, request.seed), request.as_of)
            with clock.stage("selection"):
                listed = draw_lists(link, root, request, capacity, files, driver, watch)
        with clock.stage("sheets"):
            write_sheets(root, request.language, watch)
        scratch.sweep(root)
        record = _record(request, files, outcome, settled, listed, warnings + unstated(root, request))
        record.inputs = _described(digests)
        record.timings = clock.stages
        record.write(root / "run.json")
    return record


def _sources(request: RunRequest) -> list[Source]:
    missing = [str(path) for path in request.inputs if not path.exists()]
    if missing:
        raise RunRefused(f"There is no file or folder {', '.join(missing)}. Nothing was read or written.")
    sources = list(find_sources(request.inputs))
    if not sources:
        raise RunRefused("The inputs hold no file to read. Nothing was written.")
    return sources


def _work(
    request: RunRequest,
    root: Path,
    files: CriteriaFiles,
    sources: list[Source],
    size: int,
    driver: Driver,
    watch: Watch,
) -> Outcome:
    options = ReadOptions(request.mapping, request.administration, request.batch_rows)
    total = Outcome()
    watch(Progress("reading", 0, size))
    for outcome in driver.run(Preparation(root, files, options, request.seed), pieces(iter(sources), options)):
        total.add(outcome)
        watch(Progress("reading", min(total.size, size), size))
    return total


def _driver(request: RunRequest, size: int) -> Driver:
    if request.processes <= 1 or size < SMALL_INPUT:
        return InlineDriver()
    return PoolDriver(request.processes, Preparation.__module__)


def _record(
    request: RunRequest,
    files: CriteriaFiles,
    outcome: Outcome,
    settled: InForce,
    listed: Listed,
    warnings: list[str],
) -> RunRecord:
    rejects = outcome.rejects.copy()
    if settled.duplicate_rows:
        rejects["duplicate_message"] += settled.duplicate_rows
    counts = Counts(
        read=outcome.read,
        accepted=outcome.accepted - settled.duplicate_rows,
        rejected=sum(rejects.values()),
        messages=outcome.messages - settled.duplicates,
        consignments=listed.population,
        superseded=settled.superseded,
        cancelled=settled.cancelled,
        waiting=settled.waiting + settled.later,
        hits=listed.with_hits,
        selected=listed.selected,
        overflow=listed.overflow,
    )
    doubts = Doubts()
    doubts.add(outcome.doubts)
    doubts.add(settled.doubts)
    return RunRecord(
        version=__version__,
        seed=request.seed,
        share=request.share,
        capacity=described(request.capacity),
        as_of=request.as_of.isoformat() if request.as_of else None,
        synthetic=outcome.synthetic > 0,
        criteria=files.described(),
        schemas={name: "/".join(map(str, name_and_version(schema) or ())) for name, schema in schemas.ALL.items()},
        counts=counts,
        rejected_by_reason=dict(sorted(rejects.items())),
        waiting_by_reason=dict(sorted(settled.reasons.items())),
        flags=dict(sorted(doubts.flags.items())),
        unjudged=dict(sorted(doubts.unjudged.items())),
        warnings=warnings + listed.alarms,
        selection_digest=listed.digest,
    )


def _input_digests(inputs: tuple[Path, ...]) -> list[dict[str, Any]]:
    return [_folder_digest(path) if path.is_dir() else _file_entry(path) for path in inputs]


def _file_entry(path: Path) -> dict[str, Any]:
    return {"name": str(path), "files": 1, "bytes": path.stat().st_size, "sha256": file_digest(path)}


def _folder_digest(folder: Path) -> dict[str, Any]:
    """Digest a folder: the SHA-256 of its files' relative names and digests, in order."""
    whole = hashlib.sha256()
    count = size = 0
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and not p.is_symlink()):
        whole.update(f"{file_digest(path)}  {path.relative_to(folder).as_posix()}\n".encode())
        count, size = count + 1, size + path.stat().st_size
    return {"name": str(folder), "files": count, "bytes": size, "sha256": whole.hexdigest()}


def _described(digests: "Future[list[dict[str, Any]]]") -> list[dict[str, Any]]:
    return digests.result()
