"""Periodic work of intelligence: unacknowledged tips climb, tips expire."""

from tidewaiter.node import clock
from tidewaiter.node.intelligence.services import climbing

clock.every(2, "intelligence.climb", climbing.climb)
clock.every(5, "intelligence.expire", climbing.expire)
