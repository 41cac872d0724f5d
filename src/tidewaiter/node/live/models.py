"""Events: that something changed, never what."""

from django.db import models


class Event(models.Model):
    """One change. ``audience`` has ``offices`` (with all offices above each) and ``roles``; null is everybody."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(auto_now_add=True, db_index=True)
    topic = models.CharField(max_length=60)
    audience = models.JSONField(default=dict)
    object_type = models.CharField(max_length=100)
    object_id = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.topic} {self.id}"
