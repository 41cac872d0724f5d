"""Whether the node lives and whether it is ready, for load balancers, the demo and people."""

import os
import shutil
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tidewaiter.node.audit import guards
from tidewaiter.node.models import Heartbeat

SILENT = timedelta(seconds=30)
"""A worker that has shown no life for so long is missed."""

Finding = tuple[bool, str]


@login_not_required
@never_cache
@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """Answer that the process answers; touches nothing else."""
    return JsonResponse({"status": "live", "node": settings.CONFIG.administration})


@login_not_required
@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the node can do its work, else 503; says what is wrong either way."""
    findings = {name: said(check) for name, check in CHECKS.items()}
    good = all(finding[0] for finding in findings.values())
    return JsonResponse(
        {
            "status": "ready" if good else "not ready",
            "node": settings.CONFIG.administration,
            "checks": {name: {"good": finding[0], "says": finding[1]} for name, finding in findings.items()},
        },
        status=200 if good else 503,
    )


def said(check: Callable[[], Finding]) -> Finding:
    """Give what a check says; a database that does not answer is a finding like others."""
    try:
        return check()
    except DatabaseError as wrong:
        return False, f"the database does not answer ({type(wrong).__name__})"


def database() -> Finding:
    """Whether the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return True, f"{connection.display_name} answers"


_migrated = False


def migrations() -> Finding:
    """Whether the tables are those of this version. Once they are, they stay so while the process lives."""
    global _migrated  # noqa: PLW0603 - looked up once a process, because it reads every migration file
    if not _migrated:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if missing:
            return False, f"{len(missing)} migrations are not applied: run `tidewaiter node migrate`"
        _migrated = True
    return True, "all migrations are applied"


def audit() -> Finding:
    """Whether the database itself still refuses to change the audit log."""
    lost = guards.missing(connection)
    if lost:
        return False, (
            f"the audit log is not protected: {', '.join(sorted(lost))} is not in the database. Find out who took it "
            "away, check the chain at /audit/check/, and set it up again with audit.guards.INSTALL"
        )
    return True, "the database protects the audit log"


def lake() -> Finding:
    """Whether the lake's folder can be written."""
    return _writable(settings.CONFIG.lake, "the lake")


def files() -> Finding:
    """Whether the folder of files can be written."""
    return _writable(settings.CONFIG.files, "the folder of files")


def _writable(folder: Path, name: str) -> Finding:
    try:
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"x")
            probe.flush()
    except OSError as wrong:
        return False, f"{name} cannot be written ({os.strerror(wrong.errno or 0)})"
    return True, f"{name} can be written"


def disk() -> Finding:
    """Whether there is room on the disk."""
    try:
        free = shutil.disk_usage(settings.CONFIG.folder).free // 1_000_000
    except OSError as wrong:
        return False, f"the node's folder cannot be read ({os.strerror(wrong.errno or 0)})"
    least = settings.CONFIG.least_disk_mb
    return free >= least, f"{free} MB free, {least} MB needed"


def worker() -> Finding:
    """Whether a worker shows life."""
    last = Heartbeat.objects.order_by("-at").values_list("at", flat=True).first()
    if last is None:
        return False, "no worker has ever shown life: start one with `tidewaiter node run`"
    age = timezone.now() - last
    return age < SILENT, f"a worker showed life {max(0, int(age.total_seconds()))} s ago"


CHECKS: dict[str, Callable[[], Finding]] = {
    "database": database,
    "migrations": migrations,
    "audit": audit,
    "lake": lake,
    "files": files,
    "disk": disk,
    "worker": worker,
}
"""What readiness looks at, by name."""
