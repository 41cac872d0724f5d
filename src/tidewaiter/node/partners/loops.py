"""Periodic work of the exchange: repairs of what a dead process left, and old nonces."""

from tidewaiter.node import clock
from tidewaiter.node.partners.services import receiving

clock.every(10, "partners.finish_left_behind", receiving.finish_left_behind)
clock.every(10, "partners.try_pending", receiving.try_pending)
clock.every(300, "partners.forget_requests", receiving.forget_requests)
