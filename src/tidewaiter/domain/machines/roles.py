"""The roles that the machines name, by the codes that the node's grants use."""

from enum import StrEnum

from tidewaiter.domain.state_machine import SYSTEM as _SYSTEM


class Role(StrEnum):
    """What a person may be at an office; ``system`` is nobody: a receipt, a clock."""

    ANALYST = "analyst"
    OFFICER = "officer"
    INTELLIGENCE = "intelligence"
    COORDINATOR = "coordinator"
    CASE_OFFICER = "case_officer"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    SYSTEM = _SYSTEM
