"""How sure it is that the goods of a seizure line infringe, and what became of them in law.

The codes are those of the closed list ``seizure_stage``. Suspected stays suspected until somebody confirms it.
"""

from tidewaiter.domain.machines.roles import Role
from tidewaiter.domain.state_machine import Machine, Transition

_CASE = (Role.CASE_OFFICER,)
_BEFORE_FORFEITURE = ("suspected", "detained", "rh_confirmed", "seized", "prosecuted")

SEIZURE_STAGE = Machine(
    name="seizure_stage",
    initial="suspected",
    states=("suspected", "detained", "rh_confirmed", "seized", "forfeited", "prosecuted", "returned"),
    transitions=(
        Transition.of("detain", "suspected", "detained", (Role.OFFICER, Role.CASE_OFFICER)),
        Transition.of("confirm", ("suspected", "detained"), "rh_confirmed", _CASE),
        # Hong Kong and Macao seize on suspicion of a crime; the mainland detains first.
        Transition.of("seize", ("suspected", "detained", "rh_confirmed"), "seized", (Role.OFFICER, Role.CASE_OFFICER)),
        Transition.of("prosecute", ("rh_confirmed", "seized"), "prosecuted", _CASE),
        Transition.of("forfeit", ("rh_confirmed", "seized", "prosecuted"), "forfeited", _CASE, reason=True),
        Transition.of("return", _BEFORE_FORFEITURE, "returned", _CASE, reason=True),
    ),
)
