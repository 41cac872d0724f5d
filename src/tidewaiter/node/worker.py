"""The worker: does queued jobs and periodic work in one process. ``python -m tidewaiter.node.worker``."""

import os
import secrets
import signal

import django
from django.utils.module_loading import autodiscover_modules

POLL_SECONDS = 0.5


def main() -> None:
    """Work until SIGTERM or SIGINT; a job in hand is finished first."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tidewaiter.node.settings")
    django.setup()
    from django_tasks_db.management.commands.db_worker import Worker

    from tidewaiter.node.clock import Threads

    autodiscover_modules("loops")
    name = f"{os.getpid()}-{secrets.token_hex(6)}"
    worker = Worker(
        queue_names=["*"],
        interval=POLL_SECONDS,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=name,
        excluded_queue_names=[],
    )
    worker.configure_signals()
    threads = Threads(name)
    threads.start()
    try:
        worker.run()
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        threads.stop()


if __name__ == "__main__":
    main()
