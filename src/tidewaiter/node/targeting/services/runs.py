"""Starting runs, and telling how they go."""

import shutil
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from tidewaiter.node.accounts.models import Office, Person
from tidewaiter.node.audit.services import record
from tidewaiter.node.live.services import announce
from tidewaiter.node.targeting import policies, verbs
from tidewaiter.node.targeting.models import RunFile, ScreeningRun
from tidewaiter.node.targeting.queries.runs import RUN_READERS
from tidewaiter.node.targeting.services.files import Incoming, Stored, check_content, store

TOPIC = "runs"


def start_run(
    actor: Person,
    files: Iterable[Incoming],
    *,
    office: Office,
    capacity: int = 20,
    mapping: str = "",
    mends: ScreeningRun | None = None,
    at: datetime | None = None,
) -> ScreeningRun:
    """Take uploaded files in and start a run over them for ``office``, whose analysts see it.

    ``capacity`` counts where the node holds no capacity file. ``at`` is the moment for which it counts, where that is
    not now: days that are screened afterwards. Raises NotAllowed, and Refused for files that are too
    large, empty or in no format that is read; nothing is kept then. Raises OSError where the disk refuses.
    """
    policies.runs.require(actor, "mend" if mends is not None else "start", office)
    run = ScreeningRun(
        id=uuid4(),
        office=office,
        started_by=actor,
        origin=ScreeningRun.Origin.UPLOAD if mends is None else ScreeningRun.Origin.MENDED,
        mends=mends,
        capacity=capacity,
        mapping=mapping,
        created_at=at or timezone.now(),
    )
    stored = store(files, run.folder / "in")
    return _begin(actor, run, stored)


def start_run_of_paths(paths: Sequence[Stored], *, office: Office, run: ScreeningRun) -> ScreeningRun:
    """Start a run over files that already lie in its folder: those of the watched folder."""
    run.office, run.origin = office, ScreeningRun.Origin.FOLDER
    return _begin(None, run, paths)


def _begin(actor: Person | None, run: ScreeningRun, stored: Sequence[Stored]) -> ScreeningRun:
    try:
        check_content(stored, run.mapping)
        with transaction.atomic():
            return _write(actor, run, stored)
    except BaseException:
        # Files of the watched folder were moved here: they are put aside by who moved them, never deleted.
        if actor is not None:
            shutil.rmtree(run.folder, ignore_errors=True)
        raise


def _write(actor: Person | None, run: ScreeningRun, stored: Sequence[Stored]) -> ScreeningRun:
    from tidewaiter.node.targeting.tasks import screen

    run.number = _number(run.created_at)
    run.save(force_insert=True)
    RunFile.objects.bulk_create(
        [RunFile(run=run, name=one.name, stored=one.path.name, size=one.size, sha256=one.sha256) for one in stored]
    )
    after = {"files": [{"name": one.name, "sha256": one.sha256} for one in stored], "capacity": run.capacity}
    if run.mends is not None:
        after["mends"] = run.mends.number
    record(actor, verbs.RUN_FOUND if actor is None else verbs.RUN_STARTED, run, after=after, office=run.office)
    announce(TOPIC, run, offices=[run.office], roles=[str(role) for role in RUN_READERS])
    screen.enqueue(str(run.id))
    return run


def _number(at: datetime) -> str:
    """The next number: R-20261123-0730, with a counter behind it where several begin in one minute."""
    stem = timezone.localtime(at).strftime("R-%Y%m%d-%H%M")
    taken = set(ScreeningRun.objects.filter(number__startswith=stem).values_list("number", flat=True))
    return next(name for n in range(1, len(taken) + 2) if (name := stem if n == 1 else f"{stem}-{n}") not in taken)
