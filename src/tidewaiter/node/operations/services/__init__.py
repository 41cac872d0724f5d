"""Writing joint operations: plan, tasks, reports, figures, the frozen end."""

from tidewaiter.node.operations.services.closing import answer_snapshot, freeze, publish_statement
from tidewaiter.node.operations.services.figures import release_figures
from tidewaiter.node.operations.services.history import load_history
from tidewaiter.node.operations.services.planning import PlanEntry, agree, amend, cancel, end, plan, refuse, start
from tidewaiter.node.operations.services.reports import release_report, report_office
from tidewaiter.node.operations.services.tasks import acknowledge, propose, task

__all__ = [
    "PlanEntry",
    "acknowledge",
    "agree",
    "amend",
    "answer_snapshot",
    "cancel",
    "end",
    "freeze",
    "load_history",
    "plan",
    "propose",
    "publish_statement",
    "refuse",
    "release_figures",
    "release_report",
    "report_office",
    "start",
    "task",
]
