"""A joint operation, from its plan to its closed figures. The shared id stays the same throughout."""

from tidewaiter.domain.machines.roles import Role
from tidewaiter.domain.state_machine import Machine, Transition

_COORDINATOR = (Role.COORDINATOR,)
_EITHER = (Role.COORDINATOR, Role.SYSTEM)

JOINT_OPERATION = Machine(
    name="joint_operation",
    initial="planned",
    states=("planned", "agreed", "running", "closing", "closed", "cancelled"),
    transitions=(
        Transition.of("agree", "planned", "agreed", _EITHER),
        # A changed plan is agreed anew by all.
        Transition.of("amend", "agreed", "planned", _COORDINATOR, reason=True),
        Transition.of("start", "agreed", "running", _EITHER),
        Transition.of("end", "running", "closing", _EITHER),
        Transition.of("close", "closing", "closed", _EITHER),
        Transition.of("cancel", ("planned", "agreed"), "cancelled", _EITHER, reason=True),
    ),
)
