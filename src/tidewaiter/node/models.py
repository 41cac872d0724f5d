"""The periodic loops and the signs of life of workers."""

from django.db import models


class Loop(models.Model):
    """One periodic job: when it is due next, and who holds it. The row is the lock: two workers never do it at once."""

    name = models.CharField(max_length=100, primary_key=True)
    due_at = models.DateTimeField()
    held_by = models.CharField(max_length=64, blank=True)
    held_until = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.name


class Heartbeat(models.Model):
    """When a worker was last alive."""

    worker = models.CharField(max_length=64, primary_key=True)
    started_at = models.DateTimeField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.worker
