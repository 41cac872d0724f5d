"""The process of this app."""

import sys

from tidewaiter.node.config import Config
from tidewaiter.node.processes import Process


def processes(config: Config) -> list[Process]:
    """One exchange process a node; a request that is under way may take its time to end."""
    return [Process("exchange", (sys.executable, "-m", "tidewaiter.node.partners.exchange"), 35.0)]
