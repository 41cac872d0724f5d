"""Periodic work of live events."""

from tidewaiter.node import clock
from tidewaiter.node.live import services

clock.every(3600, "live.forget", services.forget)
