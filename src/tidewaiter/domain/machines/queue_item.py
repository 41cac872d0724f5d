"""A selected consignment in the queue of a control point."""

from tidewaiter.domain.machines.roles import Role
from tidewaiter.domain.state_machine import Machine, Transition

_HANDS = (Role.OFFICER, Role.ANALYST, Role.COORDINATOR)
_DESK = (Role.ANALYST, Role.COORDINATOR)

QUEUE_ITEM = Machine(
    name="queue_item",
    initial="waiting",
    states=("waiting", "taken", "for_control", "controlled", "released"),
    transitions=(
        Transition.of("take", "waiting", "taken", _HANDS),
        Transition.of("assign", ("waiting", "taken"), "taken", _DESK),
        Transition.of("give_back", ("taken", "for_control"), "waiting", _HANDS),
        Transition.of("send_for_control", "taken", "for_control", _HANDS),
        Transition.of("record_control", ("taken", "for_control"), "controlled", (Role.OFFICER,)),
        Transition.of("release", ("taken", "for_control"), "released", _HANDS, reason=True),
        # What a tip announced and nothing else speaks for ends with the tip: recalled, or its time over.
        Transition.of("withdraw", "waiting", "released", (Role.SYSTEM,), reason=True),
        # A tip that arrives after a release brings the consignment back.
        Transition.of("reopen", "released", "waiting", _DESK, reason=True),
    ),
)
