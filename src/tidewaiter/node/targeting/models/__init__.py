"""The tables of targeting: runs and their files, criteria, the queue, saved views."""

from tidewaiter.node.targeting.models.criteria import CriteriaFile
from tidewaiter.node.targeting.models.queue import QueueReference, SelectedConsignment
from tidewaiter.node.targeting.models.runs import RunFile, ScreeningRun
from tidewaiter.node.targeting.models.saved_views import SavedView

__all__ = ["CriteriaFile", "QueueReference", "RunFile", "SavedView", "ScreeningRun", "SelectedConsignment"]
