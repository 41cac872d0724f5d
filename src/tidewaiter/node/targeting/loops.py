"""Periodic work of targeting: the watched folder."""

from tidewaiter.node import clock
from tidewaiter.node.targeting.services.watching import look

clock.every(10, "targeting.watched_folder", look)
