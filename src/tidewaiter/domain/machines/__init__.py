"""The state machines of the field, one small file each, and all of them by name."""

from tidewaiter.domain.machines.case import CASE
from tidewaiter.domain.machines.custody import CUSTODY
from tidewaiter.domain.machines.disposal import DISPOSAL
from tidewaiter.domain.machines.joint_operation import JOINT_OPERATION
from tidewaiter.domain.machines.queue_item import QUEUE_ITEM
from tidewaiter.domain.machines.record_status import RECORD_STATUS
from tidewaiter.domain.machines.roles import Role
from tidewaiter.domain.machines.seizure_stage import SEIZURE_STAGE
from tidewaiter.domain.machines.tip import TIP

__all__ = [
    "CASE",
    "CUSTODY",
    "DISPOSAL",
    "JOINT_OPERATION",
    "MACHINES",
    "QUEUE_ITEM",
    "RECORD_STATUS",
    "SEIZURE_STAGE",
    "TIP",
    "Role",
]

MACHINES = {
    machine.name: machine
    for machine in (QUEUE_ITEM, CASE, SEIZURE_STAGE, RECORD_STATUS, CUSTODY, DISPOSAL, TIP, JOINT_OPERATION)
}
