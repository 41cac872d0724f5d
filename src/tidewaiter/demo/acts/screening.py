"""Screening a day: its file is uploaded by the analyst, and the node's worker does the run."""

import time
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File
from django.utils import timezone

from tidewaiter.demo import moments
from tidewaiter.demo.people import the
from tidewaiter.node.accounts.models import Office
from tidewaiter.node.targeting.models import ScreeningRun
from tidewaiter.node.targeting.services import start_run

LONGEST = 180.0


def start_screening(path: str, day: str) -> str:
    """Upload the declarations of a day early on it; gives the run's id."""
    at = min(moments.at(date.fromisoformat(day), 6), timezone.now())
    office = Office.objects.get(pk=settings.CONFIG.administration)
    with Path(path).open("rb") as held:
        upload = File(held, name=f"declarations-{day}.parquet")
        return str(start_run(the("analyst"), [upload], office=office, at=at).pk)


def wait_for_screening(run: str) -> dict[str, Any]:
    """Wait until the worker has done it; gives what it counted. Raises RuntimeError where it fails or lasts."""
    end = time.monotonic() + LONGEST
    while True:
        found = ScreeningRun.objects.get(pk=run)
        if found.is_over:
            break
        if time.monotonic() > end:
            raise RuntimeError(f"the run {found.number} is not done after {LONGEST:g} s; see the worker's log")
        time.sleep(0.1)
    if found.state == ScreeningRun.State.FAILED:
        raise RuntimeError(f"the run {found.number} failed: {found.failure}")
    return {"number": found.number, "in_queue": found.in_queue, "counts": found.counts}
