"""Reading offices, people and grants; each list passes through ``visible_to``."""

from tidewaiter.node.accounts.queries.visible import VisibleQuerySet

__all__ = ["VisibleQuerySet"]
