"""What the board remembers between two looks."""

from django.db import models

from tidewaiter.node.operations.models import Operation


class KeptTally(models.Model):
    """The last count of an operation's own records. ``event`` is the latest change that it has seen.

    It holds nothing that the records do not: whenever it is lost, it is counted again.
    """

    operation = models.OneToOneField(Operation, primary_key=True, on_delete=models.CASCADE, related_name="+")
    event = models.BigIntegerField()
    at = models.DateTimeField()
    seconds = models.FloatField(default=0)
    content = models.JSONField(default=dict)

    def __str__(self) -> str:
        return str(self.operation_id)
