"""A tip to a neighbour about a moving consignment, as its sender and its receiver see it.

The sender's node learns the receiver's steps from messages, which may arrive out of order or after the expiry: those
arrows are the system's alone. An officer does not act on a tip that has expired.
"""

from tidewaiter.domain.machines.roles import Role
from tidewaiter.domain.state_machine import Machine, Transition

_SENDERS = (Role.ANALYST, Role.INTELLIGENCE, Role.COORDINATOR)
_RECEIVERS = (Role.OFFICER, Role.ANALYST, Role.INTELLIGENCE, Role.COORDINATOR, Role.SYSTEM)
_SYSTEM = (Role.SYSTEM,)

TIP = Machine(
    name="tip",
    initial="drafted",
    states=(
        "drafted",
        "sent",
        "delivered",
        "acknowledged",
        "acted_on",
        "answered",
        "expired",
        "recalled",
        "refused",
    ),
    transitions=(
        Transition.of("send", "drafted", "sent", _SENDERS),
        Transition.of("deliver", "sent", "delivered", _SYSTEM),
        Transition.of("refuse", "sent", "refused", _SYSTEM, reason=True),
        Transition.of("acknowledge", "delivered", "acknowledged", _RECEIVERS),
        Transition.of("acknowledge", "sent", "acknowledged", _SYSTEM),
        Transition.of("act_on", ("delivered", "acknowledged"), "acted_on", _RECEIVERS),
        Transition.of("act_on", ("sent", "expired"), "acted_on", _SYSTEM),
        Transition.of("answer", ("acknowledged", "acted_on"), "answered", _RECEIVERS),
        Transition.of("answer", ("sent", "delivered", "expired"), "answered", _SYSTEM),
        Transition.of("expire", ("drafted", "sent", "delivered", "acknowledged"), "expired", _SYSTEM),
        Transition.of(
            "recall",
            ("sent", "delivered", "acknowledged", "acted_on", "answered", "expired"),
            "recalled",
            (*_SENDERS, Role.SYSTEM),
            reason=True,
        ),
    ),
)
