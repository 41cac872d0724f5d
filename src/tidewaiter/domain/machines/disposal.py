"""The disposal of goods: proposed, approved by another person, carried out before a witness.

What is done with the goods is the closed list ``disposal_outcome``.
"""

from tidewaiter.domain.machines.roles import Role
from tidewaiter.domain.state_machine import Machine, Transition

_CASE = (Role.CASE_OFFICER,)

DISPOSAL = Machine(
    name="disposal",
    initial="proposed",
    states=("proposed", "approved", "on_hold", "carried_out", "refused", "withdrawn"),
    transitions=(
        Transition.of("approve", "proposed", "approved", _CASE),
        Transition.of("refuse", "proposed", "refused", _CASE, reason=True),
        # Goods that a court may still ask for are kept.
        Transition.of("hold", ("proposed", "approved"), "on_hold", _CASE, reason=True),
        Transition.of("resume", "on_hold", "proposed", _CASE),
        Transition.of("withdraw", ("proposed", "approved", "on_hold"), "withdrawn", _CASE, reason=True),
        Transition.of("carry_out", "approved", "carried_out", _CASE),
    ),
)
