"""Doing a run: criteria, screening, the index of references, the queue. A job that was killed begins again."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from tidewaiter.lake.building import DestinationRefused
from tidewaiter.lake.reference_index import IndexRefused
from tidewaiter.lake.run_record import RunRecord
from tidewaiter.node.audit.services import record
from tidewaiter.node.live.services import announce
from tidewaiter.node.logs import logger
from tidewaiter.node.targeting import criteria, lake, verbs
from tidewaiter.node.targeting.models import ScreeningRun
from tidewaiter.node.targeting.queries.runs import RUN_READERS
from tidewaiter.node.targeting.services.importing import Imported, import_selection
from tidewaiter.node.targeting.services.runs import TOPIC
from tidewaiter.runs.request import Progress, RunRefused, RunRequest
from tidewaiter.runs.run import run as do_run

STAGES = ("criteria", "reading", "versions", "selection", "sheets", "index", "queue")
"""The stages of a run, in their order."""

PROCESSES = 2
_BETWEEN = 0.5
_LOG = logger(__name__)
_OPEN = (ScreeningRun.State.QUEUED, ScreeningRun.State.RUNNING)


def do(run_id: str) -> None:
    """Do the run of that id from the start, unless it is over. What goes wrong stands in its row, in words."""
    began = ScreeningRun.objects.filter(pk=run_id, state__in=_OPEN).update(
        state=ScreeningRun.State.RUNNING, attempt=F("attempt") + 1, began_at=timezone.now(), stage=STAGES[0], done=0,
        total=0,
    )  # fmt: skip
    if not began:
        return
    run = ScreeningRun.objects.select_related("office").get(pk=run_id)
    tell = _teller(run)
    try:
        _do(run, tell)
    except (RunRefused, DestinationRefused, IndexRefused, ValueError) as refused:
        _fail(run, str(refused))
    except OSError as error:
        _fail(run, f"The disk refused: {error.strerror or error}. Free some space, then start the run again.")
    except Exception as error:
        _LOG.exception("run_failed", run=str(run.id))
        _fail(run, f"{type(error).__name__}. The node's log says more.")
        raise


def _do(run: ScreeningRun, tell: Callable[[Progress], None]) -> None:
    tell(Progress("criteria", 0, 1))
    gathered = criteria.gather(run)
    ScreeningRun.objects.filter(pk=run.pk).update(criteria=gathered.described)
    request = RunRequest(
        inputs=(run.folder / "in",),
        out=run.result,
        watchlist=gathered.files.watchlist,
        terms=gathered.files.terms,
        profiles=gathered.files.profiles,
        rates=gathered.files.rates,
        capacity=gathered.capacity,
        share=float(run.share),
        set_aside=gathered.set_aside,
        seed=run.seed,
        language="en",
        mapping=run.mapping or None,
        administration=settings.CONFIG.administration,
        processes=PROCESSES,
    )
    told = do_run(request, tell)
    tell(Progress("index", 0, 1))
    lake.build_index(run)
    _finish(run, told, import_selection(run, gathered, tell))


def _teller(run: ScreeningRun) -> Callable[[Progress], None]:
    """Write progress into the row, at every new stage and twice a second at most."""
    last: tuple[str, float] = ("", 0.0)

    def tell(progress: Progress) -> None:
        nonlocal last
        now = time.monotonic()
        if progress.stage == last[0] and now - last[1] < _BETWEEN:
            return
        last = (progress.stage, now)
        with transaction.atomic():
            ScreeningRun.objects.filter(pk=run.pk).update(
                stage=progress.stage, done=progress.done, total=progress.total
            )
            _announce(run)

    return tell


@transaction.atomic
def _finish(run: ScreeningRun, told: RunRecord, imported: Imported) -> None:
    values: dict[str, Any] = {
        "state": ScreeningRun.State.DONE,
        "finished_at": timezone.now(),
        "stage": "",
        "counts": vars(told.counts),
        "rejected_by_reason": told.rejected_by_reason,
        "warnings": told.warnings,
        "alarms": imported.alarms,
        "in_queue": imported.in_queue,
        "elsewhere": imported.elsewhere,
        "synthetic": told.synthetic,
        "selection_digest": told.selection_digest,
        "failure": "",
    }
    if ScreeningRun.objects.filter(pk=run.pk, state__in=_OPEN).update(**values):
        counts = {"counts": vars(told.counts), "in_queue": imported.in_queue, "selection": told.selection_digest}
        record(None, verbs.RUN_FINISHED, run, after=counts, office=run.office)
        _announce(run)


@transaction.atomic
def _fail(run: ScreeningRun, words: str) -> None:
    failed = ScreeningRun.objects.filter(pk=run.pk, state__in=_OPEN).update(
        state=ScreeningRun.State.FAILED, finished_at=timezone.now(), failure=words[:20_000]
    )
    if failed:
        record(None, verbs.RUN_FAILED, run, after={"failure": words[:2_000]}, office=run.office)
        _announce(run)


def _announce(run: ScreeningRun) -> None:
    announce(TOPIC, run, offices=[run.office], roles=[str(role) for role in RUN_READERS])
