"""The clock: periodic work, done by whichever worker comes first, and by one at a time.

A loop is claimed by one UPDATE that holds only while it is due and nobody holds it, so that the database decides
between two workers. The holder renews its claim with its heartbeat; a holder that dies loses it after ``HOLD``.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import close_old_connections
from django.db.models import Q
from django.utils import timezone

from tidewaiter.node.logs import logger
from tidewaiter.node.models import Heartbeat, Loop

HOLD = timedelta(seconds=60)
"""How long a claim holds without being renewed."""

BEAT_SECONDS = 5.0
"""Seconds between two signs of life of a worker."""

_LOG = logger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """A periodic job: its name, the seconds between two runs, and what it does."""

    name: str
    seconds: float
    work: Callable[[], object]


_jobs: dict[str, Job] = {}


def every(seconds: float, name: str, work: Callable[[], object]) -> None:
    """Have ``work`` done every ``seconds``. An app calls this in its ``loops.py``, which workers import.

    ``name`` is unique (``app.what``). ``work`` opens its own transactions, and may run twice when a worker dies in it.
    Raises ValueError when the name is taken by other work.
    """
    known = _jobs.get(name)
    if known is not None and known.work is not work:
        raise ValueError(f"two periodic jobs are called {name}")
    _jobs[name] = Job(name, seconds, work)


def jobs() -> tuple[Job, ...]:
    """Give the registered jobs."""
    return tuple(_jobs.values())


def run_due(worker: str, now: datetime | None = None) -> list[str]:
    """Do what is due and free, one after the other; give the names of what was done."""
    moment = now or timezone.now()
    due = dict(Loop.objects.values_list("name", "due_at"))
    return [job.name for job in jobs() if due.get(job.name, moment) <= moment and _run(job, worker, now)]


def _run(job: Job, worker: str, now: datetime | None) -> bool:
    if not claim(job, worker, now or timezone.now()):
        return False
    error = ""
    try:
        job.work()
    except Exception as failure:  # noqa: BLE001 - whatever goes wrong in a job is its own; the clock goes on
        error = f"{type(failure).__module__}.{type(failure).__qualname__}"[:200]
        _LOG.exception("loop_failed", loop=job.name)
    _release(job, worker, error)
    return True


def claim(job: Job, worker: str, now: datetime) -> bool:
    """Take the job for this worker; False when it is not due or another worker has it."""
    Loop.objects.get_or_create(name=job.name, defaults={"due_at": now})
    free = Q(held_until=None) | Q(held_until__lt=now)
    taken = Loop.objects.filter(free, name=job.name, due_at__lte=now).update(
        due_at=now + timedelta(seconds=job.seconds), held_by=worker, held_until=now + HOLD, started_at=now
    )
    return taken == 1


def _release(job: Job, worker: str, error: str) -> None:
    loop = Loop.objects.filter(name=job.name, held_by=worker)
    failures = loop.values_list("failures", flat=True).first() or 0
    loop.update(
        held_by="",
        held_until=None,
        finished_at=timezone.now(),
        failures=failures + 1 if error else 0,
        last_error=error,
    )


def beat(worker: str, started_at: datetime) -> None:
    """Show that the worker lives, and renew the claims that it holds."""
    now = timezone.now()
    Heartbeat.objects.update_or_create(worker=worker, defaults={"at": now}, create_defaults={
        "at": now, "started_at": started_at,
    })  # fmt: skip
    Loop.objects.filter(held_by=worker).update(held_until=now + HOLD)


class Threads:
    """The clock and the heartbeat of one worker, each in a thread of its own, until ``stop``."""

    def __init__(self, worker: str, *, look_every: float = 0.5) -> None:
        self._worker = worker
        self._look_every = look_every
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=self._beat, name="heartbeat", daemon=True),
            threading.Thread(target=self._tick, name="clock", daemon=True),
        ]

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    def stop(self, *, wait_seconds: float = 10.0) -> None:
        """Begin nothing new; wait for what is being done."""
        self._stopping.set()
        for thread in reversed(self._threads):
            thread.join(wait_seconds)

    def _beat(self) -> None:
        started_at = timezone.now()
        self._repeat(lambda: beat(self._worker, started_at), BEAT_SECONDS)

    def _tick(self) -> None:
        self._repeat(lambda: run_due(self._worker), self._look_every)

    def _repeat(self, work: Callable[[], object], seconds: float) -> None:
        while not self._stopping.is_set():
            try:
                close_old_connections()
                work()
            except Exception:  # noqa: BLE001 - as above
                # The database may be away for a while; the next look finds it again.
                _LOG.exception("clock_failed", thread=threading.current_thread().name)
            self._stopping.wait(seconds)
        close_old_connections()
