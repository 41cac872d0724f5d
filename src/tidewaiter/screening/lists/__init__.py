"""What all lists that people keep have in common: reading them, checking them, and the hits that they give."""

from tidewaiter.screening.lists.problems import ListError, Problem

__all__ = ["ListError", "Problem"]
