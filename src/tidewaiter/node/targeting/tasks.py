"""Queued jobs."""

from django_tasks import task


@task()
def screen(run_id: str) -> None:
    """Do a run. Safe to repeat: a run that is over is left alone, one that was cut short begins again."""
    from tidewaiter.node.targeting.services.work import do

    do(run_id)
