"""An exhibit's chain of custody. Each step is a custody event that is never changed."""

from tidewaiter.domain.machines.roles import Role
from tidewaiter.domain.state_machine import Machine, Transition

_KEEPERS = (Role.OFFICER, Role.CASE_OFFICER)
_CASE = (Role.CASE_OFFICER,)
_OUT = ("in_transit", "at_examination", "in_court")

CUSTODY = Machine(
    name="custody",
    initial="collected",
    states=("collected", "sealed", "in_store", *_OUT, "missing", "disposed", "returned"),
    transitions=(
        Transition.of("seal", ("collected", "at_examination"), "sealed", _KEEPERS),
        Transition.of("store", "sealed", "in_store", _KEEPERS),
        Transition.of("send", ("sealed", "in_store"), "in_transit", _KEEPERS, reason=True),
        Transition.of("receive", "in_transit", "in_store", _KEEPERS),
        # Opening breaks the seal: what is examined is sealed anew before it is stored.
        Transition.of("open", ("sealed", "in_store"), "at_examination", _KEEPERS, reason=True),
        Transition.of("present_in_court", "in_store", "in_court", _CASE),
        Transition.of("take_back_from_court", "in_court", "in_store", _CASE),
        Transition.of("report_missing", ("collected", "sealed", "in_store", *_OUT), "missing", _KEEPERS, reason=True),
        Transition.of("recover", "missing", "collected", _KEEPERS, reason=True),
        Transition.of("dispose", "in_store", "disposed", _CASE),
        Transition.of("hand_back", "in_store", "returned", _CASE, reason=True),
    ),
)
