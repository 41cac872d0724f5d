"""Reading runs and criteria."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.node.accounts.queries import VisibleQuerySet
from tidewaiter.node.accounts.roles import Role

if TYPE_CHECKING:
    from tidewaiter.node.targeting.models import CriteriaFile, RunFile, ScreeningRun  # noqa: F401 - named in texts

RUN_READERS = (Role.ANALYST, Role.COORDINATOR, Role.AUDITOR)


class RunQuerySet(VisibleQuerySet["ScreeningRun"]):
    """Runs: seen by analysts, coordinators and auditors whose reach holds the run's office."""

    seen_by = RUN_READERS


class RunFileQuerySet(VisibleQuerySet["RunFile"]):
    """Files of runs."""

    seen_by = RUN_READERS
    office_field = "run__office"


class CriteriaFileQuerySet(VisibleQuerySet["CriteriaFile"]):
    """Versions of criteria."""

    seen_by = RUN_READERS

    def in_force(self) -> dict[str, CriteriaFile]:
        """The latest version of each kind. For the run itself: nobody reads them here."""
        latest: dict[str, CriteriaFile] = {}
        for one in self.order_by("kind", "-version"):
            latest.setdefault(one.kind, one)
        return latest
