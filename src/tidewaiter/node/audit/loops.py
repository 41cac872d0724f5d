"""Periodic work of the audit log: committed rows go into the chain."""

from tidewaiter.node import clock
from tidewaiter.node.audit.sequencer import run_until_empty

clock.every(1, "audit.sequence", run_until_empty)
