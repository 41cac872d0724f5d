"""How final a record's figures are. The codes are those of the closed list ``record_status``."""

from tidewaiter.domain.machines.roles import Role
from tidewaiter.domain.state_machine import Machine, Transition

_RECORDERS = (Role.OFFICER, Role.CASE_OFFICER)
_CASE = (Role.CASE_OFFICER,)

RECORD_STATUS = Machine(
    name="record_status",
    initial="draft",
    states=("draft", "provisional", "confirmed", "released", "void"),
    transitions=(
        Transition.of("submit", "draft", "provisional", _RECORDERS),
        Transition.of("confirm", "provisional", "confirmed", _CASE),
        Transition.of("correct", ("confirmed", "released"), "provisional", _CASE, reason=True),
        Transition.of("release_to_partners", "confirmed", "released", (Role.COORDINATOR, Role.INTELLIGENCE)),
        Transition.of("void", ("draft", "provisional", "confirmed", "released"), "void", _CASE, reason=True),
    ),
)
