"""The records of joint operations."""

from tidewaiter.node.operations.models.figures import ReleasedFigures, SituationReport
from tidewaiter.node.operations.models.operation import FocusLane, Operation, OperationParty, PublishedResult
from tidewaiter.node.operations.models.results import Snapshot, SnapshotAgreement, Statement
from tidewaiter.node.operations.models.tasking import Tasking

__all__ = [
    "FocusLane",
    "Operation",
    "OperationParty",
    "PublishedResult",
    "ReleasedFigures",
    "SituationReport",
    "Snapshot",
    "SnapshotAgreement",
    "Statement",
    "Tasking",
]
