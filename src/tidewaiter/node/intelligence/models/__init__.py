"""The tables of intelligence: tips and what happened to them, the roster, the times of climbing."""

from tidewaiter.node.intelligence.models.duty import DutyShift, EscalationStep
from tidewaiter.node.intelligence.models.tips import Tip, TipEvent, TipNumber

__all__ = ["DutyShift", "EscalationStep", "Tip", "TipEvent", "TipNumber"]
