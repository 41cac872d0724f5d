"""The ``tidewaiter`` command."""

from tidewaiter.cli.main import main

__all__ = ["main"]
