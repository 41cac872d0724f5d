"""The node's own periodic work: jobs that a dead worker left behind, and old rows of the machinery."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tidewaiter.node import clock
from tidewaiter.node.logs import logger
from tidewaiter.node.models import Heartbeat

SILENT = timedelta(seconds=60)
"""A worker that has shown no life for so long is taken for dead."""

KEPT = timedelta(days=14)
"""How long the results of finished jobs are kept."""

_MOST_TRIES = 3
_LOG = logger(__name__)


def take_back_stranded() -> int:
    """Put jobs whose worker died back into the queue, three times at most; give how many. A job may so run twice."""
    alive = set(Heartbeat.objects.filter(at__gte=timezone.now() - SILENT).values_list("worker", flat=True))
    count = 0
    for result in DBTaskResult.objects.running().filter(started_at__lt=timezone.now() - SILENT):
        if set(result.worker_ids[-1:]) & alive:
            continue
        with transaction.atomic():
            again = len(result.worker_ids) < _MOST_TRIES
            found = DBTaskResult.objects.running().filter(id=result.id, worker_ids=result.worker_ids)
            changed = found.update(
                status=TaskResultStatus.READY if again else TaskResultStatus.FAILED,
                finished_at=None if again else timezone.now(),
            )
        count += changed
        _LOG.warning("job_stranded", job=str(result.id), task=result.task_path, again=again)
    return count


def forget() -> None:
    """Delete signs of life of workers long gone and results of jobs long done."""
    Heartbeat.objects.filter(at__lt=timezone.now() - timedelta(days=1)).delete()
    DBTaskResult.objects.successful().filter(finished_at__lt=timezone.now() - KEPT).delete()


clock.every(30, "node.take_back_stranded", take_back_stranded)
clock.every(3600, "node.forget", forget)
