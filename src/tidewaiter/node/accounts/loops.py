"""Periodic work of accounts."""

from tidewaiter.node import clock
from tidewaiter.node.accounts.services.sign_in import forget_old

clock.every(3600, "accounts.forget_old", forget_old)
